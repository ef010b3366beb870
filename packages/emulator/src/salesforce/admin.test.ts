import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { type RunningEmulators, startEmulators } from "../start.ts";

let emulators: RunningEmulators;

beforeEach(async () => {
  emulators = await startEmulators();
});

afterEach(() => emulators.close());

const admin = async (method: string, path: string, body: object) => {
  const response = await fetch(emulators.admin.url + path, { method, body: JSON.stringify(body) });
  return { status: response.status, body: await response.json() };
};
const edit = (object: string, id: string, fields: object) =>
  admin("POST", "/edit", { server: "salesforce", object, id, fields });

describe("the admin face", () => {
  it("lets a person convert a lead and merge accounts", async () => {
    const { salesforce } = emulators;
    const lead = salesforce.create("Lead", { LastName: "Ito", Company: "Acme" });
    const account = salesforce.create("Account", { Name: "Acme Corporation" });

    expect(await edit("Lead", lead, { IsConverted: true, ConvertedAccountId: account })).toMatchObject({ status: 200 });
    const other = salesforce.create("Account", { Name: "Acme Inc" });
    expect(await edit("Account", account, { MasterRecordId: other })).toMatchObject({ status: 200 });

    expect(salesforce.records("Account")).toMatchObject([
      { IsDeleted: true, MasterRecordId: other },
      { IsDeleted: false },
    ]);
    expect(salesforce.records("Opportunity")).toMatchObject([{ Name: "Acme-", AccountId: other }]);
    expect(await edit("Lead", lead, { Title: "CTO" })).toEqual({
      ...{ status: 400, body: { error: { message: "cannot reference converted lead" } } },
    });
  });

  it("switches record types, currencies and duplicate rules on, and keeps what it cannot read out", async () => {
    const settings = {
      currencies: [{ isoCode: "EUR" }, { isoCode: "USD" }],
      recordTypes: [{ object: "Opportunity", developerName: "Renewal" }],
      duplicateRules: [{ object: "Account", name: "Rule", match: ["Name"] }],
    };
    expect(await admin("PUT", "/settings", { salesforce: settings })).toMatchObject({ body: { salesforce: settings } });
    expect(emulators.salesforce.records("RecordType")).toMatchObject([{ DeveloperName: "Renewal", IsActive: true }]);

    for (const [name, bad] of [
      ["currencies", "EUR"],
      ["currencies", [{ isoCode: "euro" }]],
      ["recordTypes", [{ object: "User", developerName: "Seller" }]],
      ["recordTypes", [null]],
      ["duplicateRules", [{ object: "Account", name: "Rule" }]],
    ] as const) {
      expect(await admin("PUT", "/settings", { salesforce: { [name]: bad } })).toMatchObject({
        ...{ status: 400, body: { error: { message: expect.stringContaining(name) } } },
      });
    }
    expect(emulators.salesforce.settings()).toMatchObject(settings);
  });
});
