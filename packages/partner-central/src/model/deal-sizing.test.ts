import { describe, expect, it } from "@jest/globals";
import type { JsonObject } from "@cosell/connector";
import { dealSizingRules, readiness } from "./index.ts";

const aws = { Amount: "100", CurrencyCode: "USD", Frequency: "Monthly", TargetCompany: "AWS" };
const own = { Amount: "9000", CurrencyCode: "USD", Frequency: "None", TargetCompany: "Self" };
const months = (Value: string) => ({ ExpectedContractDuration: { Term: "Months", Value } });
const sources = new Set(dealSizingRules.map(({ message }) => message));
const wrong = (rows: readonly JsonObject[], more: JsonObject = {}): readonly string[] =>
  readiness({
    purpose: "create",
    opportunity: { Project: { ExpectedCustomerSpend: rows, ...more } },
    related: {},
    today: "2026-11-21",
  })
    .filter(({ message }) => sources.has(message))
    .map(({ path, code }) => `${path}: ${code}`);

describe("deal sizing", () => {
  it.each([
    ["AWS's monthly spend alone", [aws], {}],
    ["the contract's value with its duration", [aws, own], months("144")],
    [
      "an estimate of the pricing calculator",
      [{ ...aws, EstimationUrl: "https://calculator.aws/#/estimate?id=1" }],
      {},
    ],
    ["euros in the European Sovereign Cloud", [{ ...aws, CurrencyCode: "EUR" }], { AwsPartition: "aws-eusc" }],
  ])("takes %s", (_, rows, more) => {
    expect(wrong(rows, more)).toEqual([]);
  });

  it.each([
    ["two currencies", [aws, { ...own, CurrencyCode: "EUR" }], months("12"), "ExpectedCustomerSpend: invalid"],
    ["a third currency", [{ ...aws, CurrencyCode: "JPY" }], {}, "ExpectedCustomerSpend: invalid"],
    ["dollars in the European Sovereign Cloud", [aws], { AwsPartition: "aws-eusc" }, "ExpectedCustomerSpend: invalid"],
    ["a contract counted monthly", [{ ...own, Frequency: "Monthly" }], months("12"), "ExpectedCustomerSpend: invalid"],
    ["AWS's spend counted once", [{ ...aws, Frequency: "None" }], {}, "ExpectedCustomerSpend: invalid"],
    [
      "an estimate beside the contract's value",
      [{ ...aws, EstimationUrl: "https://calculator.aws/#/estimate?id=1" }, own],
      months("12"),
      "ExpectedCustomerSpend: not-allowed",
    ],
    [
      "another company beside a duration",
      [{ ...aws, TargetCompany: "Acme" }],
      months("12"),
      "ExpectedCustomerSpend: invalid",
    ],
    ["the contract's value without duration", [own], {}, "ExpectedContractDuration: missing"],
    ["no months", [aws, own], months("0"), "ExpectedContractDuration.Value: invalid"],
    ["too many months", [aws, own], months("145"), "ExpectedContractDuration.Value: invalid"],
  ])("does not take %s", (_, rows, more, expected) => {
    expect(wrong(rows, more)).toEqual([`Project.${expected}`]);
  });
});
