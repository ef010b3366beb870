import { failureOf } from "@cosell/connector";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { type EmulatedOrg, startEmulatedOrg } from "./__fixtures__/emulated-org.ts";

let emulated: EmulatedOrg;
beforeEach(async () => {
  emulated = await startEmulatedOrg();
});
afterEach(() => emulated.close());

const object = "Opportunity";
const newDeal = { Name: "Data lake", StageName: "Prospecting", CloseDate: "2026-09-30" };
const find = (field: string, ...equals: string[]): Promise<readonly string[]> =>
  emulated.connection.find({ object, field, match: { equals } });

describe("find", () => {
  it("looks into related records", async () => {
    const { org, connection } = emulated;
    const account = org.create("Account", { Name: "Octank", Website: "https://www.octank.example/shop" });
    const ref = org.create(object, { ...newDeal, AccountId: account });
    org.create(object, newDeal);
    expect(await find("Account.Name", "OCTANK")).toEqual([ref]);
    const match = { contains: "octank.example" };
    expect(await connection.find({ object, field: "Account.Website", match })).toEqual([ref]);
  });

  it("writes a value as the field's type wants it, and passes over what no such field can hold", async () => {
    const account = emulated.org.create("Account", { Name: "Octank" });
    const ref = emulated.org.create(object, { ...newDeal, Amount: 1200.5, AccountId: account, AWS_Cosell__c: true });
    expect(await find("Amount", "1200.5", "much")).toEqual([ref]);
    expect(await find("AccountId", account.slice(0, 15), "nobody")).toEqual([ref]);
    expect(await find("AWS_Cosell__c", "true", "perhaps")).toEqual([ref]);
    expect(await find("Amount", "much")).toEqual([]);
  });

  it("does not find by a list", async () => {
    const failure = await find("OpportunityContactRoles.records[].Role", "Buyer").catch(failureOf);
    expect(failure).toMatchObject({ kind: "config", message: expect.stringContaining("OpportunityContactRoles") });
  });
});
