import { failureOf, Secret } from "@cosell/connector";
import { testContext, sendJson, startFakeServer } from "@cosell/connector/testing";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { config } from "./config.ts";
import { query } from "./query.ts";
import { createSession } from "./session.ts";
import { type EmulatedOrg, startEmulatedOrg } from "./__fixtures__/emulated-org.ts";

let emulated: EmulatedOrg;
beforeEach(async () => {
  emulated = await startEmulatedOrg();
});
afterEach(() => emulated.close());

const object = "Opportunity";
const newDeal = { Name: "Data lake", StageName: "Prospecting", CloseDate: "2026-09-30" };

describe("read", () => {
  it("gives records nested as the paths say", async () => {
    const { org, connection } = emulated;
    const parent = org.create("Account", { Name: "Octank" });
    const account = org.create("Account", { Name: "Octank Retail", ParentId: parent });
    const contact = org.create("Contact", { LastName: "Doe", Email: "doe@example.com" });
    const ref = org.create(object, { ...newDeal, AccountId: account, Amount: 1200.5 });
    org.create("OpportunityContactRole", { OpportunityId: ref, ContactId: contact, Role: "Evaluator" });
    const fields = [
      "Name",
      "Amount",
      "NextStep",
      "Account.Name",
      "Account.Parent.Name",
      "OpportunityContactRoles.records[].Role",
      "OpportunityContactRoles.records[].Contact.Email",
    ];
    const [result] = await connection.read({ object, refs: [ref], fields });
    expect(result).toMatchObject({ status: "found", ref });
    expect(result?.status === "found" && result.record).toEqual({
      Name: "Data lake",
      Amount: 1200.5,
      NextStep: null,
      Account: { Name: "Octank Retail", Parent: { Name: "Octank" } },
      OpportunityContactRoles: { records: [{ Role: "Evaluator", Contact: { Email: "doe@example.com" } }] },
    });
  });

  it("gives null for what is not related, and an empty list", async () => {
    const { org, connection } = emulated;
    const ref = org.create(object, newDeal);
    const fields = ["Account.Name", "Account.Industry", "OpportunityContactRoles.records[].Role"];
    const [result] = await connection.read({ object, refs: [ref], fields });
    expect(result?.status === "found" && result.record).toEqual({
      Account: null,
      OpportunityContactRoles: { records: [] },
    });
  });

  it("knows a record by either spelling of its id", async () => {
    const ref = emulated.org.create(object, newDeal);
    const results = await emulated.connection.read({ object, refs: [ref.slice(0, 15), ref], fields: ["Name"] });
    expect(results.map((result) => [result.status, result.ref])).toEqual([
      ["found", ref],
      ["found", ref],
    ]);
  });

  it("tells who changed a record last, and when", async () => {
    const { org, connection, advance } = emulated;
    const seller = org.create("User", { Username: "ann@example.com", LastName: "Lee", Email: "ann@example.com" });
    const ref = org.create(object, newDeal);
    advance(60_000);
    org.edit(object, ref, { Name: "Data lake 2", LastModifiedById: seller });
    const [result] = await connection.read({ object, refs: [ref], fields: ["Name"] });
    expect(result).toMatchObject({
      record: { Name: "Data lake 2" },
      changed: { at: "2026-03-02T09:31:15.250Z", by: "Lee" },
    });
    expect(result?.status === "found" && Object.keys(result.record)).toEqual(["Name"]);
  });

  it("tells deleted from merged", async () => {
    const { org, connection } = emulated;
    const [winner = "", loser = "", deleted = ""] = ["a", "b", "c"].map((Name) => org.create("Account", { Name }));
    org.merge("Account", winner, [loser]);
    org.remove("Account", deleted);
    expect(await connection.read({ object: "Account", refs: [loser, deleted], fields: ["Name"] })).toEqual([
      { status: "merged", ref: loser, survivor: winner },
      { status: "deleted", ref: deleted },
    ]);
  });

  it("names the records that went into one, those too that went into them; for a deal, which cannot be merged, nobody asks", async () => {
    const { org, connection, emulators } = emulated;
    const names = ["a", "b", "c", "d"];
    const [left = "", between = "", loser = "", other = ""] = names.map((Name) => org.create("Account", { Name }));
    org.merge("Account", between, [loser]);
    org.merge("Account", left, [between]);
    const results = await connection.read({ object: "Account", refs: [left, other], fields: ["Name"] });
    expect(results.map((result) => (result.status === "found" ? result.absorbed : result.status))).toEqual([
      [between, loser],
      undefined,
    ]);
    const deal = org.create(object, newDeal);
    await connection.read({ object, refs: [deal], fields: ["Name"] });
    const before = emulators.requests.last;
    await connection.read({ object, refs: [deal], fields: ["Name"] });
    expect(emulators.requests.last - before).toBe(1);
  });

  it.each([
    ["AWS_Nothing__c", /no field 'AWS_Nothing__c' on Opportunity/],
    ["Account.Nothing__c", /no field 'Nothing__c' on Account \(path 'Account.Nothing__c'\)/],
    ["account.Name", /write 'Account'/],
    ["Nobody.Name", /no relation 'Nobody' on Opportunity/],
    ["Quotes.records[].Name", /no list 'Quotes' on Opportunity/],
  ])("says what is wrong with the path %s", async (path, message) => {
    const ref = emulated.org.create(object, newDeal);
    const failure = await emulated.connection.read({ object, refs: [ref], fields: [path] }).catch(failureOf);
    expect(failure).toMatchObject({ kind: "config", message: expect.stringMatching(message) });
  });

  it("names a field that was removed while it kept the schema", async () => {
    const { org, connection } = emulated;
    const refs = [org.create(object, newDeal)];
    await connection.read({ object, refs, fields: ["NextStep"] });
    org.configure({ removedFields: ["Opportunity.NextStep"] });
    const read = (): Promise<unknown> => connection.read({ object, refs, fields: ["NextStep"] }).catch(failureOf);
    expect(await read()).toMatchObject({ kind: "invalid", message: expect.stringContaining("NextStep") });
    expect(await read()).toMatchObject({ kind: "config", message: expect.stringContaining("NextStep") });
  });
});

