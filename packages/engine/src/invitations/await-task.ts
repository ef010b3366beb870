import { FailureError, type JsonObject } from "@cosell/connector";
import { awsPages, type PagedCall } from "../aws-pages.ts";
import { type Invited, urgent } from "./invited.ts";

const firstPollMs = 2000;
const slowestPollMs = 15_000;

/**
 * Follows a task of AWS to its end. Throws `transient` while it goes on longer than one run waits: the next run asks
 * again with the same token. Returns it as COMPLETE or FAILED.
 */
export async function awaitTask(invited: Invited, started: JsonObject, list: PagedCall): Promise<JsonObject> {
  const { clock, taskWaitMs = 60_000 } = invited.options;
  const deadline = clock.now() + taskWaitMs;
  let task = started;
  for (let wait = firstPollMs; task["TaskStatus"] === "IN_PROGRESS"; wait = Math.min(wait * 2, slowestPollMs)) {
    if (clock.now() >= deadline) {
      const message = "AWS is still working on the invitation; it is looked at again later.";
      throw new FailureError({ kind: "transient", code: "task-in-progress", message });
    }
    await clock.sleep(wait, invited.signal);
    task = (await newestTask(invited, list)) ?? task;
  }
  return task;
}

/** The task of a list that began last. */
export async function newestTask(invited: Invited, list: PagedCall): Promise<JsonObject | undefined> {
  const begun = ({ StartTime }: JsonObject): number => (typeof StartTime === "string" ? Date.parse(StartTime) : 0);
  let newest: JsonObject | undefined;
  for await (const page of awsPages(invited.options.partnerCentral, list, urgent(invited))) {
    for (const task of page) if (newest === undefined || begun(task) > begun(newest)) newest = task;
  }
  return newest;
}

/** Why a task failed, for a person. */
export function taskFailure(task: JsonObject, what: string): FailureError {
  const code = typeof task["ReasonCode"] === "string" ? task["ReasonCode"] : "no reason given";
  const said = typeof task["Message"] === "string" ? `: ${task["Message"]}` : "";
  return new FailureError({ kind: "invalid", code, message: `AWS did not ${what} (${code}${said}).`, issues: [] });
}
