import type { JsonObject } from "../../kernel/index.ts";
import { listOf, once, required, type Call } from "../call.ts";
import { newId } from "../../partner-central-shared/identifiers.ts";
import { isBetween, isWanted, pageOf, sorted } from "../../partner-central-shared/paging.ts";
import { textAt } from "../../partner-central-shared/paths.ts";
import { prospectingArn, settleProspecting } from "../prospecting.ts";
import { invalidBusiness, notFound } from "../refusal.ts";
import type { ProspectedEngagement, ProspectingTask } from "../state.ts";
import { nanoseconds } from "../../partner-central-shared/timestamps.ts";

/** StartProspectingFromEngagementTask: AWS looks up the customers of up to 100 engagements. */
export function startProspectingFromEngagementTask(call: Call): JsonObject {
  return once(
    call,
    () => {
      const ids = listOf(call, "Identifiers");
      if (ids === undefined) throw noEngagements();
      const id = newId(call.state, "task", 14);
      call.space.prospectingTasks[id] = {
        id,
        name: required(call, "TaskName"),
        startTime: nanoseconds(call.now, call.state.issued),
        endTime: null,
        endsAt: call.now + call.settings.taskDelayMs,
        engagements: ids.map((each) => ({
          id: each,
          status: "IN_PROGRESS",
          contextId: null,
          reasonCode: null,
          message: null,
        })),
      };
      return started(call, id);
    },
    (first) => started(call, textAt(first, "TaskId") ?? ""),
  );
}

/** GetProspectingFromEngagementTask: how far it is, engagement by engagement. */
export function getProspectingFromEngagementTask(call: Call): JsonObject {
  const task = findTask(call, required(call, "TaskIdentifier"));
  const Engagements = task.engagements.map((each) => ({
    EngagementIdentifier: each.id,
    EngagementContextId: each.contextId,
    Status: each.status,
    ReasonCode: each.reasonCode,
    Message: each.message,
  }));
  return { ...taskAnswer(call, task), Engagements };
}

/** ListProspectingFromEngagementTasks: newest first unless the call asks otherwise. */
export function listProspectingFromEngagementTasks(call: Call): JsonObject {
  settleProspecting(call);
  const found = Object.values(call.space.prospectingTasks).filter(
    (task) =>
      isWanted(listOf(call, "TaskIdentifier"), task.id) &&
      isWanted(listOf(call, "TaskName"), task.name) &&
      isBetween(Date.parse(task.startTime), call.input, "StartAfter", "StartBefore", {
        inclusive: call.settings.afterIsInclusive,
        read: Date.parse,
      }),
  );
  const keys = {
    StartTime: ({ startTime }: ProspectingTask) => startTime,
    TaskName: ({ name }: ProspectingTask) => name,
    FailedEngagementCount: (task: ProspectingTask) => countOf(task, "FAILED"),
  };
  const order = { sortBy: "StartTime", order: "DESCENDING", id: ({ id }: ProspectingTask) => id } as const;
  const { items, NextToken } = pageOf(call, sorted(call, found, keys, order));
  const TaskSummaries = items.map((task) => ({
    ...taskAnswer(call, task),
    TotalEngagementCount: task.engagements.length,
    CompletedEngagementCount: countOf(task, "COMPLETED"),
    FailedEngagementCount: countOf(task, "FAILED"),
  }));
  return { TaskSummaries, NextToken };
}

function started(call: Call, id: string): JsonObject {
  const task = findTask(call, id);
  const allFailed = countOf(task, "FAILED") === task.engagements.length;
  return {
    ...taskAnswer(call, task),
    Identifiers: task.engagements.map((each) => each.id),
    TaskStatus: task.endTime === null ? "IN_PROGRESS" : allFailed ? "FAILED" : "COMPLETED",
    ReasonCode: allFailed ? (task.engagements[0]?.reasonCode ?? null) : null,
  };
}

function findTask(call: Call, id: string): ProspectingTask {
  settleProspecting(call);
  const task = call.space.prospectingTasks[id];
  if (task === undefined) throw notFound("Prospecting task", id);
  return task;
}

function taskAnswer(call: Call, { id, name, startTime, endTime }: ProspectingTask): JsonObject {
  return { TaskId: id, TaskArn: prospectingArn(call, id), TaskName: name, StartTime: startTime, EndTime: endTime };
}

function countOf({ engagements }: ProspectingTask, wanted: ProspectedEngagement["status"]): number {
  return engagements.filter(({ status }) => status === wanted).length;
}

function noEngagements(): Error {
  return invalidBusiness("There is nothing to look up.", [
    { FieldName: "Identifiers", Code: "NOT_ENOUGH_VALUES", Message: "At least one engagement is needed." },
  ]);
}
