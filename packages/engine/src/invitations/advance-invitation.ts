import type { JsonValue } from "@cosell/connector";
import { judgeUnknown } from "../inbound/judge-unknown.ts";
import { landOpportunity } from "../inbound/land-opportunity.ts";
import { acceptInvitation } from "./accept-invitation.ts";
import { decideByField, decideByRule } from "./decide-pending.ts";
import { holdDeal } from "./hold-deal.ts";
import { type Invited, isRead, keep, recordOfInvited } from "./invited.ts";
import { startLeadOpportunity } from "./lead-opportunity.ts";
import { readInvitation } from "./read-invitation.ts";
import { createReceivedRecord, showInRecord } from "./received-record.ts";
import { rejectInvitation } from "./reject-invitation.ts";
import { takeOverAnswer } from "./take-over-answer.ts";
import { warnOfExpiry } from "./warn-of-expiry.ts";

/** What the CRM says of an invitation, beside its own record. */
export interface CrmAnswers {
  /** Value of the decision field. */
  readonly decision: JsonValue | undefined;
  /** Id of the deal that the lead has become. */
  readonly deal: string | undefined;
}

/** As many steps as there are between a new invitation and its record, and some to spare. */
const mostSteps = 8;

/**
 * Carries one invitation as far as it can go now: read, decide, answer, join to a record. Each step is stored before the
 * next, and may be begun again after a crash. Throws what a step threw.
 */
export async function advanceInvitation(invited: Invited, crm: CrmAnswers): Promise<void> {
  for (let step = 0; step < mostSteps; step += 1) {
    const before = invited.invitation;
    await takeStep(invited, crm);
    const after = invited.invitation;
    if (isRead(before) && before.data !== after.data) await showInRecord(invited, before.data);
    if (after.status === "rejected" || after.status === "expired") await releaseRecords(invited, crm);
    if (before.status === after.status && before.data === after.data && before.crmRef === after.crmRef) return;
  }
}

/** A deal that waited for the invitation that it came of is a deal like any other now. */
async function releaseRecords({ invitation, options }: Invited, { deal }: CrmAnswers): Promise<void> {
  const { store, sync } = options;
  for (const ref of [invitation.crmRef, deal]) {
    if (ref === undefined || (await store.linkByCrmRef(sync.name, ref)) === undefined) continue;
    await store.intake(sync.name, "invitations", [{ side: "crm", ref, reason: "crm:invitation" }], undefined);
  }
}

function takeStep(invited: Invited, crm: CrmAnswers): Promise<void> | undefined {
  switch (invited.invitation.status) {
    case "pending":
      return wait(invited, crm);
    case "accepting":
      return acceptInvitation(invited);
    case "rejecting":
      return rejectInvitation(invited);
    case "accepted":
      return land(invited, crm);
    case "done":
    case "rejected":
    case "expired":
      return undefined;
  }
}

async function wait(invited: Invited, { decision }: CrmAnswers): Promise<void> {
  if (!isRead(invited.invitation) || invited.stale === true) await readInvitation(invited);
  const { data } = invited.invitation;
  if (data["Status"] !== "PENDING") return takeOverAnswer(invited, data);
  try {
    await createReceivedRecord(invited);
  } finally {
    // Whatever keeps a record from being made, the clock runs.
    await warnOfExpiry(invited);
  }
  await decideByField(invited, decision);
  if (invited.invitation.status === "pending") await decideByRule(invited);
}

/** An opportunity gets its record; a lead waits until sellers have made a deal of it. */
async function land(invited: Invited, { deal }: CrmAnswers): Promise<void> {
  if (!isRead(invited.invitation)) await (isOpportunity(invited) ? judgeUnknown(invited) : readInvitation(invited));
  const { status, opportunityId } = invited.invitation;
  if (status !== "accepted" || invited.options.sync.direction === "outbound") return;
  if (opportunityId === undefined) return landLead(invited, deal);
  const crmRef = await landOpportunity(invited, opportunityId, deal ?? ownRecord(invited));
  if (crmRef !== undefined) await keep(invited, { status: "done", crmRef, failure: undefined });
}

async function landLead(invited: Invited, deal: string | undefined): Promise<void> {
  await createReceivedRecord(invited);
  if (!canBecomeDeal(invited)) return keep(invited, { status: "done", failure: undefined });
  if (deal === undefined) return;
  const landed = await holdDeal(deal, invited, async (link) => {
    // Shared with AWS on another way: a second opportunity would be a duplicate.
    if (link.opportunityId !== undefined) return { opportunityId: link.opportunityId };
    const crmRef = await landOpportunity(invited, await startLeadOpportunity(invited), deal);
    return crmRef === undefined ? undefined : { crmRef };
  });
  if (landed !== undefined) await keep(invited, { ...landed, status: "done", failure: undefined });
}

/** An opportunity that no link knows stands in the inbox under its own id. */
function isOpportunity({ invitation }: Invited): boolean {
  return invitation.id === invitation.opportunityId;
}

/** Is there a way from the lead's record to a deal? */
function canBecomeDeal(invited: Invited): boolean {
  const use = recordOfInvited(invited);
  return use !== undefined && (use.becomes !== undefined || isOwnObject(invited));
}

/** The record that a person chose, or that was made on receipt, where it is a deal. */
function ownRecord(invited: Invited): string | undefined {
  const { crmRef } = invited.invitation;
  const use = recordOfInvited(invited);
  return use === undefined || use.create === "accepted" || isOwnObject(invited) ? crmRef : undefined;
}

function isOwnObject(invited: Invited): boolean {
  return recordOfInvited(invited)?.mapping.crm.object === invited.options.sync.mapping.crm.object;
}
