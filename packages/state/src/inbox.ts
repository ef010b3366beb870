import type { Failure, JsonObject } from "@cosell/connector";

/**
 * Where an invitation stands with us. `pending`: waits for a decision · `accepting`, `rejecting`: decided, the calls are
 * under way · `accepted`: AWS has said yes, the CRM record is not there yet · `done`: its record is linked ·
 * `rejected`, `expired`: over.
 */
export type InvitationStatus = "pending" | "accepting" | "rejecting" | "accepted" | "done" | "rejected" | "expired";

/** One engagement invitation that this account received. */
export interface InboxInvitation {
  readonly sync: string;
  /** `engi-…`. Unique in a sync. */
  readonly id: string;
  readonly status: InvitationStatus;
  /** `OpportunityInvitation`, `LeadInvitation`. */
  readonly payloadType: string | undefined;
  readonly title: string | undefined;
  readonly customer: string | undefined;
  readonly sender: string | undefined;
  readonly engagementId: string | undefined;
  /** Known once it is accepted. */
  readonly opportunityId: string | undefined;
  /** The CRM record that it became. */
  readonly crmRef: string | undefined;
  readonly expiresAt: number | undefined;
  /** `GetEngagementInvitation`, as AWS last gave it. */
  readonly data: JsonObject;
  /** CRM records that may be the same deal, each with why. */
  readonly duplicates: readonly { readonly crmRef: string; readonly why: string }[];
  /** What was decided, by whom (`operator`, `rule`, `crm`), and why. */
  readonly decision:
    | { readonly take: "accept" | "reject"; readonly by: string; readonly reason: string; readonly at: number }
    | undefined;
  /** Stored before the accepting call is sent. */
  readonly clientToken: string | undefined;
  /** When a person was last told that it is about to expire. */
  readonly alarmedAt: number | undefined;
  /** Why the last try failed; `undefined` when it did not. */
  readonly failure: Failure | undefined;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** Members of an invitation that change. `undefined` clears, an absent member leaves as it is. */
export type InvitationPatch = Partial<Omit<InboxInvitation, "sync" | "id" | "createdAt" | "updatedAt">>;
