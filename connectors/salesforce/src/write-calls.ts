import type { BatchedWrite, JsonObject, WriteOperation, WriteResult } from "@cosell/connector";
import { z } from "zod";
import { batches } from "./batches.ts";
import { errorsOf, failureOfErrors } from "./classify.ts";
import { lostWrite } from "./network-failure.ts";
import { canonicalId } from "./salesforce-id.ts";
import type { Call } from "./session.ts";

/** Most records in one call of sObject collections. */
export const collectionBatch = 200;

/** Most subrequests in one composite call. */
const compositeBatch = 25;

/** An operation that can be sent, and its place in the request. */
export interface Item {
  readonly index: number;
  readonly operation: WriteOperation;
}

/** Operations that go in one call. */
export type WriteCall = BatchedWrite<Item, Call>;

/** The calls that carry the operations. */
export function writeCalls(items: readonly Item[], apiVersion: string): readonly WriteCall[] {
  const seen = new Map<string, number>();
  const groups = Map.groupBy(items, (item) => {
    // Salesforce refuses a list that names one record twice: the second time goes in a later call.
    const identity = identityOf(item);
    const occurrence = (seen.get(identity) ?? 0) + 1;
    seen.set(identity, occurrence);
    return `${wayOf(item.operation)} ${occurrence}`;
  });
  return [...groups.values()].flatMap((members) => {
    const { operation } = members[0] ?? {};
    if (!operation) return [];
    return isConditional(operation)
      ? batches(members, compositeBatch).map((part) => compositeCall(part, apiVersion))
      : batches(members, collectionBatch).map((part) => collectionCall(part, operation));
  });
}

/** Operations that go the same way can share a call. */
function wayOf(operation: WriteOperation): string {
  const { kind, object } = operation;
  if (kind === "update") return `${isConditional(operation) ? "conditional" : "update"} ${object}`;
  return `create ${object} ${operation.idempotencyKey?.field ?? ""}`;
}

function identityOf({ index, operation }: Item): string {
  if (operation.kind === "update") return `${operation.object} ${operation.ref}`;
  const { idempotencyKey: key, object } = operation;
  return key ? `${object} ${key.field} ${key.value.toLowerCase()}` : `create ${index}`;
}

function isConditional(operation: WriteOperation): boolean {
  return operation.kind === "update" && operation.ifVersion !== undefined;
}

/**
 * sObject collections: up to 200 records, each with a result of its own. A create with an idempotency key is an upsert
 * in this form, where the key stands in the body: in an address, jsforce leaves `a/b?c` as it is and names another record.
 */
function collectionCall(items: readonly Item[], { kind, object, ...rest }: WriteOperation): WriteCall {
  const key = "idempotencyKey" in rest ? rest.idempotencyKey : undefined;
  return {
    items,
    call: (some) => ({
      method: kind === "create" && !key ? "POST" : "PATCH",
      path: key ? `/composite/sobjects/${object}/${key.field}` : "/composite/sobjects",
      body: { allOrNone: false, records: some.map(({ operation }) => recordOf(operation)) },
    }),
    results: (answer) => saveResults.safeParse(answer).data?.map(resultOfSave),
  };
}

function recordOf(operation: WriteOperation): JsonObject {
  const identity =
    operation.kind === "update"
      ? { Id: operation.ref }
      : operation.idempotencyKey
        ? { [operation.idempotencyKey.field]: operation.idempotencyKey.value }
        : {};
  return { attributes: { type: operation.object }, ...operation.fields, ...identity };
}

const saveResults = z.array(
  z.object({ id: z.string().nullish(), success: z.boolean(), errors: z.array(z.unknown()).default([]) }),
);

function resultOfSave({ id, success, errors }: z.output<typeof saveResults>[number]): WriteResult {
  return success && id ? { ok: true, ref: canonicalId(id) } : { ok: false, failure: failureOfErrors(errorsOf(errors)) };
}

/** A composite call: up to 25 updates, each with headers of its own, so each under its own condition. */
function compositeCall(items: readonly Item[], apiVersion: string): WriteCall {
  return {
    items,
    call: (some) => ({
      method: "POST",
      path: "/composite",
      body: { allOrNone: false, compositeRequest: some.map((item) => subrequest(item, apiVersion)) },
    }),
    results: (answer, some) => {
      const answers = compositeAnswer.safeParse(answer).data?.compositeResponse;
      return answers && some.map((item) => resultOfSubrequest(item, answers));
    },
  };
}

/** Salesforce refuses the update when the record was modified after this second (REST API, "Conditional Requests"). */
function subrequest({ index, operation }: Item, apiVersion: string): JsonObject {
  const { ref, ifVersion } = operation.kind === "update" ? operation : { ref: "", ifVersion: undefined };
  return {
    method: "PATCH",
    url: `/services/data/v${apiVersion}/sobjects/${operation.object}/${ref}`,
    referenceId: referenceOf(index),
    ...(ifVersion !== undefined && { httpHeaders: { "If-Unmodified-Since": new Date(ifVersion).toUTCString() } }),
    body: operation.fields,
  };
}

const compositeAnswer = z.object({
  compositeResponse: z.array(z.object({ referenceId: z.string(), httpStatusCode: z.number(), body: z.unknown() })),
});

type SubrequestAnswer = z.output<typeof compositeAnswer>["compositeResponse"][number];

function resultOfSubrequest({ index, operation }: Item, answers: readonly SubrequestAnswer[]): WriteResult {
  const answer = answers.find(({ referenceId }) => referenceId === referenceOf(index));
  if (!answer) return { ok: false, failure: lostWrite() };
  if (answer.httpStatusCode < 300) return { ok: true, ref: operation.kind === "update" ? operation.ref : "" };
  const errors = errorsOf(answer.body);
  return {
    ok: false,
    failure: failureOfErrors(
      errors.length > 0 ? errors : errorsOf({ errorCode: `ERROR_HTTP_${answer.httpStatusCode}` }),
    ),
  };
}

function referenceOf(index: number): string {
  return `operation${index}`;
}
