import { describe, expect, it } from "@jest/globals";
import { isPostalCode, usStates } from "@cosell/partner-central/model";
import { awsDeliveryModels, awsUseCases } from "../salesforce/schema/aws-picklists.ts";
import { loadSeed } from "./index.ts";
import { scenarios } from "./scenarios.ts";

/** Countries as the data set spells them; `Philipines` is one of its flaws. */
const codes = new Map([
  ["Belgium", "BE"],
  ["Brazil", "BR"],
  ["China", "CN"],
  ["Germany", "DE"],
  ["Italy", "IT"],
  ["Japan", "JP"],
  ["Jordan", "JO"],
  ["Kenya", "KE"],
  ["Korea", "KR"],
  ["Norway", "NO"],
  ["Panama", "PA"],
  ["Philipines", "PH"],
  ["Poland", "PL"],
  ["Romania", "RO"],
  ["United States", "US"],
]);

describe("the seed", () => {
  it("has addresses that AWS takes", () => {
    for (const { BillingCountry, BillingPostalCode, BillingState } of loadSeed({
      deals: 1,
      seed: 1,
      asOf: "2026-11-21",
    }).records["Account"] ?? []) {
      const code = codes.get(String(BillingCountry)) ?? "";
      expect([BillingCountry, isPostalCode(code, String(BillingPostalCode))]).toEqual([BillingCountry, true]);
      if (code !== "US") expect(BillingState).toBeNull();
      else if (String(BillingState).length > 2) expect(usStates).toContain(BillingState);
    }
  });

  it("has problems and choices that AWS takes, in the picklists' order", () => {
    for (const { problem, useCase, deliveryModels } of scenarios) {
      expect(problem.length).toBeGreaterThanOrEqual(20);
      expect(awsUseCases).toContain(useCase);
      expect(deliveryModels).toEqual(awsDeliveryModels.filter((model) => deliveryModels.includes(model)));
    }
  });
});
