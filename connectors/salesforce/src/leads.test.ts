import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { type EmulatedOrg, startEmulatedOrg } from "./__fixtures__/emulated-org.ts";

let emulated: EmulatedOrg;
beforeEach(async () => {
  emulated = await startEmulatedOrg();
});
afterEach(() => emulated.close());

const object = "Lead";
const key = { field: "AWS_Invitation_Id__c", value: "engi-1" };
const fields = { LastName: "Unknown", Company: "Initech", [key.field]: key.value };
const settled = 5000;

/** Writes the lead of an invitation. */
const createLead = async (): Promise<string> => {
  const [result] = await emulated.connection.write([{ kind: "create", object, fields, idempotencyKey: key }]);
  if (result?.ok !== true) throw new Error(JSON.stringify(result));
  return result.ref;
};

describe("leads", () => {
  it("are written once, found by their invitation, and read", async () => {
    const ref = await createLead();
    expect(await createLead()).toBe(ref);
    const { connection } = emulated;
    expect(connection.canonicalRef(ref.slice(0, 15))).toBe(ref);
    expect(ref.startsWith("00Q")).toBe(true);
    expect(await connection.find({ object, field: key.field, match: { equals: [key.value] } })).toEqual([ref]);
    expect(await connection.read({ object, refs: [ref], fields: ["Status", "ConvertedOpportunityId"] })).toMatchObject([
      { status: "found", record: { Status: "Open - Not Contacted", ConvertedOpportunityId: null } },
    ]);
    expect((await connection.describe(object)).fields).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ name: "Company", required: true }),
        expect.objectContaining({ name: "Status", required: false }),
        expect.objectContaining({ name: key.field, unique: true }),
      ]),
    );
  });

  it("tell of their changes and of the deal that they became, and take no write afterwards", async () => {
    const ref = await createLead();
    emulated.advance(settled);
    const { connection, org } = emulated;
    const first = await connection.changes({ object });
    const cursor = first.cursorLost === true ? "" : first.cursor;
    emulated.advance(settled);
    const { opportunityId } = org.convert(ref);
    emulated.advance(settled);
    expect(await connection.changes({ object, cursor })).toMatchObject({ changes: [{ kind: "upsert", ref }] });
    expect(await connection.read({ object, refs: [ref], fields: ["ConvertedOpportunityId"] })).toMatchObject([
      { record: { ConvertedOpportunityId: opportunityId } },
    ]);
    expect(await connection.write([{ kind: "update", object, ref, fields: { Title: "CTO" } }])).toMatchObject([
      { ok: false, failure: { kind: "invalid", message: expect.stringContaining("was converted") } },
    ]);
  });

  it("that were merged say into which", async () => {
    const [loser, survivor] = [
      await createLead(),
      emulated.org.create(object, { LastName: "Ito", Company: "Initech" }),
    ];
    emulated.org.merge(object, survivor, [loser]);
    expect(await emulated.connection.read({ object, refs: [loser], fields: ["Company"] })).toEqual([
      { status: "merged", ref: loser, survivor },
    ]);
  });
});

describe("a duplicate rule", () => {
  it("is told with the record that it found and the administrator's words, without values", async () => {
    const { org, connection } = emulated;
    const like = org.create("Account", { Name: "Octank" });
    org.configure({
      duplicateRules: [{ object: "Account", name: "Rule", match: ["Name"], message: "Ask Kim first." }],
    });
    const [result] = await connection.write([{ kind: "create", object: "Account", fields: { Name: "octank" } }]);
    expect(result).toMatchObject({
      ok: false,
      failure: { kind: "invalid", code: "DUPLICATES_DETECTED", message: expect.stringContaining(`exists (${like})`) },
    });
    expect(JSON.stringify(result)).toContain("Ask Kim first.");
    expect(JSON.stringify(result)).not.toMatch(/octank/i);
  });
});

describe("recordUrl", () => {
  it("is the id at the org's address", async () => {
    const ref = await createLead();
    expect(emulated.connection.recordUrl?.(object, ref.slice(0, 15))).toBe(`${emulated.org.url}/${ref}`);
  });
});
