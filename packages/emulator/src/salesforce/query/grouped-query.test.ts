import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { Connection } from "@jsforce/jsforce-node";
import { startTestOrg, type TestOrg } from "../testing/test-org.ts";

let org: TestOrg;
let connection: Connection;

beforeEach(async () => {
  org = await startTestOrg();
  connection = new Connection(org.connection);
  const acme = org.salesforce.create("Account", { Name: "Acme" });
  for (const [Name, StageName, Amount, AccountId] of [
    ["One", "Prospecting", 10.5, acme],
    ["Two", "prospecting", 20, null],
    ["Three", "Closed Won", null, acme],
    ["Four", "Closed Won", 5, acme],
    ["Five", "Closed Lost", null, null],
  ] as const) {
    org.salesforce.create("Opportunity", { Name, StageName, Amount, AccountId, CloseDate: "2026-06-30" });
    org.clock.advance(1000);
  }
});

afterEach(() => org.close());

const rows = async (soql: string): Promise<unknown[]> => {
  const { records } = await connection.query(soql);
  return records.map(({ attributes, ...row }) => {
    expect(attributes).toEqual({ type: "AggregateResult" });
    return row;
  });
};

describe("a grouped query", () => {
  it("counts, sums and finds the outermost of each group, under aliases or expr0, expr1 …", async () => {
    const soql = `SELECT StageName, COUNT(Id) deals, COUNT(Amount), SUM(Amount), AVG(Amount), MIN(Name), MAX(SystemModstamp) newest
      FROM Opportunity GROUP BY StageName ORDER BY COUNT(Id) DESC, StageName`;

    expect(await rows(soql)).toEqual([
      {
        StageName: "Closed Won",
        deals: 2,
        expr0: 1,
        expr1: 5,
        expr2: 5,
        expr3: "Four",
        newest: "2026-03-02T09:30:18.250+0000",
      },
      {
        StageName: "Prospecting",
        deals: 2,
        expr0: 2,
        expr1: 30.5,
        expr2: 15.25,
        expr3: "One",
        newest: "2026-03-02T09:30:16.250+0000",
      },
      {
        StageName: "Closed Lost",
        deals: 1,
        expr0: 0,
        expr1: null,
        expr2: null,
        expr3: "Five",
        newest: "2026-03-02T09:30:19.250+0000",
      },
    ]);
  });

  it("groups by a parent's field, no parent being a group of its own", async () => {
    const soql =
      "SELECT Account.Name, COUNT_DISTINCT(StageName) stages FROM Opportunity GROUP BY Account.Name ORDER BY Account.Name NULLS LAST";

    expect(await rows(soql)).toEqual([
      { Name: "Acme", stages: 2 },
      { Name: null, stages: 2 },
    ]);
  });

  it("keeps the groups that HAVING lets pass, within LIMIT", async () => {
    const grouped = "SELECT StageName FROM Opportunity WHERE Name != 'One' GROUP BY StageName";

    expect(await rows(`${grouped} HAVING COUNT(Id) > 1 OR SUM(Amount) >= 20 ORDER BY StageName`)).toEqual([
      { StageName: "Closed Won" },
      { StageName: "prospecting" },
    ]);
    expect(await rows(`${grouped} HAVING StageName LIKE 'Closed%' ORDER BY StageName LIMIT 1`)).toEqual([
      { StageName: "Closed Lost" },
    ]);
  });

  it("is one row without GROUP BY, even of no records", async () => {
    expect(await rows("SELECT COUNT(Id), SUM(Amount) total FROM Opportunity WHERE Name = 'Six'")).toEqual([
      { expr0: 0, total: null },
    ]);
    expect((await connection.query("SELECT COUNT() FROM Opportunity")).totalSize).toBe(5);
  });

  it.each([
    ["SELECT Name, COUNT(Id) FROM Opportunity", "Field must be grouped or aggregated: Name"],
    ["SELECT Name FROM Opportunity GROUP BY StageName", "Field must be grouped or aggregated: Name"],
    ["SELECT SUM(Name) FROM Opportunity", "field Name does not support aggregate operator SUM"],
    [
      "SELECT COUNT(Id) FROM Opportunity GROUP BY Description",
      "field 'Description' can not be grouped in a query call",
    ],
    ["SELECT Name, StageName Name, COUNT(Id) FROM Opportunity GROUP BY Name, StageName", "duplicate alias: Name"],
  ])("refuses %s", async (soql, message) => {
    await expect(connection.query(soql)).rejects.toMatchObject({ errorCode: "MALFORMED_QUERY", message });
  });
});

describe("FIELDS()", () => {
  it("selects what the object has, for at most 200 records", async () => {
    const { records } = await connection.query("SELECT FIELDS(ALL) FROM Opportunity WHERE Name = 'One' LIMIT 200");
    expect(records).toMatchObject([{ Name: "One", AWS_Cosell__c: false, SystemModstamp: expect.any(String) }]);
    const standard = await connection.query("SELECT FIELDS(STANDARD) FROM Opportunity LIMIT 1");
    expect(standard.records[0]).not.toHaveProperty("AWS_Cosell__c");
    const custom = await connection.query("SELECT Id, FIELDS(CUSTOM) FROM Opportunity LIMIT 1");
    expect(custom.records[0]).not.toHaveProperty("StageName");
  });

  it.each(["SELECT FIELDS(ALL) FROM Opportunity", "SELECT FIELDS(CUSTOM) FROM Opportunity LIMIT 201"])(
    "refuses %s",
    async (soql) => {
      await expect(connection.query(soql)).rejects.toMatchObject({
        errorCode: "MALFORMED_QUERY",
        message: "The SOQL FIELDS function must have a LIMIT of at most 200",
      });
    },
  );
});

describe("a path", () => {
  it("leads over five parents, not six", async () => {
    const parents = (count: number): string => Array<string>(count).fill("Parent.").join("");

    expect((await connection.query(`SELECT ${parents(5)}Name FROM Account`)).records).toHaveLength(1);
    await expect(connection.query(`SELECT ${parents(6)}Name FROM Account`)).rejects.toMatchObject({
      errorCode: "MALFORMED_QUERY",
    });
  });
});
