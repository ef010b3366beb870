import type { JsonObject } from "@cosell/connector";
import { itemsAt } from "../model/opportunity-facts.ts";
import { holds, textAt } from "./values.ts";
import type { WorkflowOutcome, WorkflowRun, WorkflowStep } from "./workflow.ts";

/**
 * Publishes a profile by AWS's task; `undefined` when it succeeded or none was asked for. A task that failed is forgotten, so
 * that the next run starts another.
 */
export async function publishProfile(
  run: WorkflowRun<"profile" | "profile-task">,
  partner: string,
  profile: JsonObject | undefined,
): Promise<WorkflowOutcome | undefined> {
  if (profile === undefined) return undefined;
  const look = (step: WorkflowStep): Promise<JsonObject> =>
    step.read("GetProfileUpdateTask", { Identifier: partner }, "account");
  await run.step("profile", async (step) => {
    const answer = await step.write({
      service: "account",
      operation: "StartProfileUpdateTask",
      input: { Identifier: partner, TaskDetails: profile },
      // Refused since a task is under way: ours, when it is about the same profile.
      tookEffect: async () => {
        const found = await look(step);
        const isOurs = textAt(found, "Status") === "IN_PROGRESS" && holds(found["TaskDetails"], profile);
        return isOurs ? found : undefined;
      },
    });
    return { task: textAt(answer, "TaskId") ?? "" };
  });
  const ended = await run.step(
    "profile-task",
    async (step) => {
      const task = await step.poll(
        async () => {
          const found = await look(step);
          return textAt(found, "Status") === "IN_PROGRESS" ? undefined : found;
        },
        {
          why: "AWS is checking the profile",
          firstMs: 2000,
          slowestMs: 30_000,
          patienceMs: run.surroundings.taskPatienceMs ?? 600_000,
        },
      );
      const errors = itemsAt(task ?? {}, "ErrorDetailList").map((error) =>
        [textAt(error, "Locale"), textAt(error, "Reason"), textAt(error, "Message")].filter(Boolean).join(" "),
      );
      return { status: textAt(task ?? {}, "Status") ?? "IN_PROGRESS", errors };
    },
    { keep: ({ status }) => status === "SUCCEEDED", says: ({ status }) => `It is ${status}.` },
  );
  const { status, errors } = ended;
  if (status === "SUCCEEDED") return undefined;
  const result = { partner, profile: status, errors };
  if (status === "IN_PROGRESS") {
    const next = ["Go on later with the same memory: it is looked at again, not started again."];
    return { status: "waiting", summary: "AWS is still checking the profile.", next, result };
  }
  await run.forget("profile", "profile-task");
  return {
    status: "needs-person",
    summary: `AWS did not publish the profile: its task is ${status}.`,
    next: [...errors, "Correct the profile, then run the workflow again. AWS takes ten profile tasks a day."],
    result,
  };
}
