import type { JsonObject } from "@cosell/connector";
import { isObject, valueAt } from "@cosell/core";
import type { CallOptions } from "@cosell/partner-central";
import type { InboxInvitation, InvitationPatch } from "@cosell/state";
import type { EngineOptions } from "../engine.ts";
import type { InvitationRecord, InvitationSettings } from "./settings.ts";

/** One invitation in hand. Its sibling for deals is `Deal`. */
export interface Invited {
  readonly options: EngineOptions;
  readonly settings: InvitationSettings;
  readonly signal: AbortSignal | undefined;
  readonly tally: InvitationTally;
  /** What is stored is no longer so at AWS: it must be read again. */
  stale?: boolean;
  /** As it is stored now. */
  invitation: InboxInvitation;
}

/** What was done for the invitations of a run. */
export interface InvitationTally {
  found: number;
  accepted: number;
  rejected: number;
  recordsCreated: number;
  /** Calls that looking at invitations cannot do without. */
  floor: { reads: number; writes: number };
}

export function newInvitationTally(): InvitationTally {
  return { found: 0, accepted: 0, rejected: 0, recordsCreated: 0, floor: { reads: 0, writes: 0 } };
}

/** Stores what became of the invitation in hand. */
export async function keep(invited: Invited, patch: InvitationPatch): Promise<void> {
  const { store, sync, clock } = invited.options;
  await store.updateInvitation(sync.name, invited.invitation.id, patch);
  invited.invitation = { ...invited.invitation, ...patch, updatedAt: clock.now() };
}

/** An invitation does not last: its calls go first. */
export function urgent({ signal }: Pick<Invited, "signal">): CallOptions {
  return { priority: "urgent", ...(signal === undefined ? {} : { signal }) };
}

/** Was it read whole (`GetEngagementInvitation`)? A list, or an event, tells less. */
export function isRead({ data }: InboxInvitation): boolean {
  return Object.keys(data).length > 0;
}

/** Code of the failure that stands while a record is being made of an invitation: a crash leaves it behind. */
export const creatingRecord = "creating-record";

/** Was its record about to be made, and perhaps was? */
export function isHalfMade({ failure }: InboxInvitation): boolean {
  return failure?.code === creatingRecord;
}

export function isLead({ payloadType }: InboxInvitation): boolean {
  return payloadType === "LeadInvitation";
}

/** The first mapping that wants the invitation. */
export function recordOfInvited({ invitation, settings }: Invited): InvitationRecord | undefined {
  return isRead(invitation) ? settings.records.find(({ mapping }) => mapping.matches(invitation.data)) : undefined;
}

/** What people see of an invitation, and what is done with it, from AWS's answer. */
export function inboxPatch(data: JsonObject): InvitationPatch {
  const payload = data["Payload"];
  const [offer] = isObject(payload) ? Object.values(payload).filter(isObject) : [];
  const text = (from: JsonObject, path: string): string | undefined => {
    const value = valueAt(from, path);
    return typeof value === "string" && value !== "" ? value : undefined;
  };
  const expires = Date.parse(text(data, "ExpirationDate") ?? "");
  return {
    payloadType: text(data, "PayloadType"),
    title: text(offer ?? {}, "Project.Title") ?? text(data, "EngagementTitle"),
    customer: text(offer ?? {}, "Customer.CompanyName"),
    sender: text(data, "SenderCompanyName") ?? text(data, "SenderAwsAccountId"),
    engagementId: text(data, "EngagementId"),
    expiresAt: Number.isNaN(expires) ? undefined : expires,
  };
}
