import { runTask, submissionTask, taskOutcome, taskResult } from "./engagement-task.ts";
import { submissionMembers, submissionOf } from "./co-sell.ts";
import { textAt, withoutAbsent } from "./values.ts";
import { defineWorkflow } from "./workflow.ts";

/** An opportunity that AWS holds, and how it is submitted. */
interface EngagementInput {
  readonly opportunity: string;
  readonly involvement?: string;
  readonly visibility?: string;
}

/** An existing draft becomes an engagement with AWS. */
export const engagement = defineWorkflow<"look" | "start" | "task">({
  name: "engagement",
  summary: "submit an opportunity that is at AWS already, and explain a task that fails",
  input: [
    {
      name: "opportunity",
      required: true,
      like: { operation: "GetOpportunity", path: "Identifier" },
      describes: "id of the opportunity, such as O1234567",
    },
    ...submissionMembers,
  ],
  steps: { look: "Look at the opportunity", start: "Start the engagement", task: "Follow the task" },
  run: async (run, input: EngagementInput) => {
    const { opportunity } = input;
    const found = await run.step(
      "look",
      async (step) => {
        const current = await step.read("GetOpportunity", { Identifier: opportunity });
        return withoutAbsent({ status: textAt(current, "LifeCycle.ReviewStatus") });
      },
      {
        keep: ({ status }) => status === "Pending Submission",
        says: ({ status }) => `Its review status is ${typeof status === "string" ? status : "not told"}.`,
      },
    );
    if (found["status"] !== "Pending Submission") {
      return {
        status: "needs-person",
        summary: `Opportunity ${opportunity} is no draft: its review status is ${textAt(found, "status") ?? "not told"}. Nothing was started.`,
        next: [
          "One that is submitted already needs no second engagement; its task stands in ListEngagementFromOpportunityTasks.",
        ],
        result: { opportunity, ...found },
      };
    }
    const submission = submissionTask(opportunity);
    const task = await runTask(run, submission, { Identifier: opportunity, AwsSubmission: submissionOf(input) });
    const stopped = taskOutcome(task, submission.what);
    if (stopped !== undefined) return { ...stopped, result: { opportunity, ...stopped.result } };
    return {
      status: "done",
      summary: `Opportunity ${opportunity} is submitted to AWS in engagement ${textAt(task ?? {}, "EngagementId") ?? "without an id"}.`,
      next: [],
      result: taskResult(task ?? {}),
    };
  },
});
