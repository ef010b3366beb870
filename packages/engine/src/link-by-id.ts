import { FailureError } from "@cosell/connector";
import { type Deal, recordOf } from "./deal.ts";

/**
 * A record that carries an opportunity's id, though the state knows of none, is linked to that opportunity: the state
 * was lost, or a person linked it by hand. An id that another record has already is nobody's to guess.
 */
export async function linkByStoredId(deal: Deal): Promise<void> {
  const { store, sync, clock } = deal.options;
  if (deal.link.opportunityId !== undefined) return;
  const field = sync.mapping.link.opportunityId;
  const id = recordOf(deal)?.[field];
  if (typeof id !== "string" || id === "") return;
  const other = await store.linkByOpportunity(sync.name, id);
  if (other !== undefined) {
    throw new FailureError({
      kind: "invalid",
      code: "opportunity-linked-twice",
      message: `${field} of CRM record ${deal.link.crmRef} names opportunity ${id}, which belongs to CRM record ${other.crmRef}. Clear the field on the record that should not have it (a cloned deal often brings it along).`,
      issues: [],
    });
  }
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
}
