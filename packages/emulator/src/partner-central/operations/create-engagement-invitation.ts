import { announce } from "../../events/announce.ts";
import { isJsonObject, type JsonObject } from "../../kernel/index.ts";
import { once, required, type Call } from "../call.ts";
import { findEngagement } from "../engagement.ts";
import { sharedArn } from "../../partner-central-shared/identifiers.ts";
import { invitationsOf, invitationStatus, invite } from "../invitation.ts";
import { textAt } from "../../partner-central-shared/paths.ts";
import { conflict, invalidBusiness, quotaExceeded, type Refusal } from "../refusal.ts";

/** AWS's limit of members, those who have not answered yet among them. */
const mostMembers = 10;

/** CreateEngagementInvitation: invites another account, which finds the invitation in its own list. */
export function createEngagementInvitation(call: Call): JsonObject {
  return once(call, () => {
    const engagement = findEngagement(call, required(call, "EngagementIdentifier"));
    const invitation = call.input.Invitation as JsonObject;
    const receiver = textAt(invitation, "Receiver.Account.AwsAccountId");
    const payload = isJsonObject(invitation.Payload) ? invitation.Payload : {};
    const payloadType = (["OpportunityInvitation", "LeadInvitation"] as const).find((type) =>
      isJsonObject(payload[type]),
    );
    if (receiver === undefined) throw missing("Invitation.Receiver.Account");
    if (payloadType === undefined) throw missing("Invitation.Payload");
    if (
      payloadType === "OpportunityInvitation" &&
      call.settings.requiresConnection &&
      !call.isConnectedWith(receiver)
    ) {
      throw notConnected();
    }
    if (engagement.members.includes(receiver)) throw conflict("The account is a member of the engagement already.");
    const open = invitationsOf(call, "SENDER").filter(
      (each) => each.engagementId === engagement.id && invitationStatus(call, each) === "PENDING",
    );
    if (open.some((each) => each.receiver === receiver)) throw conflict("The account is invited already.");
    if (engagement.members.length + open.length >= mostMembers) {
      throw quotaExceeded(`An engagement has up to ${mostMembers} members.`);
    }
    const sent = invite(call, engagement, {
      sender: call.space.account,
      receiver,
      receiverAlias: textAt(invitation, "Receiver.Account.Alias") ?? null,
      message: textAt(invitation, "Message") ?? null,
      payloadType,
      payload: { [payloadType]: payload[payloadType] ?? null },
    });
    announce(call, "invite", { invitation: sent });
    return { Id: sent.id, Arn: sharedArn(sent.catalog, "engagement-invitation", sent.id) };
  });
}

function notConnected(): Refusal {
  const Message =
    "The two accounts need an active connection of type OPPORTUNITY_COLLABORATION: CreateConnectionInvitation and AcceptConnectionInvitation of the Account API.";
  return invalidBusiness("The receiver is not connected with the account.", [
    { FieldName: "Invitation.Receiver.Account.AwsAccountId", Code: "ACTION_NOT_PERMITTED", Message },
  ]);
}

function missing(FieldName: string): Refusal {
  return invalidBusiness("The invitation is not complete.", [
    { FieldName, Code: "REQUIRED_FIELD_MISSING", Message: "Exactly one member is needed." },
  ]);
}
