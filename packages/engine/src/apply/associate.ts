import { failureOf } from "@cosell/connector";
import { type Applied, callOptions, type Deal, opportunityIdOf } from "../deal.ts";
import type { PlanStep } from "@cosell/core";
import { changesAsJson } from "./journal.ts";

/** Attaches or detaches one entity. One that is attached (or gone) already is what was wanted. */
export async function applyAssociation(
  { kind, entityType, entityId, change }: Extract<PlanStep, { kind: "associate" | "disassociate" }>,
  deal: Deal,
): Promise<Applied> {
  const { partnerCentral, clock } = deal.options;
  const opportunityId = opportunityIdOf(deal);
  const send =
    kind === "associate"
      ? partnerCentral.associateOpportunity.bind(partnerCentral)
      : partnerCentral.disassociateOpportunity.bind(partnerCentral);
  try {
    await send(opportunityId, entityType, entityId, callOptions(deal));
  } catch (error) {
    // AWS answers a conflict for an association that exists (seen by community projects, not in the model).
    if (kind !== "associate" || failureOf(error)?.kind !== "conflict") throw error;
  }
  deal.tally.updated = true;
  return {
    journal: [
      {
        at: clock.now(),
        kind,
        summary: `${kind === "associate" ? "Attached" : "Detached"} ${entityType} ${entityId} ${kind === "associate" ? "to" : "from"} opportunity ${opportunityId}.`,
        detail: { opportunityId, changes: changesAsJson([change]) },
      },
    ],
  };
}
