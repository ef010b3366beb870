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

const deal = { Name: "Deal", StageName: "Qualification", CloseDate: "2026-06-30" };

const createDeal = async (fields: Record<string, unknown> = {}): Promise<string> => {
  const { id } = await connection.sobject("Opportunity").create({ ...deal, ...fields });
  return id ?? "";
};

describe("one record over REST", () => {
  it("is stored trimmed, with empty text as null, defaults, an owner and stamps from the clock", async () => {
    const id = await createDeal({
      Name: "  Deal ",
      NextStep: "",
      Amount: "12.345",
      AWS_Delivery_Models__c: "Other;Resell;Other",
    });

    expect(await connection.sobject("Opportunity").retrieve(id)).toMatchObject({
      Id: id,
      Name: "Deal",
      NextStep: null,
      Amount: 12.35,
      AWS_Cosell__c: false,
      AWS_Delivery_Models__c: "Resell;Other",
      OwnerId: expect.stringMatching(/^005/),
      CreatedDate: "2026-03-02T09:30:15.250+0000",
      SystemModstamp: "2026-03-02T09:30:15.250+0000",
    });
  });

  it.each([
    [{ StageName: null }, "REQUIRED_FIELD_MISSING", ["StageName"]],
    [{ Name: "x".repeat(121) }, "STRING_TOO_LONG", ["Name"]],
    [{ AWS_Use_Case__c: "Nope" }, "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", ["AWS_Use_Case__c"]],
    [{ Nope__c: 1 }, "INVALID_FIELD", undefined],
    [{ CreatedDate: "2026-01-01T00:00:00Z" }, "INVALID_FIELD_FOR_INSERT_UPDATE", ["CreatedDate"]],
    [{ CloseDate: "2026-02-30" }, "JSON_PARSER_ERROR", undefined],
    [{ Amount: "many" }, "JSON_PARSER_ERROR", undefined],
    [{ AccountId: "nope" }, "MALFORMED_ID", ["AccountId"]],
    [{ AccountId: "00530000000000AAAA" }, "MALFORMED_ID", ["AccountId"]],
    [{ AccountId: "001000000000001AAA" }, "INVALID_CROSS_REFERENCE_KEY", undefined],
  ])("is refused with %j", async (fields, errorCode, names) => {
    const refusal = (await createDeal(fields).catch((error: unknown) => error)) as { errorCode: string; data: object };

    expect(refusal.errorCode).toBe(errorCode);
    expect("fields" in refusal.data ? refusal.data.fields : undefined).toEqual(names);
  });

  it("keeps its external id unique, whatever the case, until its holder is deleted", async () => {
    const first = await createDeal({ AWS_Opportunity_Id__c: "O1234567" });

    await expect(createDeal({ AWS_Opportunity_Id__c: "o1234567" })).rejects.toMatchObject({
      errorCode: "DUPLICATE_VALUE",
      message: expect.stringContaining(first),
    });
    await connection.sobject("Opportunity").destroy(first);
    await createDeal({ AWS_Opportunity_Id__c: "O1234567" });
  });

  it("is told apart: never there, deleted, of another kind", async () => {
    const id = await createDeal();
    await connection.sobject("Opportunity").destroy(id.slice(0, 15));
    const retrieve = (ref: string) => connection.sobject("Opportunity").retrieve(ref);

    await expect(retrieve(id)).rejects.toMatchObject({ errorCode: "ENTITY_IS_DELETED" });
    await expect(retrieve("0065g0000000000AAA")).rejects.toMatchObject({ errorCode: "NOT_FOUND" });
    await expect(retrieve("0015g0000000000AAA")).rejects.toMatchObject({ errorCode: "MALFORMED_ID" });
  });

  it("is upserted by external id: created, then updated", async () => {
    const upsert = (fields: Record<string, unknown>) =>
      connection
        .sobject("Opportunity")
        .upsert({ ...deal, ...fields, AWS_Opportunity_Id__c: "O1" }, "AWS_Opportunity_Id__c");

    const first = await upsert({});
    const second = await upsert({ Name: "Renamed" });

    expect(first).toMatchObject({ success: true, created: true });
    expect(second).toMatchObject({ success: true, created: false, id: first.id });
    expect(org.salesforce.records("Opportunity")).toMatchObject([{ Name: "Renamed", AWS_Opportunity_Id__c: "O1" }]);
  });

  it("is not written over when it changed in a later second than If-Unmodified-Since", async () => {
    const id = await createDeal();
    const read = new Date(org.clock.now()).toUTCString();
    const update = (NextStep: string) =>
      connection.sobject("Opportunity").update({ Id: id, NextStep }, { headers: { "If-Unmodified-Since": read } });
    org.clock.advance(500);
    org.salesforce.edit("Opportunity", id, { NextStep: "same second" });

    await expect(update("passes")).resolves.toMatchObject({ success: true });
    org.clock.advance(500);
    org.salesforce.edit("Opportunity", id, { NextStep: "a person" });

    await expect(update("is too late")).rejects.toMatchObject({
      errorCode: "ENTITY_FAILED_IFLASTMODIFIED_ON_UPDATE_CHECK",
    });
    expect(org.salesforce.records("Opportunity")[0]?.["NextStep"]).toBe("a person");
  });

  it("can be stamped by the second, as most orgs do", async () => {
    org.salesforce.configure({ stampPrecision: "second" });
    const id = await createDeal();

    const { records } = await connection.query(
      "SELECT SystemModstamp FROM Opportunity WHERE SystemModstamp >= 2026-03-02T09:30:15.900Z",
    );

    expect(records).toMatchObject([{ SystemModstamp: "2026-03-02T09:30:15.000+0000" }]);
    expect(id).toMatch(/^006/);
  });
});
