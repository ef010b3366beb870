import type { Call, Place } from "./call.ts";
import { connectionsOf, isConnected } from "./connection.ts";
import { connectionInvitationsOf, invitationStatus } from "./connection-invitation.ts";
import { oneMore } from "./daily-limit.ts";
import { accountMeant, identifiersOf } from "./partner.ts";
import { conflict, invalidBusiness, notFound, quotaExceeded } from "./refusal.ts";
import type { ConnectionType } from "./state.ts";

/** Source: developer guide, quotas. */
const mostConnections = 1000;
const mostOpenInvitations = 1000;
const daily = { most: 50, reason: "LIMIT_EXCEEDED_NUMBER_OF_CONNECTION_INVITATION_PER_DAY" };

/** The account that an invitation is for. Throws when there is none, or one of the two has no profile to show. */
export function receiverOf(call: Call, identifier: string): string {
  const receiver = accountMeant(call, identifier);
  const { connectionsNeedProfile } = call.settings;
  if (connectionsNeedProfile && !hasProfile(call, call.space.account)) {
    throw notFound(
      "SENDER_PROFILE_NOT_FOUND",
      "The account has no published profile in this catalog: CreatePartner, then StartProfileUpdateTask.",
    );
  }
  if (receiver === undefined || (connectionsNeedProfile && !hasProfile(call, receiver))) {
    throw notFound("RECEIVER_PROFILE_NOT_FOUND", `${identifier} has no published profile in this catalog.`);
  }
  return receiver;
}

/** Throws when the account may not invite the other one for this purpose now. */
export function assertMayInvite(call: Call, receiver: string, type: ConnectionType): void {
  const { state, space } = call;
  if (receiver === space.account) {
    const Message = "An account cannot connect with itself.";
    throw invalidBusiness({ Code: "INCOMPATIBLE_CONNECTION_INVITATION_REQUEST", Message });
  }
  if (isConnected(state, space.catalog, [space.account, receiver], type)) {
    throw conflict("DUPLICATE_CONNECTION", `The two accounts have a connection of type ${type} already.`);
  }
  const open = connectionInvitationsOf(call).filter((each) => invitationStatus(call, each) === "PENDING");
  if (open.some((each) => each.type === type && [each.sender, each.receiver].includes(receiver))) {
    throw conflict("DUPLICATE_CONNECTION_INVITATION", `An invitation of type ${type} between the two is pending.`);
  }
  if (!takesInvitations(call, receiver)) {
    const message = "The receiver's connection preferences do not allow it.";
    throw conflict("INCOMPATIBLE_CONNECTION_INVITATION_RECEIVER", message);
  }
  assertLimits(call, open.filter(({ sender }) => sender === space.account).length);
}

function assertLimits(call: Call, open: number): void {
  const sent = connectionInvitationsOf(call).filter(({ sender }) => sender === call.space.account);
  oneMore(
    call,
    sent.map(({ createdAt }) => createdAt),
    daily,
  );
  if (!call.shared.quotas) return;
  if (open >= mostOpenInvitations) {
    const reason = "LIMIT_EXCEEDED_NUMBER_OF_OPEN_CONNECTION_INVITATION";
    throw quotaExceeded(reason, `An account has up to ${mostOpenInvitations} open invitations.`);
  }
  const active = connectionsOf(call).filter(({ purposes }) =>
    Object.values(purposes).some(({ status }) => status === "ACTIVE"),
  );
  if (active.length >= mostConnections) {
    const reason = "LIMIT_EXCEEDED_NUMBER_OF_ACTIVE_CONNECTION";
    throw quotaExceeded(reason, `An account has up to ${mostConnections} connections.`);
  }
}

function hasProfile({ state, space }: Place, account: string): boolean {
  const partner = state.spaces[`${account}/${space.catalog}`]?.partner ?? null;
  return partner !== null && partner.publishedAt !== null;
}

function takesInvitations(call: Call, receiver: string): boolean {
  const { state, space } = call;
  const preferences = state.spaces[`${receiver}/${space.catalog}`]?.preferences ?? null;
  if (preferences === null || preferences.accessType === "ALLOW_ALL") return true;
  if (preferences.accessType === "DENY_ALL") return false;
  return !identifiersOf(call, space.account).some((name) => preferences.excluded.includes(name));
}
