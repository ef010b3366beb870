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

const deal = (AccountId: string): Record<string, unknown> => ({
  Name: "Deal",
  StageName: "Qualification",
  CloseDate: "2026-06-30",
  AccountId,
});

describe("the recycle bin", () => {
  it("takes children along, is seen by queryAll only, and gives back what went in together", async () => {
    const { salesforce, clock } = org;
    const account = salesforce.create("Account", { Name: "Acme" });
    const kept = salesforce.create("Opportunity", deal(account));
    const gone = salesforce.create("Opportunity", deal(account));
    salesforce.remove("Opportunity", gone);
    clock.advance(10);

    await connection.sobject("Account").destroy(account);
    const soql = "SELECT Id, IsDeleted, SystemModstamp FROM Opportunity";
    expect((await connection.query(soql)).totalSize).toBe(0);
    expect((await connection.query(soql, { scanAll: true })).records).toMatchObject([
      { Id: kept, IsDeleted: true, SystemModstamp: "2026-03-02T09:30:15.260+0000" },
      { Id: gone, IsDeleted: true, SystemModstamp: "2026-03-02T09:30:15.250+0000" },
    ]);

    clock.advance(10);
    salesforce.undelete("Account", account);
    expect((await connection.query(soql)).records).toMatchObject([{ Id: kept, IsDeleted: false }]);
  });
});

describe("a merge", () => {
  it("deletes the losers, says into which, and moves their children", async () => {
    const { salesforce, clock } = org;
    const winner = salesforce.create("Account", { Name: "Acme" });
    const loser = salesforce.create("Account", { Name: "Acme Inc" });
    const moved = salesforce.create("Opportunity", deal(loser));
    clock.advance(10);

    salesforce.merge("Account", winner, [loser]);

    const all = await connection.query("SELECT Id, IsDeleted, MasterRecordId FROM Account ORDER BY Id", {
      scanAll: true,
    });
    expect(all.records).toMatchObject([
      { Id: winner, IsDeleted: false, MasterRecordId: null },
      { Id: loser, IsDeleted: true, MasterRecordId: winner },
    ]);
    expect(await connection.sobject("Opportunity").retrieve(moved)).toMatchObject({
      AccountId: winner,
      SystemModstamp: "2026-03-02T09:30:15.260+0000",
    });
    expect(() => salesforce.undelete("Account", loser)).toThrow("not in the recycle bin");
    expect(() => salesforce.merge("Opportunity", moved, [])).toThrow("cannot be merged");
  });

  it("leaves one contact once in a deal", async () => {
    const { salesforce } = org;
    const OpportunityId = salesforce.create("Opportunity", deal(salesforce.create("Account", { Name: "Acme" })));
    const [winner = "", loser = ""] = ["Kim", "Kimberly"].map((FirstName) => {
      const ContactId = salesforce.create("Contact", { FirstName, LastName: "Berg" });
      salesforce.create("OpportunityContactRole", { OpportunityId, ContactId });
      return ContactId;
    });

    salesforce.merge("Contact", winner, [loser]);

    const { records } = await connection.query("SELECT ContactId FROM OpportunityContactRole");
    expect(records).toMatchObject([{ ContactId: winner }]);
    expect(records).toHaveLength(1);
  });
});

describe("an org's state", () => {
  it("loads again as it was", async () => {
    const { salesforce } = org;
    const account = salesforce.create("Account", { Name: "Acme" });
    salesforce.create("Opportunity", deal(account));
    salesforce.remove("Account", account);
    const before = salesforce.state();
    const other = await startTestOrg({ seed: JSON.parse(JSON.stringify(before)) as typeof before });

    expect(other.salesforce.state()).toEqual(before);
    expect(other.salesforce.create("Account", { Name: "New" })).not.toBe(account);
    await other.close();
  });

  it("refuses a document with fields that the org does not have", () => {
    expect(() => org.salesforce.load({ records: { Account: [{ Nope: 1 }] } })).toThrow("Account has no field Nope");
    expect(() => org.salesforce.load({ records: { Nope: [] } })).toThrow("sObject type 'Nope' is not supported");
  });
});
