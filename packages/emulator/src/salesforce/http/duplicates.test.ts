import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { Connection } from "@jsforce/jsforce-node";
import { startTestOrg, type TestOrg } from "../testing/test-org.ts";

let org: TestOrg;
let connection: Connection;
let acme: string;

beforeEach(async () => {
  org = await startTestOrg({
    settings: {
      duplicateRules: [
        {
          object: "Account",
          name: "Account_Duplicate_Rule",
          match: ["Name", "Website"],
          message: "It is there already.",
        },
        { object: "Contact", name: "Contact_Duplicate_Rule", match: ["Email"], action: "block" },
      ],
    },
  });
  connection = new Connection(org.connection);
  acme = org.salesforce.create("Account", { Name: "Acme", Website: "https://www.acme.example/shop" });
});

afterEach(() => org.close());

const again = { Name: "ACME", Website: "acme.example" };
const post = async (object: string, body: object, headers: Record<string, string> = {}) => {
  const response = await fetch(`${org.url}/services/data/v63.0/sobjects/${object}`, {
    method: "POST",
    headers: { authorization: `Bearer ${org.connection.accessToken}`, "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: await response.json() };
};

describe("a duplicate rule", () => {
  it("refuses a record that is like one that exists, and says which", async () => {
    const { status, body } = await post("Account", again);

    expect(status).toBe(400);
    expect(body).toEqual([
      {
        errorCode: "DUPLICATES_DETECTED",
        message: "It is there already.",
        duplicateResut: {
          allowSave: true,
          duplicateRule: "Account_Duplicate_Rule",
          duplicateRuleEntityType: "Account",
          errorMessage: "It is there already.",
          matchResults: [
            expect.objectContaining({
              ...{ entityType: "Account", size: 1, success: true },
              matchRecords: [expect.objectContaining({ record: expect.objectContaining({ Id: acme }) })],
            }),
          ],
        },
      },
    ]);
    expect(org.salesforce.records("Account")).toHaveLength(1);
  });

  it("lets others pass: one that differs in a field, one without a value, one whose like is in the recycle bin", async () => {
    for (const fields of [{ ...again, Website: "acme.test" }, { Name: "Acme" }]) {
      expect(await post("Account", fields)).toMatchObject({ status: 201 });
    }
    org.salesforce.remove("Account", acme);
    expect(await post("Account", again)).toMatchObject({ status: 201 });
  });

  it("that only alerts is overruled by the header, one that blocks is not", async () => {
    const headers = { "sforce-duplicate-rule-header": "allowSave=true; includeRecordDetails=false" };
    org.salesforce.create("Contact", { LastName: "Ito", Email: "kim@acme.example" });

    expect(await post("Account", again, headers)).toMatchObject({ status: 201 });
    expect(await post("Contact", { LastName: "Ito", Email: "KIM@acme.example" }, headers)).toMatchObject({
      status: 400,
      body: [{ errorCode: "DUPLICATES_DETECTED", duplicateResut: { allowSave: false } }],
    });
  });

  it("strikes one record of a collection, and upserts that would create", async () => {
    const results = await connection.sobject("Account").create([{ Name: "Other" }, again]);

    expect(results).toMatchObject([
      { success: true },
      { success: false, errors: [{ statusCode: "DUPLICATES_DETECTED", duplicateResut: { allowSave: true } }] },
    ]);
    expect(org.salesforce.records("Account")).toHaveLength(2);
    const options = { headers: { "Sforce-Duplicate-Rule-Header": "allowSave=true" } };
    expect(await connection.sobject("Account").create([again], options)).toMatchObject([{ success: true }]);
  });
});
