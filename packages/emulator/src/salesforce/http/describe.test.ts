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

const fieldOf = async (name: string) =>
  (await connection.sobject("Opportunity").describe()).fields.find((field) => field.name === name);

const deal = { Name: "Deal", StageName: "Qualification", CloseDate: "2026-06-30" };

describe("a describe", () => {
  it("lists the objects", async () => {
    const { sobjects } = await connection.describeGlobal();

    expect(sobjects.map(({ name, keyPrefix }) => [name, keyPrefix])).toEqual([
      ["Account", "001"],
      ["Campaign", "701"],
      ["Contact", "003"],
      ["Lead", "00Q"],
      ["Opportunity", "006"],
      ["OpportunityContactRole", "00K"],
      ["Organization", "00D"],
      ["RecordType", "012"],
      ["User", "005"],
    ]);
  });

  it("tells what a connector needs to know of a field", async () => {
    expect(await fieldOf("StageName")).toMatchObject({
      type: "picklist",
      createable: true,
      updateable: true,
      nillable: false,
      defaultedOnCreate: false,
    });
    expect(await fieldOf("AWS_Opportunity_Id__c")).toMatchObject({
      type: "string",
      length: 20,
      unique: true,
      externalId: true,
      idLookup: true,
      nillable: true,
    });
    expect(await fieldOf("AWS_Use_Case__c")).toMatchObject({ restrictedPicklist: true });
    expect((await fieldOf("AWS_Use_Case__c"))?.picklistValues).toHaveLength(39);
    expect(await fieldOf("SystemModstamp")).toMatchObject({ type: "datetime", createable: false, updateable: false });
    expect(await fieldOf("AccountId")).toMatchObject({
      type: "reference",
      referenceTo: ["Account"],
      relationshipName: "Account",
    });
    const { childRelationships } = await connection.sobject("Opportunity").describe();
    expect(childRelationships).toMatchObject([
      { childSObject: "Lead", field: "ConvertedOpportunityId", relationshipName: null },
      { childSObject: "OpportunityContactRole", field: "OpportunityId", relationshipName: "OpportunityContactRoles" },
    ]);
  });

  it("is not there for an object that the org does not have", async () => {
    await expect(connection.sobject("Nope").describe()).rejects.toMatchObject({ errorCode: "NOT_FOUND" });
  });
});

describe("an administrator", () => {
  it("removes a field: it is gone from describe, query and writes, and comes back with its values", async () => {
    const id = org.salesforce.create("Opportunity", { ...deal, NextStep: "Call" });
    const soql = "SELECT NextStep FROM Opportunity";

    org.salesforce.configure({ removedFields: ["Opportunity.NextStep"] });

    expect(await fieldOf("NextStep")).toBeUndefined();
    await expect(connection.query(soql)).rejects.toMatchObject({ errorCode: "INVALID_FIELD" });
    await expect(connection.sobject("Opportunity").update({ Id: id, NextStep: "x" })).rejects.toMatchObject({
      errorCode: "INVALID_FIELD",
    });
    expect(await connection.sobject("Opportunity").update({ Id: id, Name: "Renamed" })).toMatchObject({
      success: true,
    });
    org.salesforce.configure({ removedFields: [] });
    expect((await connection.query(soql)).records).toMatchObject([{ NextStep: "Call" }]);
  });

  it("retires a picklist value: old records keep it, new values are refused", async () => {
    const id = org.salesforce.create("Opportunity", { ...deal, AWS_Use_Case__c: "Outpost" });

    org.salesforce.configure({ retiredValues: [{ field: "Opportunity.AWS_Use_Case__c", value: "Outpost" }] });

    expect((await fieldOf("AWS_Use_Case__c"))?.picklistValues).toContainEqual(
      expect.objectContaining({ value: "Outpost", active: false }),
    );
    await expect(
      connection.sobject("Opportunity").create({ ...deal, AWS_Use_Case__c: "Outpost" }),
    ).rejects.toMatchObject({
      errorCode: "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
    });
    expect(await connection.sobject("Opportunity").update({ Id: id, Name: "Renamed" })).toMatchObject({
      success: true,
    });
  });

  it("adds a validation rule that starts to fail", async () => {
    org.salesforce.configure({
      validationRules: [
        {
          object: "Opportunity",
          condition: "StageName = 'Closed Won' AND Amount = null",
          message: "A won deal needs an amount.",
          field: "Amount",
        },
      ],
    });
    const id = await connection.sobject("Opportunity").create(deal);
    const close = (fields: Record<string, unknown>) =>
      connection.sobject("Opportunity").update({ Id: id.id ?? "", StageName: "Closed Won", ...fields });

    await expect(close({})).rejects.toMatchObject({
      errorCode: "FIELD_CUSTOM_VALIDATION_EXCEPTION",
      message: "A won deal needs an amount.",
      data: { fields: ["Amount"] },
    });
    expect(await close({ Amount: 5 })).toMatchObject({ success: true });
  });
});
