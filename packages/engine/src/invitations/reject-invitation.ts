import { failureOf } from "@cosell/connector";
import { type Invited, keep, urgent } from "./invited.ts";
import { askForInvitation } from "./read-invitation.ts";
import { takeOverAnswer } from "./take-over-answer.ts";

/** Rejects the invitation in hand, with the reason that was decided. What was answered meanwhile is taken as it is. */
export async function rejectInvitation(invited: Invited): Promise<void> {
  const { id, decision, data } = invited.invitation;
  const input = { Identifier: id, RejectionReason: decision?.reason ?? "Other" };
  try {
    await invited.options.partnerCentral.call("RejectEngagementInvitation", input, urgent(invited));
    invited.tally.floor.writes += 1;
    invited.tally.rejected += 1;
    await keep(invited, { status: "rejected", data: { ...data, Status: "REJECTED" }, failure: undefined });
  } catch (error) {
    const kind = failureOf(error)?.kind;
    if (kind !== "conflict" && kind !== "invalid") throw error;
    const current = await askForInvitation(invited);
    if (current["Status"] === "PENDING") throw error;
    await takeOverAnswer(invited, current);
  }
}
