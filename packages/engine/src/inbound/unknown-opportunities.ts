import type { JsonObject } from "@cosell/connector";
import { valueAt } from "@cosell/core";
import type { InboxInvitation } from "@cosell/state";
import type { EngineOptions } from "../engine.ts";

const source = "inbound-since";

/**
 * From when on opportunities that no link knows become records. `undefined`: not yet, or not at all. What is older is for
 * `adopt`: a first sync must not flood the CRM.
 */
export async function inboundSince({ sync, store }: EngineOptions): Promise<string | undefined> {
  return takesReferrals(sync) ? store.cursor(sync.name, source) : undefined;
}

/** Once everything at AWS has been looked at for the first time: what comes after `newest`, AWS's own stamp, is new. */
export async function beginInbound(newest: string | undefined, { sync, store }: EngineOptions): Promise<void> {
  if (!takesReferrals(sync) || (await store.cursor(sync.name, source)) !== undefined) return;
  await store.intake(sync.name, source, [], newest ?? new Date(0).toISOString());
}

function takesReferrals({ invitations, direction }: EngineOptions["sync"]): boolean {
  return invitations !== undefined && direction !== "outbound";
}

/**
 * May AWS have referred an opportunity? As far as a row of ListOpportunities tells: referrals arrive approved, carry no
 * id of the partner's, and are newer than `since`. AWS's summary has the last word.
 */
export function isPerhapsReferred(summary: JsonObject, since: string | undefined): boolean {
  const created = summary["CreatedDate"];
  return (
    since !== undefined &&
    typeof created === "string" &&
    Date.parse(created) >= Date.parse(since) &&
    !summary["PartnerOpportunityIdentifier"] &&
    valueAt(summary, "LifeCycle.ReviewStatus") === "Approved"
  );
}

/** Puts opportunities into the inbox under their own ids; those that are in it already stay as they are. */
export async function toInbox(ids: readonly string[], { sync, store }: EngineOptions): Promise<void> {
  const found = [];
  for (const id of ids) {
    if ((await store.invitation(sync.name, id)) === undefined) found.push(unknownOpportunity(id));
  }
  if (found.length > 0) await store.takeInvitations(sync.name, found);
}

/** An inbox entry of an opportunity: accepted, somewhere, by somebody; yet to be judged. */
export function unknownOpportunity(id: string): Pick<InboxInvitation, "id" | "status" | "opportunityId" | "data"> {
  return { id, status: "accepted", opportunityId: id, data: {} };
}
