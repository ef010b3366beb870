import type { ExpectedCustomerSpend } from "@aws-sdk/client-partnercentral-selling";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import {
  completeInput,
  emulatePartnerCentral,
  type EmulatedPartnerCentral,
} from "./testing/emulated-partner-central.ts";

let world: EmulatedPartnerCentral;
beforeEach(async () => {
  world = await emulatePartnerCentral();
});
afterEach(() => world.close());

const duration = { Term: "Months", Value: "36" } as const;
const aws = { Amount: "2500", CurrencyCode: "USD", Frequency: "Monthly", TargetCompany: "AWS" } as const;
// AWS takes None although its client's types do not know it.
const own = { Amount: "90000", CurrencyCode: "USD", Frequency: "None" as "Monthly", TargetCompany: "Self" } as const;
const sized = (ExpectedCustomerSpend: ExpectedCustomerSpend[], more: object = {}) => ({
  ...completeInput,
  Project: { ...completeInput.Project, ExpectedCustomerSpend, ...more },
});
const companies = async (id: string): Promise<readonly (string | undefined)[]> => {
  const { Project } = await world.client.getOpportunity({ Catalog: "Sandbox", Identifier: id });
  return (Project?.ExpectedCustomerSpend ?? []).map(({ TargetCompany }) => TargetCompany);
};

describe("a deal's size", () => {
  it("is AWS's monthly spend, and with a duration the partner's own contract as well", async () => {
    const id = await world.draft(sized([aws, own], { ExpectedContractDuration: duration }));
    expect(await companies(id)).toEqual(["AWS", "Self"]);
  });

  it("counts as spend at AWS, without a word, while there is no duration", async () => {
    const id = await world.draft(sized([{ ...aws, TargetCompany: "Example Retail" }]));
    expect(await companies(id)).toEqual(["AWS"]);
  });

  it.each([
    ["two currencies", sized([aws, { ...own, CurrencyCode: "EUR" }], { ExpectedContractDuration: duration })],
    ["a currency that AWS does not take", sized([{ ...aws, CurrencyCode: "JPY" }])],
    ["a contract of 145 months", sized([aws, own], { ExpectedContractDuration: { Term: "Months", Value: "145" } })],
    [
      "an estimate beside the contract's value",
      sized(
        [
          { ...aws, EstimationUrl: "https://calculator.aws/#/estimate?id=0123456789abcdef0123456789abcdef01234567" },
          own,
        ],
        {
          ExpectedContractDuration: duration,
        },
      ),
    ],
  ])("is refused with %s", async (_, input) => {
    await expect(world.client.createOpportunity(input)).rejects.toMatchObject({
      name: "ValidationException",
      ErrorList: [{ FieldName: expect.stringMatching(/^Project\.Expected/) }],
    });
  });
});
