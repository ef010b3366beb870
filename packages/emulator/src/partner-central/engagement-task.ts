import type { JsonObject } from "../kernel/index.ts";
import type { Place } from "./call.ts";
import { newId, sharedArn } from "./identifiers.ts";
import { textAt } from "./paths.ts";
import { Refusal } from "./refusal.ts";
import { reviewStatusOf, submitted } from "./review.ts";
import type { Catalog, EngagementTask } from "./state.ts";
import { nanoseconds } from "./timestamps.ts";

/** Begins to submit an opportunity; ends at once unless the settings say otherwise. */
export function startTask(place: Place, opportunityId: string, submission: JsonObject): EngagementTask {
  const { state, now, settings } = place;
  const id = newId(state, "task");
  const task: EngagementTask = {
    id,
    opportunityId,
    startTime: nanoseconds(now, state.issued),
    endsAt: now + settings.taskDelayMs,
    submission,
    status: "IN_PROGRESS",
    message: null,
    reasonCode: null,
    engagementId: null,
    invitationId: null,
    jobId: null,
  };
  place.space.tasks[id] = task;
  settleTasks(place);
  return place.space.tasks[id];
}

/** Ends the tasks whose time has come, and submits their opportunities. */
export function settleTasks(place: Place): void {
  for (const task of Object.values(place.space.tasks)) {
    if (task.status === "IN_PROGRESS" && place.now >= task.endsAt) place.space.tasks[task.id] = ended(place, task);
  }
}

/** The task as AWS's answers tell it. */
export function taskAnswer(task: EngagementTask, catalog: Catalog): JsonObject {
  return {
    TaskId: task.id,
    TaskArn: sharedArn(catalog, "engagement-from-opportunity-task", task.id),
    StartTime: task.startTime,
    TaskStatus: task.status,
    Message: task.message,
    ReasonCode: task.reasonCode,
    OpportunityId: task.opportunityId,
    ResourceSnapshotJobId: task.jobId,
    EngagementId: task.engagementId,
    EngagementInvitationId: task.invitationId,
  };
}

function ended({ space, state, settings }: Place, task: EngagementTask): EngagementTask {
  const opportunity = space.opportunities[task.opportunityId];
  const failed = (reasonCode: string, message: string): EngagementTask => ({
    ...task,
    status: "FAILED",
    reasonCode,
    message,
  });
  if (opportunity === undefined) return failed("OpportunityAccessDenied", "The opportunity is gone.");
  if (reviewStatusOf(opportunity) !== "Pending Submission") {
    return failed("OpportunityConflict", "The opportunity does not wait for its submission any more.");
  }
  try {
    space.opportunities[opportunity.id] = submitted(opportunity, task.submission, task.endsAt, settings);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const list = Array.isArray(error.members.ErrorList) ? (error.members.ErrorList as readonly JsonObject[]) : [];
    const details = list.map((entry) => `${textAt(entry, "FieldName") ?? ""}: ${textAt(entry, "Message") ?? ""}`);
    return failed("OpportunityValidationFailed", [error.message, ...details].join(" "));
  }
  return {
    ...task,
    status: "COMPLETE",
    engagementId: newId(state, "eng"),
    invitationId: newId(state, "engi"),
    jobId: newId(state, "job"),
  };
}
