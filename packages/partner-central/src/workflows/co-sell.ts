import type { JsonObject } from "@cosell/connector";
import { isStructure } from "../model/opportunity-facts.ts";
import { associationRuleOf } from "../model/associations.ts";
import { readiness } from "../model/readiness.ts";
import { runTask, submissionTask, taskOutcome, taskResult } from "./engagement-task.ts";
import { followReview } from "./review.ts";
import { textAt, textsAt, withoutAbsent } from "./values.ts";
import { defineWorkflow, type WorkflowOutcome, type WorkflowRun } from "./workflow.ts";
import type { InputMember } from "./workflow-input.ts";

/** What is attached to an opportunity, by the input's member and AWS's type of entity. */
const entityTypes = {
  solutions: "Solutions",
  products: "AwsProducts",
  marketplaceSolutions: "AwsMarketplaceSolutions",
  marketplaceProducts: "AwsMarketplaceProducts",
  marketplaceOffers: "AwsMarketplaceOffers",
  marketplaceOfferSets: "AwsMarketplaceOfferSets",
} as const;

/** The entities of an input, by the input's member. */
export type Entities = { readonly [Member in keyof typeof entityTypes]?: readonly string[] };

/** The deal and how it is submitted. */
interface CoSellInput extends Entities {
  /** Members as CreateOpportunity takes them. */
  readonly opportunity: JsonObject;
  readonly assignee?: JsonObject;
  readonly involvement?: string;
  readonly visibility?: string;
}

const related = { operation: "AssociateOpportunity", path: "RelatedEntityIdentifier" };
const submittedAs = (path: string): InputMember["like"] => ({
  operation: "StartEngagementFromOpportunityTask",
  path: `AwsSubmission.${path}`,
});

/** Members by which entities are attached. */
export const entityMembers: readonly InputMember[] = [
  { name: "solutions", list: true, like: related, describes: "solutions to attach, such as S-1234567" },
  { name: "products", list: true, like: related, describes: "AWS products to attach, by AWS's identifier" },
  { name: "marketplaceSolutions", list: true, like: related, describes: "AWS Marketplace solutions to attach (ARN)" },
  { name: "marketplaceProducts", list: true, like: related, describes: "AWS Marketplace products to attach (ARN)" },
  {
    name: "marketplaceOffers",
    list: true,
    like: related,
    describes: "a private offer to attach once AWS has approved (ARN)",
  },
  {
    name: "marketplaceOfferSets",
    list: true,
    like: related,
    describes: "an offer set to attach once AWS has approved (ARN)",
  },
];

/** Members that say how an opportunity is submitted. */
export const submissionMembers: readonly InputMember[] = [
  {
    name: "involvement",
    like: submittedAs("InvolvementType"),
    describes: "Co-Sell (without one) or For Visibility Only",
    changeableUntil: "start",
  },
  {
    name: "visibility",
    like: submittedAs("Visibility"),
    describes: "Full (without one) or Limited",
    changeableUntil: "start",
  },
];

/** AwsSubmission of the tasks that submit. */
export function submissionOf({ involvement = "Co-Sell", visibility = "Full" }: Omit<CoSellInput, "opportunity">): {
  readonly InvolvementType: string;
  readonly Visibility: string;
} {
  return { InvolvementType: involvement, Visibility: visibility };
}

/** From a draft to AWS's decision. Opportunities cannot be deleted at AWS, so what is not ready is not created. */
export const coSell = defineWorkflow<"check" | "create" | SubmitStep>({
  name: "co-sell",
  summary: "create an opportunity, submit it to AWS and follow the review",
  input: [
    {
      name: "opportunity",
      required: true,
      like: { operation: "CreateOpportunity", path: "" },
      describes: "the deal, members as CreateOpportunity takes them",
      changeableUntil: "create",
    },
    ...entityMembers,
    {
      name: "assignee",
      like: { operation: "AssignOpportunity", path: "Assignee" },
      describes: "who owns the opportunity: FirstName, LastName, Email, BusinessTitle",
    },
    ...submissionMembers,
  ],
  steps: {
    check: "Check the deal before anything is sent",
    create: "Create the draft",
    associate: "Attach",
    assign: "Assign the owner",
    readiness: "Check what AWS holds",
    start: "Submit to AWS",
    task: "Follow the submission",
    review: "Look at AWS's review",
  },
  waitsForPeople: true,
  run: async (run, input: CoSellInput) => {
    const check = await run.step(
      "check",
      async () => issuesOf(run, { ...withDefaults(input.opportunity) }, relatedOf(input).draft, input),
      { keep: () => false, says: countOf },
    );
    if (check.length > 0) {
      return notReady(check, "The deal is not ready to be submitted; nothing was sent.", {});
    }
    const { opportunity } = await run.step(
      "create",
      async (step) => {
        const answer = await step.write({ operation: "CreateOpportunity", input: withDefaults(input.opportunity) });
        return { opportunity: textAt(answer, "Id") ?? "" };
      },
      { says: (created) => `AWS calls it ${created.opportunity}.` },
    );
    return submitOpportunity(run, opportunity, input);
  },
});

