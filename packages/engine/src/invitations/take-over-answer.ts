import { FailureError, type JsonObject } from "@cosell/connector";
import { opportunityOfAccepted } from "./accepted-opportunity.ts";
import { type Invited, isLead, keep } from "./invited.ts";

/**
 * Takes over what became of the invitation in hand at AWS: answered in Partner Central, by another program, by a call of
 * ours whose answer was lost, or by nobody until it was too late. `data` is as AWS gives it now.
 */
export async function takeOverAnswer(invited: Invited, data: JsonObject): Promise<void> {
  const { invitation } = invited;
  switch (data["Status"]) {
    case "ACCEPTED": {
      const opportunityId = isLead(invitation) ? undefined : await opportunityOfAccepted(invited);
      await keep(invited, { status: "accepted", data, opportunityId, failure: undefined });
      return;
    }
    case "REJECTED":
    case "EXPIRED": {
      const status = data["Status"] === "EXPIRED" ? "expired" : "rejected";
      const late =
        invitation.decision?.take === "accept"
          ? new FailureError({
              kind: "invalid",
              code: `invitation-${status}`,
              message: `Invitation ${invitation.id} was ${status === "expired" ? "out of date" : "rejected"} before it could be accepted.`,
              issues: [],
            })
          : undefined;
      await keep(invited, { status, data, failure: late?.failure });
      return;
    }
    default:
  }
}