describe("read of a long list", () => {
  it("follows the pages inside a record", async () => {
    const text = (name: string): unknown => ({ name, label: name, type: "string" });
    const role = (number: number): unknown => ({ Role: `role ${number}` });
    const server = await startFakeServer(({ url }, response) => {
      const childRelationships = [{ childSObject: "Role", field: "DealId", relationshipName: "Roles" }];
      if (url.endsWith("/describe"))
        sendJson(response, 200, { name: "Deal", label: "", fields: [text("Role")], childRelationships });
      else if (url.includes("/query/inner")) sendJson(response, 200, { done: true, records: [role(2)] });
      else {
        const Roles = {
          done: false,
          records: [role(0), role(1)],
          nextRecordsUrl: "/services/data/v63.0/query/inner-2",
        };
        sendJson(response, 200, { done: true, records: [{ Id: "006000000000001AAA", SystemModstamp: "2026", Roles }] });
      }
    });
    const connection = await emulated.connect({ instanceUrl: server.url, accessToken: new Secret("token") });
    const [result] = await connection.read({
      object: "Deal",
      refs: ["006000000000001"],
      fields: ["Roles.records[].Role"],
    });
    expect(result?.status === "found" && result.record).toEqual({ Roles: { records: [role(0), role(1), role(2)] } });
    await server.close();
  });
});

describe("query", () => {
  it("reads past 10,000 rows, where jsforce stops without a word", async () => {
    const total = 10_500;
    const server = await startFakeServer(({ url }, response) => {
      const start = Number(/query\/01g-(\d+)/.exec(url)?.[1] ?? 0);
      const records = Array.from({ length: Math.min(2000, total - start) }, (_, row) => ({ Id: String(start + row) }));
      const done = start + records.length === total;
      sendJson(response, 200, {
        totalSize: total,
        done,
        records,
        ...(!done && { nextRecordsUrl: `/services/data/v63.0/query/01g-${start + 2000}` }),
      });
    });
    const session = createSession(
      config.parse({ instanceUrl: server.url, accessToken: new Secret("token") }),
      testContext(),
    );
    expect(new Set((await query(session, "SELECT Id FROM Opportunity")).map(({ Id }) => Id)).size).toBe(total);
    await server.close();
  });
});
