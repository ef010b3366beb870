import { FailureError, type JsonObject, type JsonValue } from "@cosell/connector";
import { isStructure, itemsAt } from "../model/opportunity-facts.ts";
import { updateBody } from "../update-body.ts";
import { type Entities, entityMembers, submissionMembers, submitOpportunity, type SubmitStep } from "./co-sell.ts";
import { runTask, type TaskKind, taskOutcome } from "./engagement-task.ts";
import { holds, textAt, withoutAbsent } from "./values.ts";
import { defineWorkflow, type WorkflowRun, type WorkflowStep } from "./workflow.ts";
import { exactlyOne } from "./workflow-input.ts";

/** Where the lead is, what is learned about it, and what the opportunity becomes. */
interface LeadInput extends Entities {
  readonly invitation?: string;
  readonly engagement?: string;
  readonly lead?: JsonObject;
  readonly opportunity?: JsonObject;
  readonly assignee?: JsonObject;
  readonly involvement?: string;
  readonly visibility?: string;
}

type LeadStep = "invitation" | "accept" | "lead" | "context" | "convert" | "conversion" | "update" | SubmitStep;

/** From AWS's lead to a submitted opportunity. */
export const lead = defineWorkflow<LeadStep>({
  name: "lead",
  summary: "accept a lead from AWS, make an opportunity of it and submit it",
  input: [
    {
      name: "invitation",
      like: { operation: "GetEngagementInvitation", path: "Identifier" },
      describes: "id of the lead invitation, such as engi-…",
    },
    {
      name: "engagement",
      like: { operation: "UpdateEngagementContext", path: "EngagementIdentifier" },
      describes: "id of an engagement with a lead that was accepted already, such as eng-…",
    },
    {
      name: "lead",
      like: { operation: "UpdateEngagementContext", path: "Payload.Lead" },
      partial: true,
      changeableUntil: "context",
      describes: "what was learned about the lead: QualificationStatus, Interaction, Customer, Insights",
    },
    {
      name: "opportunity",
      like: { operation: "UpdateOpportunity", path: "" },
      filledIn: ["Identifier", "LastModifiedDate"],
      partial: true,
      changeableUntil: "update",
      describes: "values to lay over the opportunity that AWS makes, members as UpdateOpportunity takes them",
    },
    ...entityMembers,
    {
      name: "assignee",
      like: { operation: "AssignOpportunity", path: "Assignee" },
      describes: "who owns the opportunity: FirstName, LastName, Email, BusinessTitle",
    },
    ...submissionMembers,
  ],
  rules: [exactlyOne("invitation", "engagement")],
  steps: {
    invitation: "Look at the invitation",
    accept: "Accept the lead",
    lead: "Read the lead",
    context: "Update the lead",
    convert: "Make an opportunity of the lead",
    conversion: "Follow the making of the opportunity",
    update: "Complete the opportunity",
    associate: "Attach",
    assign: "Assign the owner",
    readiness: "Check what AWS holds",
    start: "Submit to AWS",
    task: "Follow the submission",
    review: "Look at AWS's review",
  },
  waitsForPeople: true,
  run: async (run, input: LeadInput) => {
    const engagement = input.engagement ?? (await accepted(run, input.invitation ?? ""));
    const { context } = await run.step("lead", (step) => leadOf(step, engagement), {
      says: (found) => `It is context ${found.context} of ${engagement}.`,
    });
    const { lead: learned, opportunity: values } = input;
    if (learned !== undefined) await updateLead(run, { engagement, context }, learned);

    const making = conversionTask(engagement, context);
    const task = await runTask(run, making, { Identifier: engagement, ContextIdentifier: context });
    const stopped = taskOutcome(task, making.what);
    if (stopped !== undefined) return { ...stopped, result: { engagement, context, ...stopped.result } };
    const opportunity = textAt(task ?? {}, "OpportunityId") ?? "";

    if (values !== undefined) await updateOpportunity(run, opportunity, values);
    const outcome = await submitOpportunity(run, opportunity, input);
    return { ...outcome, result: { engagement, context, ...outcome.result } };
  },
});

function conversionTask(engagement: string, context: string): TaskKind<"convert" | "conversion"> {
  return {
    steps: ["convert", "conversion"],
    start: "StartOpportunityFromEngagementTask",
    list: "ListOpportunityFromEngagementTasks",
    about: { EngagementIdentifier: [engagement], ContextIdentifier: [context] },
    what: `the opportunity from lead ${context} of engagement ${engagement}`,
  };
}

