import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { Connection } from "@jsforce/jsforce-node";
import type { RecordTypeSetting } from "../schema/features.ts";
import { startTestOrg, type TestOrg } from "../testing/test-org.ts";

let org: TestOrg;
let connection: Connection;

const recordTypes: readonly RecordTypeSetting[] = [
  {
    object: "Opportunity",
    developerName: "New_Business",
    isDefault: true,
    picklists: { StageName: ["Qualification", "Negotiation/Review", "Closed Won", "Closed Lost"] },
  },
  { object: "Opportunity", developerName: "Renewal", label: "Renewals" },
];

beforeEach(async () => {
  org = await startTestOrg();
  connection = new Connection(org.connection);
});

afterEach(() => org.close());

const deal = { Name: "Deal", StageName: "Qualification", CloseDate: "2026-06-30" };
const typeId = (name: string): string =>
  String(org.salesforce.records("RecordType").find(({ DeveloperName }) => DeveloperName === name)?.["Id"]);

describe("record types", () => {
  it("are no field of an object that has none", async () => {
    const { recordTypeInfos, fields } = await connection.sobject("Opportunity").describe();

    expect(fields.some(({ name }) => name === "RecordTypeId")).toBe(false);
    expect(recordTypeInfos).toMatchObject([{ developerName: "Master", master: true, defaultRecordTypeMapping: true }]);
    await expect(connection.query("SELECT RecordTypeId FROM Opportunity")).rejects.toMatchObject({
      errorCode: "INVALID_FIELD",
    });
  });

  it("are described, found by SOQL, and given to new records by default", async () => {
    org.salesforce.configure({ recordTypes });

    const { id = "" } = await connection.sobject("Opportunity").create(deal);

    const { recordTypeInfos } = await connection.sobject("Opportunity").describe();
    expect(
      recordTypeInfos.map(({ name, recordTypeId, defaultRecordTypeMapping }) => [
        name,
        recordTypeId,
        defaultRecordTypeMapping,
      ]),
    ).toEqual([
      ["New Business", typeId("New_Business"), true],
      ["Renewals", typeId("Renewal"), false],
      ["Master", "012000000000000AAA", false],
    ]);
    const soql = "SELECT Id, RecordType.DeveloperName FROM Opportunity WHERE RecordType.DeveloperName = 'New_Business'";
    expect((await connection.query(soql)).records).toMatchObject([
      { Id: id, RecordType: { DeveloperName: "New_Business" } },
    ]);
    const types = await connection.query(
      "SELECT Name FROM RecordType WHERE SobjectType = 'Opportunity' AND IsActive = true",
    );
    expect(types.totalSize).toBe(2);
    await expect(connection.sobject("Account").describe()).resolves.not.toMatchObject({
      fields: expect.arrayContaining([expect.objectContaining({ name: "RecordTypeId" })]),
    });
  });

  it("have a sales process of their own: another stage is refused when it is written, and stays where it was", async () => {
    const old = org.salesforce.create("Opportunity", { ...deal, StageName: "Value Proposition" });
    org.salesforce.configure({ recordTypes });
    const refused = {
      errorCode: "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
      message: "Stage: bad value for restricted picklist field: Value Proposition",
      data: { fields: ["StageName"] },
    };
    const other = { ...deal, StageName: "Value Proposition" };

    await expect(connection.sobject("Opportunity").create(other)).rejects.toMatchObject(refused);
    const renewal = await connection.sobject("Opportunity").create({ ...other, RecordTypeId: typeId("Renewal") });
    expect(renewal).toMatchObject({ success: true });
    const typed = { Id: old, RecordTypeId: typeId("New_Business") };
    expect(await connection.sobject("Opportunity").update(typed)).toMatchObject({ success: true });
    await expect(
      connection.sobject("Opportunity").update({ Id: old, StageName: "Value Proposition" }),
    ).rejects.toMatchObject(refused);
  });

  it("tell their picklists over the UI API", async () => {
    org.salesforce.configure({ recordTypes });
    const path = `/ui-api/object-info/Opportunity/picklist-values/`;
    const stages = async (type: string): Promise<readonly string[]> => {
      const answer = await connection.request<{
        picklistFieldValues: Record<string, { values: readonly { value: string }[] }>;
      }>(`/services/data/v63.0${path}${type}`);
      return (answer.picklistFieldValues["StageName"]?.values ?? []).map(({ value }) => value);
    };

    expect(await stages(typeId("New_Business"))).toEqual(recordTypes[0]?.picklists?.["StageName"]);
    expect(await stages(typeId("Renewal"))).toHaveLength(10);
    expect(await stages("012000000000000AAA")).toHaveLength(10);
    expect(await connection.request(`/services/data/v63.0${path}${typeId("New_Business")}/StageName`)).toMatchObject({
      values: [{ value: "Qualification", label: "Qualification", validFor: [] }, {}, {}, {}],
    });
    await expect(stages("012000000000001")).rejects.toMatchObject({ errorCode: "NOT_FOUND" });
  });

  it("refuse another object's type, and keep their ids when the org is loaded again", async () => {
    org.salesforce.configure({ recordTypes: [...recordTypes, { object: "Account", developerName: "Partner" }] });
    const wrong = connection.sobject("Opportunity").create({ ...deal, RecordTypeId: typeId("Partner") });
    await expect(wrong).rejects.toMatchObject({ errorCode: "INVALID_CROSS_REFERENCE_KEY" });
    const before = typeId("Renewal");

    org.salesforce.load(org.salesforce.state());
    org.salesforce.configure({ recordTypes: recordTypes.slice(1) });

    expect(typeId("Renewal")).toBe(before);
    expect(org.salesforce.records("RecordType")).toContainEqual(
      expect.objectContaining({ DeveloperName: "New_Business", IsActive: false }),
    );
  });
});
