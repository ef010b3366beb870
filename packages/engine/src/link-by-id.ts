import { FailureError } from "@cosell/connector";
import type { Link } from "@cosell/state";
import { type Deal, recordOf } from "./deal.ts";
import type { EngineOptions } from "./engine.ts";
import { refuseHalfMade } from "./inbound/refuse-half-made.ts";
import { refuseCarriedTwice } from "./intake/carriers.ts";
import { followAbsorbed } from "./life/follow-absorbed.ts";
import { readRecords } from "./read-records.ts";

/**
 * A record that carries an opportunity's id, though the state knows of none, is linked to that opportunity: the state
 * was lost, or a person linked it by hand. An id that another record has already is nobody's to guess, unless that record
 * is gone: merged into this one, though nothing may have told so yet, or cloned and deleted. A record without an id has
 * the opportunity of the record that went into it, where the CRM names that one ({@link followAbsorbed}).
 *
 * @returns false where the other record's link has taken the place of this one, and is marked: nothing is left to do here
 */
export async function linkByStoredId(deal: Deal): Promise<boolean> {
  const { store, sync, clock } = deal.options;
  if (deal.link.opportunityId !== undefined) return true;
  const field = sync.mapping.link.opportunityId;
  const record = recordOf(deal);
  const id = record?.[field];
  if (typeof id !== "string" || id === "") {
    if (!(await followAbsorbed(deal))) return false;
    if (record !== undefined) await refuseCarriedTwice(deal.link, deal.options);
    return true;
  }
  const other = await store.linkByOpportunity(sync.name, id);
  if (other?.id === deal.link.id) {
    // Joined since it was claimed.
    deal.link = other;
    return true;
  }
  if (other !== undefined) {
    if (await isGone(other, deal)) {
      await inherit(other, deal.link.crmRef, deal.options);
      return false;
    }
    throw new FailureError({
      kind: "invalid",
      code: "opportunity-linked-twice",
      message: `${field} of CRM record ${deal.link.crmRef} names opportunity ${id}, which belongs to CRM record ${other.crmRef}. Clear the field on the record that should not have it (a cloned deal often brings it along).`,
      issues: [],
    });
  }
  await refuseHalfMade(id, deal.options);
  await store.settle(deal.link.id, {
    patch: { opportunityId: id, status: "linked" },
    journal: [
      {
        at: clock.now(),
        kind: "adopted",
        summary: `${field} names opportunity ${id}: linked, nothing was created.`,
        detail: { opportunityId: id },
      },
    ],
  });
  deal.link = { ...deal.link, opportunityId: id, status: "linked" };
  return true;
}

async function isGone({ crmRef }: Link, { link, crm, options }: Deal): Promise<boolean> {
  const [read] = await readRecords([crmRef], options);
  if (read?.status !== "merged") return read?.status === "deleted" || read?.status === "missing";
  return read.survivor === link.crmRef || (crm.status === "found" && crm.absorbed?.includes(crmRef) === true);
}

async function inherit(
  { id, crmRef, opportunityId = "" }: Link,
  heir: string,
  { store, sync, clock }: EngineOptions,
): Promise<void> {
  const summary = `CRM record ${crmRef} is gone, and ${sync.mapping.link.opportunityId} of ${heir} names its opportunity ${opportunityId}: it belongs to that one now.`;
  await store.moveLink(id, heir, [{ at: clock.now(), kind: "moved", summary, detail: { from: crmRef, to: heir } }]);
}
