import { announce } from "../../events/announce.ts";
import type { JsonObject } from "../../kernel/index.ts";
import { listOf, required, type Call } from "../call.ts";
import { idsOf } from "../../partner-central-shared/identifiers.ts";
import {
  acceptInvitation,
  findInvitation,
  invitationAnswer,
  invitationsOf,
  invitationStatus,
  pendingInvitation,
} from "../invitation.ts";
import { isWanted, pageOf, sorted } from "../../partner-central-shared/paging.ts";
import { textAt } from "../../partner-central-shared/paths.ts";
import type { StoredInvitation } from "../state.ts";

/** GetEngagementInvitation, by id or ARN: for the receiver and for the sender. */
export function getEngagementInvitation(call: Call): JsonObject {
  return invitationAnswer(call, findInvitation(call, required(call, "Identifier")));
}

/** ListEngagementInvitations: got or sent ones, the newest first unless the call asks otherwise. */
export function listEngagementInvitations(call: Call): JsonObject {
  const as = required(call, "ParticipantType") === "SENDER" ? "SENDER" : "RECEIVER";
  const found = invitationsOf(call, as).filter(
    (invitation) =>
      isWanted(listOf(call, "PayloadType"), invitation.payloadType) &&
      isWanted(listOf(call, "Status"), invitationStatus(call, invitation)) &&
      isWanted(idsOf(listOf(call, "EngagementIdentifier")), invitation.engagementId) &&
      isWanted(listOf(call, "SenderAwsAccountId"), invitation.sender),
  );
  const keys = { InvitationDate: ({ invitedAt }: StoredInvitation) => invitedAt };
  const order = { sortBy: "InvitationDate", order: "DESCENDING", id: ({ id }: StoredInvitation) => id } as const;
  const { items, NextToken } = pageOf(call, sorted(call, found, keys, order));
  return { EngagementInvitationSummaries: items.map((item) => invitationAnswer(call, item)), NextToken };
}

/** AcceptEngagementInvitation: the account joins the engagement. An opportunity is made by the accepting task only. */
export function acceptEngagementInvitation(call: Call): undefined {
  const joined = acceptInvitation(call, pendingInvitation(call, required(call, "Identifier")));
  announce(call, "accept-invitation", { ...joined, member: call.space.account });
}

/** RejectEngagementInvitation. A reason that is none of the five that AWS documents was refused before. */
export function rejectEngagementInvitation(call: Call): undefined {
  const invitation = pendingInvitation(call, required(call, "Identifier"));
  const rejectionReason = textAt(call.input, "RejectionReason") ?? null;
  const rejected = { ...invitation, status: "REJECTED", rejectionReason } as const;
  call.state.invitations[invitation.id] = rejected;
  announce(call, "reject-invitation", { invitation: rejected });
}
