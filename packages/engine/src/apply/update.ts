import { type ApplyStep, callOptions } from "../deal.ts";
import { changesAsJson } from "./journal.ts";

/** Replaces the opportunity's values. A lost answer is resolved by reading again: what arrived is then found agreed. */
export const applyUpdate: ApplyStep<"update"> = async ({ opportunityId, body, changes }, deal) => {
  const { partnerCentral, clock } = deal.options;
  const { LastModifiedDate } = await partnerCentral.updateOpportunity(opportunityId, body, callOptions(deal));
  deal.tally.updated = true;
  const names = changes.map(({ path }) => path).join(", ");
  return {
    awsVersion: LastModifiedDate,
    journal: [
      {
        at: clock.now(),
        kind: "update",
        summary: `Updated ${names} of opportunity ${opportunityId} at AWS.`,
        detail: { opportunityId, changes: changesAsJson(changes) },
      },
    ],
  };
};
