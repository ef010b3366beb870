import { failureOf, FailureError, type JsonObject } from "@cosell/connector";
import { type Plan, sameValueIn } from "@cosell/core";
import type { BegunCall, NewJournalEntry, PendingCall } from "@cosell/state";
import { freshToken } from "../client-token.ts";
import { type ApplyStep, callOptions, type Deal, opportunityIdOf } from "../deal.ts";
import { clockSkewMs, requireNew, surelyNotDone } from "./sent-calls.ts";

const step = "submit";
const firstPollMs = 2000;
const slowestPollMs = 15_000;

/**
 * Submits the opportunity to AWS: starts the task that opens the engagement, and waits for its end. The call is stored
 * before it is sent. What surely started nothing is pending no more, and is decided anew; after a crash, or an answer that
 * was lost, {@link endSubmit} finds the task.
 */
export const applySubmit: ApplyStep<"submit"> = async ({ submission }, deal) => {
  const { store, clock } = deal.options;
  const opportunityId = opportunityIdOf(deal);
  const request = { Identifier: opportunityId, AwsSubmission: submission };
  const call = await store.beginCall({ linkId: deal.link.id, step, clientToken: freshToken(), request });
  // One that is pending already finds its own task by its token.
  if (!isFor(submission, call, deal)) requireNew(call);
  await followTask(await startTask(call, deal), call, deal);
  return {
    journal: [
      {
        at: clock.now(),
        kind: "submit",
        summary: `Submitted opportunity ${opportunityId} to AWS for review.`,
        detail: { opportunityId, submission },
      },
    ],
  };
};

/**
 * Ends a submission whose outcome an earlier run never learnt. Its task is looked for, and followed if there is one: AWS
 * takes nothing back. If there is none, and the deal is still to be submitted so, the call waits for its place in the
 * plan; else it is over. Returns whether the deal is to be observed again. Throws `transient` while AWS is at work.
 */
export async function endSubmit(
  call: PendingCall,
  { decided }: { readonly decided: Plan },
  deal: Deal,
): Promise<boolean> {
  const task = await taskOf(call, deal);
  if (task !== undefined) {
    await followTask(task, call, deal, [
      line("Found the outcome of the submit that an earlier run had started.", deal),
    ]);
    return true;
  }
  if (decided.steps.some((one) => one.kind === "submit" && isFor(one.submission, call, deal))) return false;
  const summary =
    "A submit that an earlier run had started, and whose answer never came, is not sent again: AWS shows no task of it, and the deal is not to be submitted so as it stands now.";
  await deal.options.store.finishCall(call.id, { journal: [line(summary, deal)] });
  return false;
}

function isFor(submission: JsonObject, { request }: PendingCall, { options }: Deal): boolean {
  return sameValueIn(options.target)("", submission, request["AwsSubmission"]);
}

async function startTask(call: BegunCall, deal: Deal): Promise<JsonObject> {
  const { store, partnerCentral } = deal.options;
  try {
    return await partnerCentral.startEngagementFromOpportunityTask(
      {
        Identifier: opportunityIdOf(deal),
        ClientToken: call.clientToken,
        AwsSubmission: (call.request["AwsSubmission"] ?? {}) as JsonObject,
      },
      callOptions(deal),
    );
  } catch (error) {
    // AWS's own state keeps an opportunity from being submitted twice: once it refuses, the next look says what is so.
    if (call.isNew ? surelyNotDone(error) : isRefusal(error)) await store.finishCall(call.id);
    throw error;
  }
}

function isRefusal(error: unknown): boolean {
  const kind = failureOf(error)?.kind;
  return kind === "invalid" || kind === "permission" || kind === "missing" || kind === "conflict";
}

/** The task that a call has started: the newest one of the opportunity, if it is not older than the call. */
async function taskOf(call: PendingCall, deal: Deal): Promise<JsonObject | undefined> {
  const { partnerCentral } = deal.options;
  try {
    const task = await partnerCentral.engagementTask(opportunityIdOf(deal), callOptions(deal));
    const started = task?.["StartTime"];
    const isOfCall = typeof started === "string" && Date.parse(started) >= call.startedAt - clockSkewMs;
    return isOfCall ? task : undefined;
  } catch (error) {
    if (failureOf(error)?.kind === "missing") return undefined;
    throw error;
  }
}

/** Follows a task to its end, which ends the call. Throws `invalid` for one that failed. */
async function followTask(
  started: JsonObject,
  call: PendingCall,
  deal: Deal,
  journal: readonly NewJournalEntry[] = [],
): Promise<void> {
  const { store, partnerCentral, clock, taskWaitMs = 60_000 } = deal.options;
  const opportunityId = opportunityIdOf(deal);
  const deadline = clock.now() + taskWaitMs;
  let task = started;
  for (let wait = firstPollMs; task["TaskStatus"] === "IN_PROGRESS"; wait = Math.min(wait * 2, slowestPollMs)) {
    if (clock.now() >= deadline) {
      throw new FailureError({
        kind: "transient",
        code: "submission-in-progress",
        message: `AWS is still working on the submission of opportunity ${opportunityId}; it is looked at again later.`,
      });
    }
    await clock.sleep(wait, deal.signal);
    task = (await partnerCentral.engagementTask(opportunityId, callOptions(deal))) ?? task;
  }
  await store.finishCall(call.id, { journal });
  if (task["TaskStatus"] === "FAILED") throw refused(task, opportunityId);
  deal.tally.submitted = true;
}

function line(summary: string, deal: Deal): NewJournalEntry {
  return { at: deal.options.clock.now(), kind: "resumed", summary, detail: { step } };
}

function refused(task: JsonObject, opportunityId: string): FailureError {
  const reason = typeof task["ReasonCode"] === "string" ? task["ReasonCode"] : "no reason given";
  const message = typeof task["Message"] === "string" ? `: ${task["Message"]}` : "";
  return new FailureError({
    kind: "invalid",
    code: reason,
    message: `AWS did not take the submission of opportunity ${opportunityId} (${reason}${message}). It stays a draft; correct it in the CRM.`,
    issues: [],
  });
}