/** Accepts the invitation, and gives its engagement. */
async function accepted(run: WorkflowRun<"invitation" | "accept">, invitation: string): Promise<string> {
  const look = (step: WorkflowStep): Promise<JsonObject> =>
    step.read("GetEngagementInvitation", { Identifier: invitation });
  const { engagement, payloadType } = await run.step(
    "invitation",
    async (step) => {
      const found = await look(step);
      return { engagement: textAt(found, "EngagementId") ?? "", payloadType: textAt(found, "PayloadType") ?? "" };
    },
    { says: (found) => `It is a ${found.payloadType} to ${found.engagement}.` },
  );
  if (payloadType !== "LeadInvitation") {
    throw notUsable(`Invitation ${invitation} is no lead: it is a ${payloadType}. Answer it as an opportunity.`);
  }
  await run.step("accept", (step) =>
    step.write({
      operation: "AcceptEngagementInvitation",
      input: { Identifier: invitation },
      tookEffect: async () => (textAt(await look(step), "Status") === "ACCEPTED" ? {} : undefined),
    }),
  );
  return engagement;
}

async function leadOf(step: WorkflowStep, engagement: string): Promise<{ context: string }> {
  const contexts = itemsAt(await step.read("GetEngagement", { Identifier: engagement }), "Contexts");
  const leads = contexts.filter((context) => textAt(context, "Type") === "Lead");
  const context = textAt(leads[0] ?? {}, "Id");
  if (context !== undefined && leads.length === 1) return { context };
  throw notUsable(
    leads.length === 0
      ? `Engagement ${engagement} has no lead. Name the engagement of a lead.`
      : `Engagement ${engagement} has ${leads.length} leads; one is expected.`,
  );
}

/**
 * Writes what was learned. AWS's lock is the engagement's ModifiedAt with its nanoseconds, which is sent back as text. An
 * interaction is added by AWS, so the write is repeated only where AWS does not hold it.
 */
async function updateLead(
  run: WorkflowRun<"context">,
  { engagement, context }: { readonly engagement: string; readonly context: string },
  learned: JsonObject,
): Promise<void> {
  await run.step("context", (step) => {
    const read = async (): Promise<{ readonly modifiedAt: string; readonly lead: JsonObject }> => {
      const answer = await step.read("GetEngagement", { Identifier: engagement });
      const current = itemsAt(answer, "Contexts").find((each) => textAt(each, "Id") === context);
      const payload = current?.["Payload"];
      const found = isStructure(payload) ? payload["Lead"] : undefined;
      return { modifiedAt: textAt(answer, "ModifiedAt") ?? "", lead: isStructure(found) ? found : {} };
    };
    return step.write({
      operation: "UpdateEngagementContext",
      locked: true,
      input: async () => {
        const { modifiedAt, lead: current } = await read();
        return {
          EngagementIdentifier: engagement,
          ContextIdentifier: context,
          EngagementLastModifiedAt: modifiedAt,
          Type: "Lead",
          Payload: { Lead: { Customer: current["Customer"] ?? {}, ...learned } },
        };
      },
      tookEffect: async () => {
        const { lead: current } = await read();
        const { Interaction, ...rest } = learned;
        const added =
          Interaction === undefined || itemsAt(current, "Interactions").some((one) => holds(one, Interaction));
        return added && holds(current, rest) ? { ContextId: context } : undefined;
      },
    });
  });
}

/** Lays values over the opportunity; everything else goes back as it was read. */
async function updateOpportunity(run: WorkflowRun<"update">, opportunity: string, values: JsonObject): Promise<void> {
  await run.step("update", (step) => {
    const read = (): Promise<JsonObject> => step.read("GetOpportunity", { Identifier: opportunity });
    return step.write({
      operation: "UpdateOpportunity",
      locked: true,
      input: async () => updateBody(await read(), new Map(leavesOf(values))),
      tookEffect: async () => {
        const current = await read();
        return holds(current, values)
          ? withoutAbsent({ Id: opportunity, LastModifiedDate: current["LastModifiedDate"] })
          : undefined;
      },
    });
  });
}

/** Values by path; lists and empty objects as a whole. */
function leavesOf(value: JsonObject, path = ""): readonly (readonly [string, JsonValue])[] {
  return Object.entries(value).flatMap(([name, item]): readonly (readonly [string, JsonValue])[] => {
    const at = path === "" ? name : `${path}.${name}`;
    return isStructure(item) && Object.keys(item).length > 0 ? leavesOf(item, at) : [[at, item]];
  });
}

function notUsable(message: string): FailureError {
  return new FailureError({ kind: "invalid", message, issues: [] });
}
