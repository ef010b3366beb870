import type { JsonObject } from "../kernel/index.ts";
import { sharedArn } from "../partner-central-shared/identifiers.ts";
import { timestamp } from "../partner-central-shared/timestamps.ts";
import type { Place } from "./call.ts";
import { conflict, denied, notFound } from "./refusal.ts";
import type { StoredConnectionInvitation } from "./state.ts";

/** Those that the account has sent or got, in its catalog, the newest first. */
export function connectionInvitationsOf({ state, space }: Place): readonly StoredConnectionInvitation[] {
  return Object.values(state.connectionInvitations)
    .filter(({ catalog, sender, receiver }) => catalog === space.catalog && [sender, receiver].includes(space.account))
    .reverse();
}

/** By id. Throws when the account neither sent nor got it. */
export function findConnectionInvitation(place: Place, id: string): StoredConnectionInvitation {
  const found = connectionInvitationsOf(place).find((invitation) => invitation.id === id);
  if (found !== undefined) return found;
  throw notFound(
    "CONNECTION_INVITATION_NOT_FOUND",
    `Connection invitation ${id} does not exist in this account and catalog.`,
  );
}

/** One that the account can act on in this role. Throws when it is the other's to do, or it is not pending any more. */
export function pendingInvitation(place: Place, id: string, as: "SENDER" | "RECEIVER"): StoredConnectionInvitation {
  const invitation = findConnectionInvitation(place, id);
  const status = invitationStatus(place, invitation);
  if (participantType(place, invitation) !== as) {
    throw denied(`Only the ${as === "SENDER" ? "sender" : "receiver"} of the invitation can do this.`);
  }
  if (status === "PENDING") return invitation;
  throw conflict(
    "INCOMPATIBLE_CONNECTION_INVITATION_STATE",
    `The invitation is ${status}: only a pending one can change.`,
  );
}

/** As the clock has made it. */
export function invitationStatus(
  { now }: Place,
  { status, expiresAt }: StoredConnectionInvitation,
): StoredConnectionInvitation["status"] | "EXPIRED" {
  return status === "PENDING" && expiresAt <= now ? "EXPIRED" : status;
}

/** The account's role in it. */
export function participantType({ space }: Place, { sender }: StoredConnectionInvitation): "SENDER" | "RECEIVER" {
  return sender === space.account ? "SENDER" : "RECEIVER";
}

/** Changes it, and gives it as GetConnectionInvitation tells it. */
export function changeInvitation(
  place: Place,
  invitation: StoredConnectionInvitation,
  change: Partial<StoredConnectionInvitation>,
): JsonObject {
  const next = { ...invitation, ...change, updatedAt: place.now };
  place.state.connectionInvitations[invitation.id] = next;
  return invitationAnswer(place, next);
}

/** An invitation as GetConnectionInvitation tells it. */
export function invitationAnswer(place: Place, invitation: StoredConnectionInvitation): JsonObject {
  return {
    ...invitationSummary(place, invitation),
    InvitationMessage: invitation.message,
    InviterEmail: invitation.inviterEmail,
    InviterName: invitation.inviterName,
  };
}

/** The ARN of an invitation, which both sides see. */
export function invitationArn({ catalog, id }: StoredConnectionInvitation): string {
  return sharedArn(catalog, "connection-invitation", id);
}

/** A row of ListConnectionInvitations. */
export function invitationSummary(place: Place, invitation: StoredConnectionInvitation): JsonObject {
  const { id, catalog, type, createdAt, updatedAt, expiresAt, connectionId } = invitation;
  const role = participantType(place, invitation);
  return {
    Catalog: catalog,
    Id: id,
    Arn: invitationArn(invitation),
    ConnectionId: connectionId,
    ConnectionType: type,
    CreatedAt: timestamp(createdAt),
    UpdatedAt: timestamp(updatedAt),
    ExpiresAt: timestamp(expiresAt),
    OtherParticipantIdentifier: role === "SENDER" ? invitation.receiverIdentifier : invitation.sender,
    ParticipantType: role,
    Status: invitationStatus(place, invitation),
  };
}
