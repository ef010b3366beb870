import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { Connection } from "@jsforce/jsforce-node";
import type { SalesforceRecord } from "../document.ts";
import { startTestOrg, type TestOrg } from "../testing/test-org.ts";

let org: TestOrg;
let connection: Connection;
let acme: string;

const deal = (fields: SalesforceRecord): SalesforceRecord => ({
  StageName: "Prospecting",
  CloseDate: "2026-06-30",
  ...fields,
});

beforeEach(async () => {
  org = await startTestOrg();
  connection = new Connection(org.connection);
  const parent = org.salesforce.create("Account", { Name: "Massive Dynamic" });
  acme = org.salesforce.create("Account", { Name: "Acme's Corporation", ParentId: parent });
  org.salesforce.create("Opportunity", deal({ Name: "Alpha", AccountId: acme, Amount: 10, AWS_Cosell__c: true }));
  org.clock.advance(1000);
  org.salesforce.create(
    "Opportunity",
    deal({ Name: "beta", Amount: 20, StageName: "Closed Won", CloseDate: "2026-02-28" }),
  );
  org.salesforce.create(
    "Opportunity",
    deal({ Name: "50% off", AccountId: acme, AWS_Delivery_Models__c: "Resell;Other" }),
  );
});

afterEach(() => org.close());

const names = async (where: string): Promise<unknown[]> => {
  const { records } = await connection.query(`SELECT Name FROM Opportunity ${where}`);
  return records.map(({ Name }) => Name as unknown);
};

