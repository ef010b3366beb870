import { failureOf } from "@cosell/connector";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { type EmulatedCompany, startEmulatedCompany } from "./__fixtures__/emulated-company.ts";

let emulated: EmulatedCompany;
beforeEach(async () => {
  emulated = await startEmulatedCompany();
});
afterEach(() => emulated.close());

const object = "deals";
const find = (field: string, ...equals: string[]): Promise<readonly string[]> =>
  emulated.connection.find({ object, field, match: { equals } });
const operationsSince = (start: number): readonly string[] =>
  emulated.emulators.requests.since(start).map(({ operation }) => operation);
const deal = (title: string, more: object = {}): string => String(emulated.company.create("deals", { title, ...more }));

describe("find", () => {
  it("searches for a few texts and compares the hits, since the search finds them in any custom field", async () => {
    const { company, emulators } = emulated;
    const key = (name: string): string => company.keyOf("deals", name);
    const ref = deal("One", { custom_fields: { [key("AWS Opportunity Id")]: "O1000001" } });
    deal("Two", { custom_fields: { [key("AWS Campaign")]: "O1000001" } });
    await find("title", "none");
    const start = emulators.requests.last;
    expect(await find("aws_opportunity_id", "o1000001", "O1000002")).toEqual([ref]);
    expect(operationsSince(start)).toEqual([
      "deals.search",
      "deals.search",
      "deals.list",
      "deals.listArchived",
      "deals.list",
    ]);
  });

  it("finds what was written a moment ago, of which the search does not know yet", async () => {
    const { company, connection, pipedrive, advance } = emulated;
    pipedrive.configure({ searchLagMs: 60_000 });
    const field = "aws_invitation_id";
    const made = await connection.write([{ kind: "create", object, fields: { title: "One", [field]: "engi-1" } }]);
    expect(made).toMatchObject([{ ok: true }]);
    const [{ id } = { id: 0 }] = company.records("deals");
    expect(await find(field, "engi-1")).toEqual([String(id)]);
    advance(120_000);
    expect(await find(field, "engi-1")).toEqual([String(id)]);
    company.edit("deals", id, { custom_fields: { [company.keyOf("deals", "AWS Invitation Id")]: "engi-2" } });
    expect(await find(field, "engi-1")).toEqual([]);
    advance(600_000);
    expect(await find(field, "engi-2")).toEqual([String(id)]);
  });

  it("reads the list for what the search cannot find: choices, numbers, many or short texts", async () => {
    const { company, emulators } = emulated;
    const [yes] =
      company
        .schema()
        .object("deals")
        .fields.find(({ name }) => name === "AWS Co-Sell")?.options ?? [];
    const ref = deal("Data lake", {
      value: 1200.5,
      custom_fields: { [company.keyOf("deals", "AWS Co-Sell")]: yes?.id },
    });
    deal("Backup");
    const start = emulators.requests.last;
    expect(await find("aws_co_sell", "yes")).toEqual([ref]);
    expect(await find("value", "1200.50", "much")).toEqual([ref]);
    expect(await find("title", ...Array.from({ length: 30 }, (_, number) => `Deal ${number}`), "data lake")).toEqual([
      ref,
    ]);
    expect(await emulated.connection.find({ object, field: "title", match: { contains: "l" } })).toEqual([ref]);
    expect(operationsSince(start)).not.toContain("deals.search");
  });

  it("looks into the records next to a deal", async () => {
    const { company } = emulated;
    company.putUser({ id: 202, name: "Dana Reyes", email: "dana@example.com", active: true });
    const org_id = company.create("organizations", { name: "Octank", website: "https://www.octank.example/shop" });
    const ref = deal("One", { org_id, owner_id: 202 });
    deal("Two");
    expect(await find("organization.name", "OCTANK")).toEqual([ref]);
    const match = { contains: "octank.example" };
    expect(await emulated.connection.find({ object, field: "organization.website", match })).toEqual([ref]);
    expect(await find("owner.email", "dana@example.com")).toEqual([ref]);
  });

  it("finds an archived deal, by search and by list", async () => {
    const ref = deal("Data lake");
    emulated.company.edit("deals", Number(ref), { is_archived: true });
    expect(await find("title", "data lake")).toEqual([ref]);
    expect(await find("stage", "qualified")).toEqual([ref]);
  });

  it("does not look further than one record away", async () => {
    const failure = await find("person.organization.name", "Octank").catch(failureOf);
    expect(failure).toMatchObject({ kind: "config", message: expect.stringContaining("next to them") });
  });
});
