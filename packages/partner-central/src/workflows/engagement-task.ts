import type { JsonObject } from "@cosell/connector";
import { compareInstants } from "../instants.ts";
import { explainReason } from "./reason-codes.ts";
import { textAt, withoutAbsent } from "./values.ts";
import type { WorkflowOutcome, WorkflowRun, WorkflowStep } from "./workflow.ts";

/** One of AWS's background tasks, and how it is looked at. */
export interface TaskKind<Step extends string> {
  /** The step that starts it, and the one that follows it. */
  readonly steps: readonly [start: Step, follow: Step];
  readonly start: string;
  readonly list: string;
  /** What the task is about, as a filter of the list. */
  readonly about: JsonObject;
  /** For a person: "the submission of opportunity O1". */
  readonly what: string;
}

const defaultPatienceMs = 600_000;

/**
 * Starts a task once and follows it to its end; gives the task as AWS told it last. A task that failed is forgotten, so
 * that the next run starts another one. `undefined`: it was still running when patience ended.
 */
export async function runTask<Step extends string>(
  run: WorkflowRun<Step>,
  { steps: [startStep, followStep], start, list, about, what }: TaskKind<NoInfer<Step>>,
  input: JsonObject,
): Promise<JsonObject | undefined> {
  const newest = async (step: WorkflowStep, filter: JsonObject): Promise<JsonObject | undefined> =>
    (await step.readAll(list, filter))
      .toSorted((a, b) => compareInstants(textAt(a, "StartTime") ?? "", textAt(b, "StartTime") ?? ""))
      .at(-1);
  const started = await run.step(
    startStep,
    (step) =>
      step.write({
        operation: start,
        input,
        // Refused since it is done: by an earlier try whose answer was lost.
        tookEffect: async () => {
          const task = await newest(step, about);
          return task !== undefined && textAt(task, "TaskStatus") !== "FAILED" ? task : undefined;
        },
      }),
    { says: (task) => `AWS has taken up ${what} as task ${textAt(task, "TaskId") ?? "without an id"}.` },
  );
  const id = textAt(started, "TaskId");
  const ended = await run.step(
    followStep,
    async (step) => {
      if (textAt(started, "TaskStatus") !== "IN_PROGRESS") return { task: started };
      const task = await step.poll(
        async () => {
          const now = await newest(step, id === undefined ? about : { TaskIdentifier: [id] });
          return now !== undefined && textAt(now, "TaskStatus") !== "IN_PROGRESS" ? now : undefined;
        },
        {
          why: `AWS is working on ${what}`,
          firstMs: 2000,
          slowestMs: 15_000,
          patienceMs: run.surroundings.taskPatienceMs ?? defaultPatienceMs,
        },
      );
      return withoutAbsent({ task });
    },
    {
      keep: (result) => "task" in result,
      says: ({ task }) => (task === undefined ? "It is still running." : taskSays(task as JsonObject)),
    },
  );
  const task = "task" in ended ? (ended["task"] as JsonObject) : undefined;
  if (task !== undefined && textAt(task, "TaskStatus") === "FAILED") await run.forget(startStep, followStep);
  return task;
}

/** The outcome of a task that did not complete; `undefined` for one that did. */
export function taskOutcome(task: JsonObject | undefined, what: string): WorkflowOutcome | undefined {
  if (task === undefined) {
    return {
      status: "waiting",
      summary: `AWS is still working on ${what}.`,
      next: ["Go on later with the same memory: the task is looked at again, not started again."],
      result: {},
    };
  }
  if (textAt(task, "TaskStatus") === "COMPLETE") return undefined;
  const reason = explainReason(textAt(task, "ReasonCode"));
  const said = textAt(task, "Message");
  return {
    status: "needs-person",
    summary: `AWS could not do ${what} (${reason.code}): ${reason.cause}`,
    next: [...(said === undefined ? [] : [`AWS says: ${said}`]), reason.remedy],
    result: taskResult(task),
  };
}

/** The ids that a task gave. */
export function taskResult(task: JsonObject): JsonObject {
  return withoutAbsent({
    task: textAt(task, "TaskId"),
    reasonCode: textAt(task, "ReasonCode"),
    opportunity: textAt(task, "OpportunityId"),
    engagement: textAt(task, "EngagementId"),
    invitation: textAt(task, "EngagementInvitationId"),
    context: textAt(task, "ContextId"),
    snapshotJob: textAt(task, "ResourceSnapshotJobId"),
  });
}

function taskSays(task: JsonObject): string {
  const status = textAt(task, "TaskStatus") ?? "without a status";
  return status === "FAILED" ? `It failed: ${explainReason(textAt(task, "ReasonCode")).cause}` : `It is ${status}.`;
}

/** The task that submits an opportunity: it opens an engagement and invites AWS to it. */
export function submissionTask(opportunityId: string): TaskKind<"start" | "task"> {
  return {
    steps: ["start", "task"],
    start: "StartEngagementFromOpportunityTask",
    list: "ListEngagementFromOpportunityTasks",
    about: { OpportunityIdentifier: [opportunityId] },
    what: `the submission of opportunity ${opportunityId}`,
  };
}
