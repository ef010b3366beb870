import { FailureError, failureOf, type JsonObject, type JsonValue } from "@cosell/connector";
import { compareInstants } from "./instants.ts";
import { pagesOf } from "./pages.ts";
import type { CallOptions, PartnerCentral } from "./partner-central.ts";

type Call = PartnerCentral["call"];

/** The operations of a sync, with types, on top of a call by name. */
export function operationsOf(call: Call): Omit<PartnerCentral, "catalog" | "calls" | "call" | "close"> {
  return {
    async createOpportunity(input, options) {
      const answer = await call("CreateOpportunity", input, options);
      return {
        Id: textIn(answer, "Id", "CreateOpportunity"),
        LastModifiedDate: optionalText(answer["LastModifiedDate"]),
      };
    },
    getOpportunity: (id, options) => call("GetOpportunity", { Identifier: id }, options),
    async updateOpportunity(id, body, options) {
      const answer = await call("UpdateOpportunity", { ...body, Identifier: id }, options);
      return { LastModifiedDate: textIn(answer, "LastModifiedDate", "UpdateOpportunity") };
    },
    async associateOpportunity(id, entityType, entityId, options) {
      try {
        await call("AssociateOpportunity", association(id, entityType, entityId), options);
      } catch (error) {
        if (!isAlreadyThere(error)) throw error;
      }
    },
    async disassociateOpportunity(id, entityType, entityId, options) {
      await call("DisassociateOpportunity", association(id, entityType, entityId), options);
    },
    async assignOpportunity(id, assignee, options) {
      await call("AssignOpportunity", { Identifier: id, Assignee: assignee }, options);
    },
    getAwsOpportunitySummary: (id, options) =>
      call("GetAwsOpportunitySummary", { RelatedOpportunityIdentifier: id }, options),
    startEngagementFromOpportunityTask: (input, options) => call("StartEngagementFromOpportunityTask", input, options),
    async engagementTask(opportunityId, options) {
      let newest: JsonObject | undefined;
      const input = { OpportunityIdentifier: [opportunityId] };
      for await (const page of objects(call, "ListEngagementFromOpportunityTasks", input, options)) {
        for (const task of page) if (newest === undefined || isLater(task, newest)) newest = task;
      }
      return newest;
    },
    listOpportunities: ({ after }, options) =>
      objects(
        call,
        "ListOpportunities",
        {
          MaxResults: 100,
          Sort: { SortBy: "LastModifiedDate", SortOrder: "ASCENDING" },
          ...(after !== undefined && { LastModifiedDate: { AfterLastModifiedDate: after } }),
        },
        options,
      ),
    listSolutions: (options) => objects(call, "ListSolutions", { MaxResults: 100 }, options),
  };
}

/** The objects of a list, page by page. */
async function* objects(
  call: Call,
  operation: string,
  input: JsonObject,
  options: CallOptions | undefined,
): AsyncIterable<readonly JsonObject[]> {
  for await (const page of pagesOf(operation, input, (body) => call(operation, body, options))) {
    yield page.filter(isObject);
  }
}

function association(id: string, entityType: string, entityId: string): JsonObject {
  return { OpportunityIdentifier: id, RelatedEntityType: entityType, RelatedEntityIdentifier: entityId };
}

/** AWS's model has no answer for a repeated association; community projects see these two. It is what was wanted. */
function isAlreadyThere(error: unknown): boolean {
  const failure = failureOf(error);
  if (failure?.kind === "conflict") return true;
  return failure?.kind === "invalid" && failure.issues.every(({ code }) => code === "DUPLICATE_KEY_VALUE");
}

function isLater(task: JsonObject, than: JsonObject): boolean {
  return compareInstants(optionalText(task["StartTime"]) ?? "", optionalText(than["StartTime"]) ?? "") > 0;
}

/** A member that a write must answer; without it we do not know what was done. */
function textIn(answer: JsonObject, member: string, operation: string): string {
  const value = optionalText(answer[member]);
  if (value !== undefined) return value;
  throw new FailureError({
    kind: "unknown-outcome",
    message: `AWS's answer to ${operation} has no ${member}. Look before it is repeated.`,
  });
}

function optionalText(value: JsonValue | undefined): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function isObject(value: JsonValue): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
