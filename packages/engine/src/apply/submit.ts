import { failureOf, FailureError, type JsonObject } from "@cosell/connector";
import type { PendingCall } from "@cosell/state";
import { freshToken } from "../client-token.ts";
import { type ApplyStep, callOptions, type Deal, opportunityIdOf } from "../deal.ts";

const step = "submit";
const firstPollMs = 2000;
const slowestPollMs = 15_000;

/**
 * Submits the opportunity to AWS: starts the task that opens the engagement, and waits for its end.
 * The call is stored before it is sent; after a crash the same token finds the same task.
 */
export const applySubmit: ApplyStep<"submit"> = async ({ submission }, deal) => {
  const { store, clock } = deal.options;
  const call = await store.beginCall({
    linkId: deal.link.id,
    step,
    clientToken: freshToken(),
    request: { Identifier: opportunityIdOf(deal), AwsSubmission: submission },
  });
  await finishSubmit(call, deal);
  return {
    journal: [
      {
        at: clock.now(),
        kind: "submit",
        summary: `Submitted opportunity ${opportunityIdOf(deal)} to AWS for review.`,
        detail: { opportunityId: opportunityIdOf(deal), submission },
      },
    ],
  };
};

/** Sends a stored submission, for the first time or again, and follows its task to the end. */
export async function finishSubmit(call: PendingCall, deal: Deal): Promise<void> {
  const { store, partnerCentral, clock, taskWaitMs = 60_000 } = deal.options;
  const opportunityId = opportunityIdOf(deal);
  let task: JsonObject;
  try {
    task = await partnerCentral.startEngagementFromOpportunityTask(
      {
        Identifier: opportunityId,
        ClientToken: call.clientToken,
        AwsSubmission: (call.request["AwsSubmission"] ?? {}) as JsonObject,
      },
      callOptions(deal),
    );
  } catch (error) {
    const kind = failureOf(error)?.kind;
    if (kind === "invalid" || kind === "permission" || kind === "missing") await store.finishCall(call.id);
    throw error;
  }
  const deadline = clock.now() + taskWaitMs;
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
  await store.finishCall(call.id);
  if (task["TaskStatus"] === "FAILED") throw refused(task, opportunityId);
  deal.tally.submitted = true;
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
