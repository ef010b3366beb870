import { describe, expect, it } from "@jest/globals";
import type { JsonObject } from "@cosell/connector";
import { enums, operationOf, readiness, stageRequirements } from "./index.ts";

const missing = (opportunity: JsonObject, related = {}, purpose: "stage" | "update" = "stage") =>
  readiness({ purpose, opportunity, related, today: "2026-11-21" }).map(
    ({ path, conditional }) => `${path}${conditional === true ? " (some)" : ""}`,
  );
const solution = { Solutions: ["S-0001111"] };
const deal = {
  Origin: "Partner Referral",
  LifeCycle: { Stage: "Qualified", ReviewStatus: "Approved", TargetCloseDate: "2027-01-31" },
};
const inStage = (Stage: string, more: JsonObject = {}) => ({
  ...deal,
  ...more,
  LifeCycle: { ...deal.LifeCycle, Stage },
});

describe("what a stage asks for", () => {
  it("names members and stages that AWS has", () => {
    const members = operationOf("GetOpportunity")?.output.map(({ path }) => path) ?? [];
    for (const { path, from, source } of stageRequirements) {
      expect(members).toContain(path);
      expect(enums["Stage"]).toContain(from);
      expect(source).not.toBe("");
    }
  });

  it("is nothing new for a submitted opportunity until Committed, and then something to sell", () => {
    expect(missing(inStage("Business Validation"))).toEqual([]);
    expect(missing(inStage("Committed"))).toEqual(["RelatedEntityIdentifiers.Solutions"]);
    expect(missing(inStage("Committed"), solution)).toEqual([]);
  });

  it("is everything of a submission for a referral, and for one of unknown origin", () => {
    const asked = missing(inStage("Qualified", { Origin: "AWS Referral", LifeCycle: {} }));
    expect(asked).toEqual([
      "Project.CustomerUseCase",
      "Project.DeliveryModels",
      "RelatedEntityIdentifiers.Solutions",
      "PrimaryNeedsFromAws",
      "Project.ExpectedCustomerSpend",
      "Marketing.Source",
    ]);
    expect(missing({ LifeCycle: deal.LifeCycle })).toEqual(asked);
    expect(missing({ LifeCycle: deal.LifeCycle }, {}, "update")).toEqual([]);
    expect(missing(inStage("Prospect", { Origin: "AWS Referral" }))).toEqual([]);
  });

  it("tells at the launch what some partners owe, and holds no update back for it", () => {
    const owed = missing(inStage("Launched"), solution);
    expect(owed).toContain("Customer.Account.AwsAccountId (some)");
    expect(owed).toContain("SoftwareRevenue.Value (some)");
    expect(missing(inStage("Launched"), solution, "update")).toEqual([]);
  });

  it("is a reason for a lost deal", () => {
    expect(missing(inStage("Closed Lost"))).toEqual(["LifeCycle.ClosedLostReason"]);
    expect(missing(inStage("Closed Lost"), {}, "update")).toEqual(["LifeCycle.ClosedLostReason"]);
  });
});
