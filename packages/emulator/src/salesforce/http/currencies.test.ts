import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { Connection } from "@jsforce/jsforce-node";
import { startTestOrg, type TestOrg } from "../testing/test-org.ts";

let org: TestOrg;
let connection: Connection;

beforeEach(async () => {
  org = await startTestOrg();
  connection = new Connection(org.connection);
});

afterEach(() => org.close());

const deal = { Name: "Deal", StageName: "Qualification", CloseDate: "2026-06-30", Amount: 10 };
const soql = "SELECT CurrencyIsoCode FROM Opportunity ORDER BY Id";

describe("currencies", () => {
  it("are no field and no object in an org that has one", async () => {
    await expect(connection.query(soql)).rejects.toMatchObject({ errorCode: "INVALID_FIELD" });
    await expect(connection.query("SELECT IsoCode FROM CurrencyType")).rejects.toMatchObject({
      errorCode: "INVALID_TYPE",
    });
    await expect(connection.sobject("Opportunity").create({ ...deal, CurrencyIsoCode: "EUR" })).rejects.toMatchObject({
      errorCode: "INVALID_FIELD",
    });
  });

  it("are on every record once there are several: old ones and silent ones have the corporate currency", async () => {
    const old = org.salesforce.create("Opportunity", deal);
    const { SystemModstamp } = (await connection.sobject("Opportunity").retrieve(old)) as Record<string, unknown>;
    org.clock.advance(60_000);

    org.salesforce.configure({ currencies: [{ isoCode: "EUR" }, { isoCode: "USD", conversionRate: 1.1 }] });
    await connection.sobject("Opportunity").create(deal);
    await connection.sobject("Opportunity").create({ ...deal, CurrencyIsoCode: "USD" });

    const { records } = await connection.query(soql);
    expect(records.map(({ CurrencyIsoCode }) => CurrencyIsoCode as unknown)).toEqual(["EUR", "EUR", "USD"]);
    expect(await connection.sobject("Opportunity").retrieve(old)).toMatchObject({ SystemModstamp });
    const types = await connection.query(
      "SELECT IsoCode, ConversionRate, IsCorporate FROM CurrencyType ORDER BY IsoCode",
    );
    expect(types.records).toMatchObject([
      { IsoCode: "EUR", ConversionRate: 1, IsCorporate: true },
      { IsoCode: "USD", ConversionRate: 1.1, IsCorporate: false },
    ]);
    const organization = await connection.query("SELECT DefaultCurrencyIsoCode FROM Organization");
    expect(organization.records).toMatchObject([{ DefaultCurrencyIsoCode: "EUR" }]);
  });

  it("must be active ones", async () => {
    org.salesforce.configure({ currencies: [{ isoCode: "USD" }, { isoCode: "EUR" }] });

    await expect(connection.sobject("Opportunity").create({ ...deal, CurrencyIsoCode: "GBP" })).rejects.toMatchObject({
      errorCode: "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
    });
    const { fields } = await connection.sobject("Opportunity").describe();
    const field = fields.find(({ name }) => name === "CurrencyIsoCode");
    expect(field).toMatchObject({ type: "picklist", restrictedPicklist: true, defaultedOnCreate: true });
    expect(field?.picklistValues?.map(({ value }) => value as unknown)).toEqual(["USD", "EUR"]);
  });
});