/** Steps of every workflow that ends with a submission. */
export type SubmitStep = "associate" | "assign" | "readiness" | "start" | "task" | "review";

/** Attaches, assigns, checks and submits a draft that AWS holds, and follows the review. */
export async function submitOpportunity(
  run: WorkflowRun<SubmitStep>,
  opportunityId: string,
  input: Omit<CoSellInput, "opportunity">,
): Promise<WorkflowOutcome> {
  const entities = relatedOf(input);
  await attach(run, opportunityId, entities.draft);
  const { assignee } = input;
  if (assignee !== undefined) {
    await run.step("assign", (step) =>
      step.write({ operation: "AssignOpportunity", input: { Identifier: opportunityId, Assignee: assignee } }),
    );
  }
  const issues = await run.step(
    "readiness",
    async (step) => {
      const current = await step.read("GetOpportunity", { Identifier: opportunityId });
      const types = Object.values(entityTypes);
      const attached = Object.fromEntries(
        types.map((type) => [type, textsAt(current, `RelatedEntityIdentifiers.${type}`)]),
      );
      return issuesOf(run, current, attached, input);
    },
    { keep: (found) => found.length === 0, says: countOf },
  );
  const result = { opportunity: opportunityId };
  if (issues.length > 0) {
    return notReady(issues, `Draft ${opportunityId} is not ready to be submitted.`, result);
  }
  const submission = submissionTask(opportunityId);
  const task = await runTask(run, submission, { Identifier: opportunityId, AwsSubmission: submissionOf(input) });
  const stopped = taskOutcome(task, submission.what);
  if (stopped !== undefined) return { ...stopped, result: { ...result, ...stopped.result } };
  const outcome = await followReview(run, opportunityId);
  if (outcome.status === "done") await attach(run, opportunityId, entities.approved);
  return { ...outcome, result: { ...taskResult(task ?? {}), ...outcome.result } };
}

/** Attaches entities one by one; one that is attached already is what was wanted. */
async function attach(run: WorkflowRun<"associate">, opportunityId: string, entities: EntitiesByType): Promise<void> {
  for (const [type, ids] of Object.entries(entities)) {
    for (const id of ids) {
      await run.step(
        "associate",
        (step) =>
          step.write({
            operation: "AssociateOpportunity",
            input: {
              OpportunityIdentifier: opportunityId,
              RelatedEntityType: type,
              RelatedEntityIdentifier: id,
            },
            tookEffect: async () => {
              const current = await step.read("GetOpportunity", { Identifier: opportunityId });
              return textsAt(current, `RelatedEntityIdentifiers.${type}`).includes(id) ? {} : undefined;
            },
          }),
        { of: `${type} ${id}` },
      );
    }
  }
}

type EntitiesByType = Readonly<Record<string, readonly string[]>>;

/** The entities by AWS's type: those that a draft takes, and those that AWS takes once it has approved (offers). */
function relatedOf(entities: Entities): { readonly draft: EntitiesByType; readonly approved: EntitiesByType } {
  const all = (Object.keys(entityTypes) as (keyof Entities)[]).map(
    (member) => [entityTypes[member], entities[member] ?? []] as const,
  );
  const isForDraft = (type: string): boolean => associationRuleOf(type)?.phases.includes("pending-submission") === true;
  return {
    draft: Object.fromEntries(all.filter(([type]) => isForDraft(type))),
    approved: Object.fromEntries(all.filter(([type]) => !isForDraft(type))),
  };
}

/** A deal of ours, unless it says otherwise: AWS needs to be told. */
function withDefaults(opportunity: JsonObject): JsonObject {
  return { Origin: "Partner Referral", ...opportunity };
}

function issuesOf(
  run: Pick<WorkflowRun<string>, "today">,
  opportunity: JsonObject,
  attached: EntitiesByType,
  input: Omit<CoSellInput, "opportunity">,
): readonly JsonObject[] {
  const issues = readiness({
    purpose: "submit",
    opportunity: { ...opportunity, Submission: submissionOf(input) },
    related: attached,
    today: run.today,
  });
  return issues.map(({ path, code, message, source }) => ({ path, code, message, source }));
}

function notReady(issues: readonly JsonObject[], summary: string, result: JsonObject): WorkflowOutcome {
  return {
    status: "needs-person",
    summary,
    next: issues.map((issue) => `${textAt(issue, "path") ?? ""}: ${textAt(issue, "message") ?? ""}`),
    result: { ...result, issues: issues.filter(isStructure).map(withoutAbsent) },
  };
}

const countOf = (issues: readonly JsonObject[]): string =>
  issues.length === 0 ? "It is ready." : `${issues.length} ${issues.length === 1 ? "thing is" : "things are"} missing.`;