describe("a SOQL query", () => {
  it("shows fields, parents of parents, and an empty parent as null", async () => {
    const { records, totalSize } = await connection.query(
      "SELECT id, Account.Name, Account.Parent.Name, Owner.Email FROM Opportunity ORDER BY Name",
    );

    expect(totalSize).toBe(3);
    expect(records[1]).toMatchObject({
      attributes: { type: "Opportunity", url: `/services/data/v63.0/sobjects/Opportunity/${String(records[1]?.Id)}` },
      Account: { attributes: { type: "Account" }, Name: "Acme's Corporation", Parent: { Name: "Massive Dynamic" } },
      Owner: { Email: "integration@example.com" },
    });
    expect(records[2]).toMatchObject({ Account: null });
  });

  it("shows children in a sub-select with its own filter, and none as null", async () => {
    const [first] = org.salesforce.records("Opportunity");
    for (const [LastName, IsPrimary] of [
      ["Berg", true],
      ["Anders", false],
    ] as const) {
      const contact = org.salesforce.create("Contact", { LastName, FirstName: "Kim" });
      org.salesforce.create("OpportunityContactRole", { OpportunityId: first?.["Id"], ContactId: contact, IsPrimary });
    }

    const { records } = await connection.query(
      "SELECT Name, (SELECT Contact.Name, IsPrimary FROM OpportunityContactRoles WHERE IsPrimary = true) FROM Opportunity ORDER BY CreatedDate, Name DESC LIMIT 2",
    );

    expect(records[0]?.["OpportunityContactRoles"]).toMatchObject({
      totalSize: 1,
      done: true,
      records: [{ attributes: { type: "OpportunityContactRole" }, Contact: { Name: "Kim Berg" }, IsPrimary: true }],
    });
    expect(records[1]?.["OpportunityContactRoles"]).toBeNull();
  });

  it.each([
    ["WHERE Name = 'ALPHA'", ["Alpha"]],
    ["WHERE Name != 'Alpha' ORDER BY Name", ["50% off", "beta"]],
    ["WHERE Amount >= 10 AND Amount < 20", ["Alpha"]],
    ["WHERE Amount = null", ["50% off"]],
    ["WHERE Amount != 10 ORDER BY Name", ["50% off", "beta"]],
    ["WHERE Name LIKE '50\\%%'", ["50% off"]],
    ["WHERE Name LIKE '%ET_'", ["beta"]],
    ["WHERE Name IN ('beta', 'Alpha') ORDER BY Name DESC", ["beta", "Alpha"]],
    ["WHERE Name NOT IN ('beta', 'Alpha')", ["50% off"]],
    ["WHERE AWS_Cosell__c = true", ["Alpha"]],
    ["WHERE Account.Name = 'Acme\\'s Corporation' ORDER BY Name", ["50% off", "Alpha"]],
    ["WHERE (Name = 'beta' OR Name = 'Alpha') AND (NOT StageName = 'Closed Won')", ["Alpha"]],
    ["WHERE NOT (Name = 'beta' OR Name = 'Alpha')", ["50% off"]],
    ["WHERE AWS_Delivery_Models__c INCLUDES ('Resell;Other', 'SaaS or PaaS')", ["50% off"]],
    ["WHERE CloseDate < TODAY", ["beta"]],
    ["WHERE CloseDate = LAST_MONTH", ["beta"]],
    ["WHERE CloseDate = THIS_YEAR AND CloseDate > NEXT_N_DAYS:60 ORDER BY Name", ["50% off", "Alpha"]],
    ["WHERE CloseDate = 2026-02-28", ["beta"]],
    ["WHERE CreatedDate < 2026-03-02T10:30:16+01:00", ["Alpha"]],
    ["WHERE SystemModstamp = 2026-03-02T09:30:16.250Z ORDER BY Name", ["50% off", "beta"]],
    [
      "WHERE AccountId IN (SELECT Id FROM Account WHERE Parent.Name = 'Massive Dynamic') ORDER BY Name",
      ["50% off", "Alpha"],
    ],
    ["ORDER BY Amount", ["50% off", "Alpha", "beta"]],
    ["ORDER BY Amount DESC NULLS LAST", ["beta", "Alpha", "50% off"]],
    ["ORDER BY StageName DESC, Name DESC LIMIT 1 OFFSET 1", ["50% off"]],
  ])("%s", async (where, expected) => {
    expect(await names(where)).toEqual(expected);
  });

  it("takes ids of 15 characters", async () => {
    expect(await names(`WHERE AccountId = '${acme.slice(0, 15)}' ORDER BY Name`)).toEqual(["50% off", "Alpha"]);
  });

  it("counts without records", async () => {
    expect(await connection.query("SELECT COUNT() FROM Opportunity WHERE Amount > 0")).toMatchObject({
      totalSize: 2,
      done: true,
      records: [],
    });
  });

  it.each([
    ["SELECT Nope FROM Opportunity", "INVALID_FIELD", "No such column 'Nope' on entity 'Opportunity'"],
    ["SELECT Nope.Name FROM Opportunity", "INVALID_FIELD", "Didn't understand relationship 'Nope' in field path"],
    ["SELECT CurrencyIsoCode FROM Opportunity", "INVALID_FIELD", "No such column"],
    ["SELECT Id, Id FROM Opportunity", "INVALID_FIELD", "duplicate field selected: Id"],
    ["SELECT Id FROM Nope", "INVALID_TYPE", "sObject type 'Nope' is not supported"],
    ["SELECT (SELECT Id FROM Nopes) FROM Opportunity", "INVALID_TYPE", "Didn't understand relationship 'Nopes'"],
    ["SELECT Id FROM WHERE", "MALFORMED_QUERY", "unexpected token: 'WHERE'"],
    [
      "SELECT Id FROM Opportunity WHERE Name = 'a' AND Amount = 1 OR Amount = 2",
      "MALFORMED_QUERY",
      "unexpected token: 'OR'",
    ],
    [
      "SELECT Id FROM Opportunity WHERE CreatedDate > '2026-01-01T00:00:00Z'",
      "INVALID_FIELD",
      "must be of type dateTime and should not be enclosed in quotes",
    ],
    ["SELECT Id FROM Opportunity WHERE CloseDate > 2026-01-01T00:00:00Z", "INVALID_FIELD", "must be of type date"],
    [
      "SELECT Id FROM Opportunity WHERE Name = 5",
      "INVALID_FIELD",
      "must be of type string and should be enclosed in quotes",
    ],
    ["SELECT Id FROM Opportunity WHERE Description = 'a'", "INVALID_FIELD", "can not be filtered in a query call"],
    ["SELECT Id FROM Opportunity WHERE Id = 'nope'", "INVALID_QUERY_FILTER_OPERATOR", "invalid ID field: nope"],
    ["SELECT Id FROM Opportunity OFFSET 2001", "NUMBER_OUTSIDE_VALID_RANGE", "Maximum SOQL offset allowed is 2000"],
  ])("refuses %s", async (soql, errorCode, message) => {
    await expect(connection.query(soql)).rejects.toMatchObject({
      errorCode,
      message: expect.stringContaining(message),
    });
  });

  it("gives pages of the size asked for, showing records as they were when it ran", async () => {
    for (let index = 0; index < 250; index += 1) org.salesforce.create("Account", { Name: `Account ${index}` });

    const first = await connection.query("SELECT Id, Name FROM Account ORDER BY Id", {
      headers: { "Sforce-Query-Options": "batchSize=200" },
      autoFetch: false,
    });
    expect(first).toMatchObject({ totalSize: 252, done: false });
    expect(first.records).toHaveLength(200);
    const last = first.nextRecordsUrl ?? "";
    org.salesforce.remove("Account", acme);
    const second = await connection.queryMore(last);

    expect(second).toMatchObject({ totalSize: 252, done: true });
    expect(second.records).toHaveLength(52);
    await expect(connection.queryMore("/services/data/v63.0/query/01g000000000000AAA-200")).rejects.toMatchObject({
      errorCode: "INVALID_QUERY_LOCATOR",
    });
  });

  it("lets keyset paging over equal stamps see every record once", async () => {
    for (let index = 0; index < 30; index += 1) {
      if (index % 7 === 0) org.clock.advance(400);
      org.salesforce.create("Account", { Name: `Account ${index}` });
    }
    const seen: string[] = [];
    let after = "SystemModstamp >= 2026-01-01T00:00:00Z";
    for (;;) {
      const { records } = await connection.query(
        `SELECT Id, SystemModstamp FROM Account WHERE ${after} ORDER BY SystemModstamp, Id LIMIT 4`,
      );
      const last = records.at(-1);
      if (!last) break;
      seen.push(...records.map(({ Id }) => String(Id)));
      const stamp = String(last["SystemModstamp"]).replace("+0000", "Z");
      after = `(SystemModstamp = ${stamp} AND Id > '${String(last.Id)}') OR SystemModstamp > ${stamp}`;
    }

    expect(seen).toHaveLength(32);
    expect(new Set(seen).size).toBe(32);
  });
});
