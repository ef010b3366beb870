import { failureOf, type JsonObject } from "@cosell/connector";
import { invitationToken, tokenAfter } from "../client-token.ts";
import { awaitTask, taskFailure } from "./await-task.ts";
import { acceptTasks, opportunityOfAccepted } from "./accepted-opportunity.ts";
import { type Invited, isLead, isRead, keep, urgent } from "./invited.ts";
import { askForInvitation } from "./read-invitation.ts";
import { takeOverAnswer } from "./take-over-answer.ts";

/**
 * Accepts the invitation in hand. The token is stored before the call, so that a lost answer is asked for with the same
 * one. An opportunity invitation ends with AWS's id of the new opportunity, a lead invitation with a seat in its
 * engagement. What was answered meanwhile is taken as it is.
 */
export async function acceptInvitation(invited: Invited): Promise<void> {
  try {
    if (isLead(invited.invitation)) await acceptLead(invited);
    else await acceptOpportunity(invited);
    invited.tally.accepted += 1;
  } catch (error) {
    const kind = failureOf(error)?.kind;
    if (kind !== "conflict" && kind !== "invalid") throw error;
    const data = await askForInvitation(invited);
    if (data["Status"] === "PENDING") {
      // The token may be spent; the next try needs one of its own.
      const { clientToken } = invited.invitation;
      const next = clientToken === undefined ? {} : { clientToken: tokenAfter(clientToken) };
      await keep(invited, { ...next, ...(kind === "invalid" ? { status: "pending" } : {}) });
      throw error;
    }
    await takeOverAnswer(invited, data);
  }
}

async function acceptLead(invited: Invited): Promise<void> {
  const { id } = invited.invitation;
  await invited.options.partnerCentral.call("AcceptEngagementInvitation", { Identifier: id }, urgent(invited));
  invited.tally.floor.writes += 1;
  await keep(invited, { status: "accepted", data: await accepted(invited), failure: undefined });
}

async function acceptOpportunity(invited: Invited): Promise<void> {
  const { id } = invited.invitation;
  const clientToken = invited.invitation.clientToken ?? invitationToken(invited.options.partnerCentral.catalog, id);
  if (invited.invitation.clientToken === undefined) await keep(invited, { clientToken });
  const started = await invited.options.partnerCentral.call(
    "StartEngagementByAcceptingInvitationTask",
    { Identifier: id, ClientToken: clientToken },
    urgent(invited),
  );
  invited.tally.floor.writes += 1;
  const task = await awaitTask(invited, started, acceptTasks(id));
  if (task["TaskStatus"] === "FAILED") throw taskFailure(task, `accept invitation ${id}`);
  const stated = task["OpportunityId"];
  const opportunityId = typeof stated === "string" ? stated : await opportunityOfAccepted(invited);
  const data = await accepted(invited);
  await keep(invited, { status: "accepted", opportunityId, data, failure: undefined });
}

/** As AWS would give it now: no call is spent on what is known. */
async function accepted(invited: Invited): Promise<JsonObject> {
  const { invitation } = invited;
  return isRead(invitation) ? { ...invitation.data, Status: "ACCEPTED" } : askForInvitation(invited);
}
