import type { JsonObject } from "../../kernel/index.ts";
import { newId } from "../../partner-central-shared/identifiers.ts";
import { isWanted, pageOf } from "../../partner-central-shared/paging.ts";
import { textAt } from "../../partner-central-shared/paths.ts";
import { listOf, once, required, type Call } from "../call.ts";
import { connect, connectionAnswer } from "../connection.ts";
import { announceAcceptance, announceInvitation, announceRejection, announceWithdrawal } from "../connection-events.ts";
import { assertMayInvite, receiverOf } from "../connection-rules.ts";
import {
  changeInvitation,
  connectionInvitationsOf,
  findConnectionInvitation,
  invitationAnswer,
  invitationStatus,
  invitationSummary,
  participantType,
  pendingInvitation,
} from "../connection-invitation.ts";
import { identifiersOf } from "../partner.ts";
import type { ConnectionType, StoredConnectionInvitation } from "../state.ts";

/** CreateConnectionInvitation: the receiver finds it in its own list. */
export function createConnectionInvitation(call: Call): JsonObject {
  return once(call, () => {
    const { state, space, settings, now } = call;
    const receiver = receiverOf(call, required(call, "ReceiverIdentifier"));
    const type = required(call, "ConnectionType") as ConnectionType;
    assertMayInvite(call, receiver, type);
    const invitation: StoredConnectionInvitation = {
      id: newId(state, "pacinv"),
      catalog: space.catalog,
      type,
      sender: space.account,
      receiver,
      receiverIdentifier: required(call, "ReceiverIdentifier"),
      message: required(call, "Message"),
      inviterEmail: required(call, "Email"),
      inviterName: required(call, "Name"),
      createdAt: now,
      updatedAt: now,
      expiresAt: now + settings.connectionInvitationExpiresAfterMs,
      status: "PENDING",
      rejectionReason: null,
      connectionId: null,
    };
    state.connectionInvitations[invitation.id] = invitation;
    announceInvitation(call, invitation);
    return invitationAnswer(call, invitation);
  });
}

/** AcceptConnectionInvitation: connects the two, or adds a purpose to the connection that they have. */
export function acceptConnectionInvitation(call: Call): JsonObject {
  return once(call, () => {
    const invitation = pendingInvitation(call, required(call, "Identifier"), "RECEIVER");
    const { catalog, sender, receiver } = invitation;
    const connection = connect(call.state, catalog, [sender, receiver], invitation, call.now);
    changeInvitation(call, invitation, { status: "ACCEPTED", connectionId: connection.id });
    announceAcceptance(call, invitation, connection);
    return { Connection: connectionAnswer(call, connection) };
  });
}

/** RejectConnectionInvitation. */
export function rejectConnectionInvitation(call: Call): JsonObject {
  return once(call, () => {
    const invitation = pendingInvitation(call, required(call, "Identifier"), "RECEIVER");
    const rejectionReason = textAt(call.input, "Reason") ?? null;
    announceRejection(call, invitation);
    return changeInvitation(call, invitation, { status: "REJECTED", rejectionReason });
  });
}

/** CancelConnectionInvitation: by who sent it. */
export function cancelConnectionInvitation(call: Call): JsonObject {
  return once(call, () => {
    const invitation = pendingInvitation(call, required(call, "Identifier"), "SENDER");
    announceWithdrawal(call, invitation);
    return changeInvitation(call, invitation, { status: "CANCELED" });
  });
}

/** GetConnectionInvitation: for the sender and for the receiver. */
export function getConnectionInvitation(call: Call): JsonObject {
  return invitationAnswer(call, findConnectionInvitation(call, required(call, "Identifier")));
}

/** ListConnectionInvitations: sent and got ones, the newest first. */
export function listConnectionInvitations(call: Call): JsonObject {
  const one = (member: string): readonly string[] | undefined => {
    const value = textAt(call.input, member);
    return value === undefined ? undefined : [value];
  };
  const others = listOf(call, "OtherParticipantIdentifiers");
  const found = connectionInvitationsOf(call).filter((invitation) => {
    const role = participantType(call, invitation);
    const other = role === "SENDER" ? invitation.receiver : invitation.sender;
    return (
      isWanted(one("ConnectionType"), invitation.type) &&
      isWanted(one("ParticipantType"), role) &&
      isWanted(one("Status"), invitationStatus(call, invitation)) &&
      (others === undefined || identifiersOf(call, other).some((name) => others.includes(name)))
    );
  });
  const { items, NextToken } = pageOf(call, found);
  return { ConnectionInvitationSummaries: items.map((item) => invitationSummary(call, item)), NextToken };
}
