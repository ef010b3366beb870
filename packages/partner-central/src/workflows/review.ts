import type { JsonObject } from "@cosell/connector";
import { lockRows } from "../model/field-locks.ts";
import { textAt, withoutAbsent } from "./values.ts";
import type { WorkflowOutcome, WorkflowRun } from "./workflow.ts";

const minuteMs = 60_000;
const final: ReadonlySet<string> = new Set(["Approved", "Rejected", "Action Required"]);

/** Members that AWS lets a partner correct while it asks for corrections. From the table of field locks. */
const editableNow: readonly string[] = lockRows
  .filter(({ phases, lock }) => lock === "editable" && phases.includes("action-required"))
  .map(({ path }) => path);

/**
 * Looks where AWS's review of an opportunity stands, and waits for its decision when the run is told to. Reviews take one to
 * three days (unofficial), so a run that waits looks every quarter of an hour in the end.
 */
export async function followReview(run: WorkflowRun<"review">, opportunityId: string): Promise<WorkflowOutcome> {
  const { waitForPeople = false } = run.surroundings;
  const review = await run.step(
    "review",
    async (step) => {
      const look = (): Promise<JsonObject> => step.read("GetOpportunity", { Identifier: opportunityId });
      let newest: JsonObject = {};
      await step.poll(
        async () => {
          newest = reviewOf(await look());
          return !waitForPeople || final.has(textAt(newest, "status") ?? "") ? newest : undefined;
        },
        { why: "AWS is reviewing the opportunity", firstMs: minuteMs, slowestMs: 15 * minuteMs },
      );
      return newest;
    },
    { keep: () => false, says: (found) => `The review status is ${textAt(found, "status") ?? "not told"}.` },
  );
  return reviewOutcome(opportunityId, review);
}

function reviewOf(opportunity: JsonObject): JsonObject {
  return withoutAbsent({
    status: textAt(opportunity, "LifeCycle.ReviewStatus"),
    reason: textAt(opportunity, "LifeCycle.ReviewStatusReason"),
    comments: textAt(opportunity, "LifeCycle.ReviewComments"),
  });
}

/** What a review status means for the person who submitted. */
function reviewOutcome(opportunityId: string, review: JsonObject): WorkflowOutcome {
  const status = textAt(review, "status");
  const reason = [textAt(review, "reason"), textAt(review, "comments")].filter((text) => text !== undefined);
  const said = reason.length === 0 ? "AWS gives no reason." : `AWS says: ${reason.join(" – ")}`;
  const result = { opportunity: opportunityId, review };
  switch (status) {
    case "Approved":
      return { status: "done", summary: `AWS approved opportunity ${opportunityId}.`, next: [], result };
    case "Action Required":
      return {
        status: "needs-person",
        summary: `AWS asks for corrections of opportunity ${opportunityId}. ${said}`,
        next: [
          `Correct it; AWS takes changes of these members only: ${editableNow.join(", ")}.`,
          "After the change AWS reviews it again; go on with the same memory.",
        ],
        result: { ...result, editable: editableNow },
      };
    case "Rejected":
      return {
        status: "needs-person",
        summary: `AWS rejected opportunity ${opportunityId}. ${said}`,
        next: ["It can no longer be changed. If the deal goes on, begin anew with another opportunity."],
        result,
      };
    case "Submitted":
    case "In review":
      return {
        status: "waiting",
        summary: `Opportunity ${opportunityId} is submitted; AWS's review is ${status === "Submitted" ? "about to begin" : "under way"}.`,
        next: ["Look again later with the same memory; nothing can be changed until AWS has decided."],
        result,
      };
    default:
      return {
        status: "needs-person",
        summary: `Opportunity ${opportunityId} is in the state ${status ?? "without a name"}, which this workflow does not expect after a submission.`,
        next: ["Look at it in Partner Central."],
        result,
      };
  }
}
