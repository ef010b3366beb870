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

const invited = {
  LastName: "Unknown",
  Company: "Initech",
  Website: "https://initech.example",
  Country: "US",
  LeadSource: "Partner Referral",
  AWS_Invitation_Id__c: "engi-1",
  AWS_Engagement_Id__c: "eng-1",
};

const stored = (object: string, id: string | undefined) => org.salesforce.records(object).find(({ Id }) => Id === id);

describe("a lead", () => {
  it("needs a name and a company, and is open unless it says otherwise", async () => {
    await expect(connection.sobject("Lead").create({ LastName: "Ito" })).rejects.toMatchObject({
      errorCode: "REQUIRED_FIELD_MISSING",
      data: { fields: ["Company"] },
    });

    const { id = "" } = await connection.sobject("Lead").create(invited);

    expect(id.slice(0, 3)).toBe("00Q");
    expect(await connection.sobject("Lead").retrieve(id)).toMatchObject({
      ...{
        ...invited,
        Name: "Unknown",
        Status: "Open - Not Contacted",
        IsConverted: false,
        ConvertedOpportunityId: null,
      },
    });
    const { fields } = await connection.sobject("Lead").describe();
    expect(fields.find(({ name }) => name === "Status")).toMatchObject({ nillable: false, defaultedOnCreate: true });
    expect(fields.find(({ name }) => name === "IsConverted")).toMatchObject({ createable: false, updateable: false });
  });

  it("is the same one for the same invitation", async () => {
    const [first] = await connection.sobject("Lead").upsert([invited], "AWS_Invitation_Id__c");
    const [second] = await connection.sobject("Lead").upsert([{ ...invited, Title: "CTO" }], "AWS_Invitation_Id__c");

    expect(first).toMatchObject({ success: true, created: true });
    expect(second).toMatchObject({ success: true, created: false, id: first?.id });
    await expect(connection.sobject("Lead").create(invited)).rejects.toMatchObject({ errorCode: "DUPLICATE_VALUE" });
  });
});

describe("a person converts a lead", () => {
  it("into an account, a contact and an opportunity, which keep what the lead knew", async () => {
    const lead = org.salesforce.create("Lead", invited);
    org.clock.advance(1000);

    org.salesforce.edit("Lead", lead, { Title: "CTO", IsConverted: true });

    const { records } = await connection.query(
      `SELECT IsConverted, ConvertedDate, Status, SystemModstamp, ConvertedAccountId, ConvertedContactId,
       ConvertedOpportunityId FROM Lead`,
    );
    expect(records).toMatchObject([
      {
        IsConverted: true,
        ConvertedDate: "2026-03-02",
        Status: "Closed - Converted",
        SystemModstamp: "2026-03-02T09:30:16.250+0000",
      },
    ]);
    const [converted = {}] = records as readonly Readonly<Record<string, unknown>>[];
    const { ConvertedAccountId, ConvertedContactId, ConvertedOpportunityId } = converted;
    expect(stored("Account", String(ConvertedAccountId))).toMatchObject({
      ...{ Name: "Initech", Website: "https://initech.example", BillingCountry: "US" },
    });
    expect(stored("Contact", String(ConvertedContactId))).toMatchObject({
      ...{ LastName: "Unknown", Title: "CTO", AccountId: ConvertedAccountId },
    });
    expect(stored("Opportunity", String(ConvertedOpportunityId))).toMatchObject({
      Name: "Initech-",
      AccountId: ConvertedAccountId,
      StageName: "Prospecting",
      CloseDate: "2026-03-31",
      LeadSource: "Partner Referral",
      AWS_Invitation_Id__c: "engi-1",
      AWS_Engagement_Id__c: "eng-1",
    });
    expect(org.salesforce.records("OpportunityContactRole")).toMatchObject([
      { OpportunityId: ConvertedOpportunityId, ContactId: ConvertedContactId, IsPrimary: true },
    ]);
  });

  it("into an account that exists, and without a deal", () => {
    const account = org.salesforce.create("Account", { Name: "Initech Inc" });
    const lead = org.salesforce.create("Lead", invited);

    const made = org.salesforce.convert(lead, { accountId: account, createOpportunity: false });

    expect(made).toMatchObject({ accountId: account, opportunityId: undefined });
    expect(org.salesforce.records("Account")).toHaveLength(1);
    expect(org.salesforce.records("Opportunity")).toEqual([]);
  });

  it("once: from then on it takes no change", async () => {
    const lead = org.salesforce.create("Lead", invited);
    org.salesforce.edit("Lead", lead, { IsConverted: true });

    const refused = { errorCode: "CANNOT_UPDATE_CONVERTED_LEAD", message: "cannot reference converted lead" };
    await expect(connection.sobject("Lead").update({ Id: lead, Title: "CTO" })).rejects.toMatchObject(refused);
    expect(() => org.salesforce.edit("Lead", lead, { IsConverted: true })).toThrow(refused.message);
    expect(org.salesforce.records("Opportunity")).toHaveLength(1);
  });

  it("but the API cannot: only SOAP converts leads", async () => {
    const lead = org.salesforce.create("Lead", invited);

    await expect(connection.sobject("Lead").update({ Id: lead, IsConverted: true })).rejects.toMatchObject({
      errorCode: "INVALID_FIELD_FOR_INSERT_UPDATE",
    });
  });
});

describe("a person merges, deletes and restores", () => {
  it("leads: the loser says into which", () => {
    const [winner, loser] = [
      org.salesforce.create("Lead", invited),
      org.salesforce.create("Lead", { LastName: "Ito", Company: "Initech" }),
    ];
    org.clock.advance(1000);

    org.salesforce.edit("Lead", loser, { MasterRecordId: winner });

    const stamp = "2026-03-02T09:30:16.250+0000";
    expect(stored("Lead", loser)).toMatchObject({ IsDeleted: true, MasterRecordId: winner, SystemModstamp: stamp });
    expect(stored("Lead", winner)).toMatchObject({ IsDeleted: false, MasterRecordId: null, SystemModstamp: stamp });
    expect(() => org.salesforce.edit("Lead", winner, { MasterRecordId: winner })).toThrow("into itself");
  });

  it("by the same edits on any object", () => {
    const account = org.salesforce.create("Account", { Name: "Acme" });

    org.salesforce.edit("Account", account, { IsDeleted: true });
    expect(stored("Account", account)).toMatchObject({ IsDeleted: true });
    org.salesforce.edit("Account", account, { IsDeleted: false, Name: "Acme Corporation" });

    expect(stored("Account", account)).toMatchObject({ IsDeleted: false, Name: "Acme Corporation" });
  });
});
