import { type ApplyStep, callOptions, opportunityIdOf } from "../deal.ts";
import { changesAsJson } from "./journal.ts";

/** Makes a person of the partner the opportunity's owner. Sending it twice changes nothing more. */
export const applyAssign: ApplyStep<"assign"> = async ({ assignee, change }, deal) => {
  const { partnerCentral, clock } = deal.options;
  const opportunityId = opportunityIdOf(deal);
  await partnerCentral.assignOpportunity(opportunityId, assignee, callOptions(deal));
  deal.tally.updated = true;
  return {
    journal: [
      {
        at: clock.now(),
        kind: "assign",
        summary: `Assigned opportunity ${opportunityId} to the CRM record's owner.`,
        detail: { opportunityId, changes: changesAsJson([change]) },
      },
    ],
  };
};
