import type { JsonObject } from "../../kernel/index.ts";
import { newId } from "../../partner-central-shared/identifiers.ts";
import { once, required, type Call } from "../call.ts";
import { oneMore } from "../daily-limit.ts";
import { ownPartner } from "../partner.ts";
import { profileTaskAnswer } from "../profile-task.ts";
import { conflict, notFound } from "../refusal.ts";
import type { ProfileTask } from "../state.ts";

const limit = { most: 10, reason: "LIMIT_EXCEEDED_NUMBER_OF_PROFILE_UPDATE_PER_DAY" };
const wrongState = "INCOMPATIBLE_PARTNER_PROFILE_TASK_STATE";

/** StartProfileUpdateTask: one at a time. */
export function startProfileUpdateTask(call: Call): JsonObject {
  return once(call, () => {
    const { space, state, settings, now } = call;
    const partner = ownPartner(call);
    if (space.profileTask?.status === "IN_PROGRESS")
      throw conflict(wrongState, "A profile update task is in progress.");
    space.profileTaskStarts = oneMore(call, space.profileTaskStarts, limit);
    const task: ProfileTask = {
      id: newId(state, "pprofiletask"),
      details: call.input.TaskDetails as JsonObject,
      startedAt: now,
      endsAt: now + settings.taskDelayMs,
      status: "IN_PROGRESS",
      endedAt: null,
      errors: [],
    };
    space.profileTask = task;
    return profileTaskAnswer(space, partner, task);
  });
}

/** GetProfileUpdateTask: the newest of the partner. */
export function getProfileUpdateTask(call: Call): JsonObject {
  return profileTaskAnswer(call.space, ownPartner(call), newestTask(call));
}

/** CancelProfileUpdateTask, while it is in progress. */
export function cancelProfileUpdateTask(call: Call): JsonObject {
  return once(call, () => {
    const partner = ownPartner(call);
    const task = newestTask(call);
    if (task.id !== required(call, "TaskId")) throw noTask();
    if (task.status !== "IN_PROGRESS") throw conflict(wrongState, `The task is ${task.status} already.`);
    const canceled: ProfileTask = { ...task, status: "CANCELED", endedAt: call.now };
    call.space.profileTask = canceled;
    return profileTaskAnswer(call.space, partner, canceled);
  });
}

function newestTask({ space }: Call): ProfileTask {
  if (space.profileTask === null) throw noTask();
  return space.profileTask;
}

function noTask(): Error {
  return notFound("PARTNER_PROFILE_TASK_NOT_FOUND", "The partner has no such profile update task.");
}
