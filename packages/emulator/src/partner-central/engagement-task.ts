import type { JsonObject } from "../kernel/index.ts";
import { once, type Call, type Place } from "./call.ts";
import { acceptTask } from "./accept-task.ts";
import { newId, sharedArn } from "../partner-central-shared/identifiers.ts";
import { opportunityTask } from "./opportunity-task.ts";
import { textAt } from "../partner-central-shared/paths.ts";
import type { Catalog, EngagementTask, TaskKind } from "./state.ts";
import { submitTask } from "./submit-task.ts";
import { TaskFailure, type TaskRun, type TaskSubject } from "./task-run.ts";
import { nanoseconds } from "../partner-central-shared/timestamps.ts";

const runs: Readonly<Record<TaskKind, TaskRun>> = {
  "engagement-from-opportunity": submitTask,
  "engagement-by-accepting-invitation": acceptTask,
  "opportunity-from-engagement": opportunityTask,
};

/**
 * A call that begins a task: `check` says what it works on, or refuses. The same token again tells how far the task is.
 * It ends at once unless the settings say otherwise.
 */
export function startTask(call: Call, kind: TaskKind, check: () => TaskSubject): JsonObject {
  const answer = (task: EngagementTask): JsonObject => taskAnswer(task, call.space.catalog);
  return once(
    call,
    () => answer(started(call, kind, check())),
    (first) => {
      settleTasks(call);
      const task = call.space.tasks[textAt(first, "TaskId") ?? ""];
      return task === undefined ? first : answer(task);
    },
  );
}

/** Ends the tasks whose time has come. */
export function settleTasks(place: Place): void {
  for (const task of Object.values(place.space.tasks)) {
    if (task.status === "IN_PROGRESS" && place.now >= task.endsAt) place.space.tasks[task.id] = ended(place, task);
  }
}

/** The tasks of a kind, ended where their time has come. */
export function tasksOf(place: Place, kind: TaskKind): readonly EngagementTask[] {
  settleTasks(place);
  return Object.values(place.space.tasks).filter((task) => task.kind === kind);
}

/** The task as AWS's answers tell it. */
export function taskAnswer(task: EngagementTask, catalog: Catalog): JsonObject {
  return {
    TaskId: task.id,
    TaskArn: sharedArn(catalog, `${task.kind}-task`, task.id),
    StartTime: task.startTime,
    TaskStatus: task.status,
    Message: task.message,
    ReasonCode: task.reasonCode,
    OpportunityId: task.opportunityId,
    ResourceSnapshotJobId: task.jobId,
    EngagementId: task.engagementId,
    EngagementInvitationId: task.invitationId,
    ContextId: task.contextId,
  };
}

function started(call: Call, kind: TaskKind, subject: TaskSubject): EngagementTask {
  const { state, now, settings } = call;
  const id = newId(state, "task");
  const task: EngagementTask = {
    opportunityId: null,
    engagementId: null,
    invitationId: null,
    contextId: null,
    jobId: null,
    ...subject,
    id,
    kind,
    startTime: nanoseconds(now, state.issued),
    endsAt: now + settings.taskDelayMs,
    input: call.input,
    status: "IN_PROGRESS",
    message: null,
    reasonCode: null,
  };
  call.space.tasks[id] = task;
  settleTasks(call);
  return call.space.tasks[id];
}

function ended(place: Place, task: EngagementTask): EngagementTask {
  try {
    return { ...task, ...runs[task.kind]({ ...place, now: task.endsAt }, task), status: "COMPLETE" };
  } catch (error) {
    if (!(error instanceof TaskFailure)) throw error;
    return { ...task, status: "FAILED", reasonCode: error.reasonCode, message: error.message };
  }
}
