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

const accounts = (): readonly unknown[] =>
  org.salesforce
    .records("Account")
    .filter(({ IsDeleted }) => IsDeleted === false)
    .map(({ Name }) => Name);

describe("a collection", () => {
  it("answers each record in its place: created, refused, updated, deleted, missing", async () => {
    const created = await connection.sobject("Account").create([{ Name: "A" }, { Website: "b" }, { Name: "C" }]);
    const [a, b, c] = created.map(({ id }) => id ?? "");
    expect(created).toMatchObject([
      { success: true, errors: [] },
      { success: false, errors: [{ statusCode: "REQUIRED_FIELD_MISSING", fields: ["Name"] }] },
      { success: true },
    ]);
    expect(b).toBe("");

    const missing = "0015g0000000000AAA";
    const updated = await connection.sobject("Account").update([
      { Id: c ?? "", Name: "C2" },
      { Id: missing, Name: "X" },
    ]);
    expect(updated).toMatchObject([
      { id: c, success: true },
      { success: false, errors: [{ statusCode: "INVALID_CROSS_REFERENCE_KEY" }] },
    ]);

    const deleted = await connection.sobject("Account").destroy([a ?? "", missing]);
    expect(deleted).toMatchObject([{ id: a, success: true }, { success: false }]);
    expect(accounts()).toEqual(["C2"]);

    const read = await connection.sobject("Account").retrieve([missing, c ?? "", a ?? ""], { fields: ["Name"] });
    expect(read).toMatchObject([null, { Id: c, Name: "C2" }, null]);
  });

  it("is upserted by an external id in each record", async () => {
    const deal = { Name: "Deal", StageName: "Qualification", CloseDate: "2026-06-30" };
    const upsert = () =>
      connection.sobject("Opportunity").upsert(
        [
          { ...deal, AWS_Opportunity_Id__c: "O/1?#" },
          { ...deal, Name: "x".repeat(200), AWS_Opportunity_Id__c: "O2" },
        ],
        "AWS_Opportunity_Id__c",
      );

    expect(await upsert()).toMatchObject([
      { success: true, created: true },
      { success: false, errors: [{ statusCode: "STRING_TOO_LONG" }] },
    ]);
    expect(await upsert()).toMatchObject([{ success: true, created: false }, { success: false }]);
    expect(org.salesforce.records("Opportunity")).toHaveLength(1);
  });

  it("is taken back as a whole when all or none was asked for", async () => {
    const results = await connection.sobject("Account").create([{ Name: "A" }, { Website: "b" }], { allOrNone: true });

    expect(results).toMatchObject([
      { success: false, errors: [{ statusCode: "ALL_OR_NONE_OPERATION_ROLLED_BACK" }] },
      { success: false, errors: [{ statusCode: "REQUIRED_FIELD_MISSING" }] },
    ]);
    expect(accounts()).toEqual([]);
  });

  it("is refused with more than 200 records", async () => {
    const records = Array.from({ length: 201 }, (_, index) => ({ Name: `Account ${index}` }));

    await expect(connection.sobject("Account").create(records)).rejects.toMatchObject({
      errorCode: "EXCEEDED_ID_LIMIT",
    });
    expect(await connection.sobject("Account").create(records, { allowRecursive: true })).toHaveLength(201);
  });
});
