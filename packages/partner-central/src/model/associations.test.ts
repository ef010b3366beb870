import { describe, expect, it } from "@jest/globals";
import { associationRuleOf, associationRules, enums, lockOf, readiness } from "./index.ts";

describe("associations", () => {
  it("know every type of AWS's, and exclude each other both ways", () => {
    expect(associationRules.map(({ type }) => type).sort()).toEqual([...(enums["RelatedEntityType"] ?? [])].sort());
    for (const { type, excludes } of associationRules) {
      if (excludes !== undefined) expect(associationRuleOf(excludes)?.excludes).toBe(type);
    }
  });

  it.each(associationRules)("of $type are locked where the table says so", ({ type, phases }) => {
    const states = {
      "pending-submission": { reviewStatus: "Pending Submission", stage: "Qualified" },
      "under-review": { reviewStatus: "In review", stage: "Qualified" },
      "action-required": { reviewStatus: "Action Required", stage: "Qualified" },
      approved: { reviewStatus: "Approved", stage: "Qualified" },
      launched: { reviewStatus: "Approved", stage: "Launched" },
      rejected: { reviewStatus: "Rejected", stage: "Qualified" },
    };
    const open = Object.entries(states).filter(
      ([, state]) => lockOf(`RelatedEntityIdentifiers.${type}`, { ...state, origin: undefined }).lock === "editable",
    );
    expect(open.map(([phase]) => phase)).toEqual(phases);
  });

  it.each(associationRules)("of $type are no more than $limit", ({ type, limit }) => {
    const issues = (count: number) =>
      readiness({
        purpose: "update",
        opportunity: {},
        related: { [type]: Array.from({ length: count }, (_, index) => `id-${index}`) },
        today: "2026-11-21",
      });
    expect(issues(limit)).toEqual([]);
    expect(issues(limit + 1)).toMatchObject([{ path: `RelatedEntityIdentifiers.${type}`, code: "not-allowed" }]);
  });

  it("are a private offer or an offer set", () => {
    const related = { AwsMarketplaceOffers: ["o"], AwsMarketplaceOfferSets: ["s"] };
    expect(readiness({ purpose: "update", opportunity: {}, related, today: "2026-11-21" })).toMatchObject([
      { path: "RelatedEntityIdentifiers.AwsMarketplaceOfferSets", code: "not-allowed" },
    ]);
  });
});
