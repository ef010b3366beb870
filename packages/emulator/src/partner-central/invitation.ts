import type { JsonObject } from "../kernel/index.ts";
import type { Place } from "./call.ts";
import { changeEngagement } from "./engagement.ts";
import { idOf, newId, sharedArn } from "../partner-central-shared/identifiers.ts";
import { conflict, invalidBusiness, notFound, type Refusal } from "./refusal.ts";
import { reviewedByTime, reviewStatusOf } from "./review.ts";
import type { PartnerCentralSettings } from "./settings.ts";
import type { StoredEngagement, StoredInvitation } from "./state.ts";
import { nanoseconds } from "../partner-central-shared/timestamps.ts";

/** Who invites whom to what. */
export type NewInvitation = Pick<StoredInvitation, "sender" | "receiver" | "payloadType" | "payload"> &
  Partial<Pick<StoredInvitation, "receiverAlias" | "message" | "offered" | "submits">>;

/** Sends an invitation. */
export function invite(
  { state, now, settings }: Place,
  { id: engagementId, catalog }: StoredEngagement,
  given: NewInvitation,
): StoredInvitation {
  const id = newId(state, "engi");
  return (state.invitations[id] = {
    receiverAlias: null,
    message: null,
    offered: null,
    submits: null,
    ...given,
    id,
    catalog,
    engagementId,
    invitedAt: nanoseconds(now, state.issued),
    expiresAt: nanoseconds(now + settings.invitationExpiresAfterMs, state.issued),
    status: "PENDING",
    rejectionReason: null,
  });
}

/** Those that the account has got or sent, in its catalog. */
export function invitationsOf({ state, space }: Place, as: "RECEIVER" | "SENDER"): readonly StoredInvitation[] {
  return Object.values(state.invitations).filter(
    ({ catalog, sender, receiver }) =>
      catalog === space.catalog && (as === "RECEIVER" ? receiver : sender) === space.account,
  );
}

/** By id or ARN. Throws when the account neither got nor sent it. */
export function findInvitation(place: Place, identifier: string): StoredInvitation {
  const id = idOf(identifier);
  const found = [...invitationsOf(place, "RECEIVER"), ...invitationsOf(place, "SENDER")];
  const invitation = found.find((each) => each.id === id);
  if (invitation === undefined) throw notFound("Engagement invitation", identifier);
  return invitation;
}

/** One that the account can answer. Throws when it was sent by the account, answered or is too old. */
export function pendingInvitation(place: Place, identifier: string): StoredInvitation {
  const invitation = findInvitation(place, identifier);
  const status = invitationStatus(place, invitation);
  if (invitation.receiver !== place.space.account) throw notFound("Engagement invitation", identifier);
  if (status !== "PENDING") throw notPending(status, place.settings);
  return invitation;
}

/** As the clock, and AWS's review of what it submits, have made it. */
export function invitationStatus(place: Place, invitation: StoredInvitation): StoredInvitation["status"] | "EXPIRED" {
  const { state, now, settings } = place;
  if (invitation.status !== "PENDING") return invitation.status;
  if (invitation.submits !== null) {
    const submitted = state.spaces[`${invitation.sender}/${invitation.catalog}`]?.opportunities[invitation.submits];
    const status = submitted && reviewStatusOf(reviewedByTime(submitted, now, settings));
    return status === "Approved" ? "ACCEPTED" : status === "Rejected" ? "REJECTED" : "PENDING";
  }
  return Date.parse(invitation.expiresAt) <= now ? "EXPIRED" : "PENDING";
}

/** The receiver joins the engagement. */
export function acceptInvitation(
  place: Place,
  invitation: StoredInvitation,
): { readonly invitation: StoredInvitation; readonly engagement: StoredEngagement } {
  const engagement = place.state.engagements[invitation.engagementId];
  if (engagement === undefined) throw notFound("Engagement", invitation.engagementId);
  const members = [...new Set([...engagement.members, invitation.receiver])];
  const accepted = { ...invitation, status: "ACCEPTED" } as const;
  place.state.invitations[invitation.id] = accepted;
  return { invitation: accepted, engagement: changeEngagement(place, engagement, invitation.receiver, { members }) };
}

/** AWS joins the engagements of the submissions that it has approved, and leaves its rejections on the others. */
export function settleSubmissions(place: Place): void {
  for (const invitation of invitationsOf(place, "SENDER")) {
    if (invitation.submits === null || invitation.status !== "PENDING") continue;
    const status = invitationStatus(place, invitation);
    if (status === "ACCEPTED") acceptInvitation(place, invitation);
    if (status === "REJECTED") place.state.invitations[invitation.id] = { ...invitation, status };
  }
}

/** An invitation as GetEngagementInvitation tells it; the same members, and more, as a row of ListEngagementInvitations. */
export function invitationAnswer(place: Place, invitation: StoredInvitation): JsonObject {
  const { id, catalog, sender, receiver, payload } = invitation;
  const { state, settings, space } = place;
  const engagement = state.engagements[invitation.engagementId];
  return {
    Arn: sharedArn(catalog, "engagement-invitation", id),
    Catalog: catalog,
    EngagementDescription: engagement?.description ?? null,
    EngagementId: invitation.engagementId,
    EngagementTitle: engagement?.title ?? null,
    ExistingMembers: (engagement?.members ?? []).map((member) => ({
      CompanyName: companyName(member, settings),
      WebsiteUrl: null,
    })),
    ExpirationDate: invitation.expiresAt,
    Id: id,
    InvitationDate: invitation.invitedAt,
    InvitationMessage: invitation.message,
    ParticipantType: receiver === space.account ? "RECEIVER" : "SENDER",
    Payload: payload,
    PayloadType: invitation.payloadType,
    Receiver: { Account: { Alias: invitation.receiverAlias, AwsAccountId: receiver } },
    RejectionReason: invitation.rejectionReason,
    SenderAwsAccountId: sender,
    SenderCompanyName: companyName(sender, settings),
    Status: invitationStatus(place, invitation),
  };
}

/** What an account is called. */
export function companyName(account: string, { companyNames }: PartnerCentralSettings): string {
  return companyNames[account] ?? `Partner ${account}`;
}

function notPending(status: string, { errorWhenAnswered }: PartnerCentralSettings): Refusal {
  const Message = `The invitation is ${status} already: only a pending one can be answered.`;
  if (errorWhenAnswered === "conflict") return conflict(Message);
  return invalidBusiness("The invitation cannot be answered any more.", [
    { FieldName: "Identifier", Code: "INVALID_RESOURCE_STATE", Message },
  ]);
}
