import type { Change, ChangesPage } from "@cosell/connector";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { parseCursor } from "./cursor.ts";
import { type EmulatedCompany, startEmulatedCompany } from "./__fixtures__/emulated-company.ts";

let emulated: EmulatedCompany;
beforeEach(async () => {
  emulated = await startEmulatedCompany();
});
afterEach(() => emulated.close());

const object = "deals";
const minute = 60_000;

/** Everything until the feed is caught up. */
async function drain(
  cursor?: string,
  options: { fields?: readonly string[]; limit?: number } = {},
): Promise<{ changes: readonly Change[]; cursor: string }> {
  const changes: Change[] = [];
  for (let at = cursor; ;) {
    const page: ChangesPage = await emulated.connection.changes({
      object,
      ...options,
      ...(at !== undefined && { cursor: at }),
    });
    if (page.cursorLost) throw new Error("cursor lost");
    changes.push(...page.changes);
    if (page.caughtUp) return { changes, cursor: page.cursor };
    at = page.cursor;
  }
}

/** Some deals are told; then time passes until nothing of them is told again. */
async function quietCursor(fields: readonly string[] = []): Promise<string> {
  emulated.advance(30 * minute);
  const { cursor } = await drain(undefined, { fields });
  emulated.advance(30 * minute);
  return cursor;
}

const refsOf = (changes: readonly Change[]): readonly string[] => changes.map(({ ref }) => ref);

describe("changes", () => {
  it("tells an archived deal like any other, the first time and when it changes", async () => {
    const { company, advance } = emulated;
    const id = company.create("deals", { title: "Data lake" });
    company.edit("deals", id, { is_archived: true });
    const cursor = await quietCursor();
    expect((await drain(cursor)).changes).toEqual([]);
    company.edit("deals", id, { title: "Renamed" });
    advance(5000);
    expect((await drain(cursor)).changes).toMatchObject([{ kind: "upsert", ref: String(id) }]);
  });

  it("tells a merge as a delete of the one and a change of the other, since Pipedrive says no more", async () => {
    const { company, advance } = emulated;
    const [gone, kept] = [company.create("deals", { title: "One" }), company.create("deals", { title: "Two" })];
    const cursor = await quietCursor();
    company.merge("deals", gone, kept);
    advance(5000);
    const { changes } = await drain(cursor);
    expect(changes).toContainEqual({ kind: "delete", ref: String(gone) });
    expect(changes).toContainEqual(expect.objectContaining({ kind: "upsert", ref: String(kept) }));
  });

  it("does not tell what was deleted before it first looked", async () => {
    const { company, advance } = emulated;
    company.remove("deals", company.create("deals", { title: "Data lake" }));
    advance(5000);
    expect((await drain()).changes).toEqual([]);
  });

  it("tells nothing, and asks nothing, within the same second", async () => {
    const { cursor } = await drain();
    const before = emulated.emulators.requests.last;
    expect((await drain(cursor)).changes).toEqual([]);
    expect(emulated.emulators.requests.last).toBe(before);
  });

  it.each<[string, (ids: { org: number; person: number }) => void]>([
    ["its organization", ({ org }) => emulated.company.edit("organizations", org, { website: "https://example.com" })],
    ["its person", ({ person }) => emulated.company.edit("persons", person, { job_title: "CTO" })],
  ])("tells a deal once when %s changes, though the overlap shows the change again", async (_, change) => {
    const { company, advance } = emulated;
    const org = company.create("organizations", { name: "Octank" });
    const person = company.create("persons", { name: "Kim Ito" });
    const deal = company.create("deals", { title: "Data lake", org_id: org, person_id: person });
    company.create("deals", { title: "Other" });
    const fields = ["organization.name", "person.email", "owner.email"];
    const cursor = await quietCursor(fields);
    change({ org, person });
    advance(5000);
    const told = await drain(cursor, { fields });
    expect(refsOf(told.changes)).toEqual([String(deal)]);
    advance(minute);
    expect((await drain(told.cursor, { fields })).changes).toEqual([]);
  });

  it("tells all deals of a large organization, in pages no longer than asked", async () => {
    const { company, advance } = emulated;
    const org_id = company.create("organizations", { name: "Octank" });
    const deals = Array.from({ length: 23 }, (_, number) =>
      String(company.create("deals", { title: `Deal ${number}`, org_id })),
    );
    const fields = ["organization.name"];
    const cursor = await quietCursor(fields);
    company.edit("organizations", org_id, { name: "Renamed" });
    advance(5000);
    const first = await emulated.connection.changes({ object, fields, cursor, limit: 10 });
    expect(first).toMatchObject({ caughtUp: false, changes: { length: 10 } });
    expect([...refsOf((await drain(cursor, { fields, limit: 10 })).changes)].sort()).toEqual(deals.sort());
  });

  it("goes on when the mapping reads another object no more, and when Pipedrive forgets a place in a list", async () => {
    const { company, connection, advance } = emulated;
    const org_id = company.create("organizations", { name: "Octank" });
    const deals = Array.from({ length: 4 }, (_, number) =>
      String(company.create("deals", { title: `Deal ${number}`, org_id })),
    );
    advance(5000);
    const first = await connection.changes({ object, limit: 2 });
    if (first.cursorLost) throw new Error("cursor lost");
    const lost = JSON.stringify({ ...(JSON.parse(first.cursor) as object), page: "forgotten" });
    expect([...new Set(refsOf((await drain(lost)).changes))].sort()).toEqual(deals.sort());
    const fields = ["organization.name"];
    const cursor = await quietCursor(fields);
    company.edit("organizations", org_id, { name: "Renamed" });
    advance(5000);
    const page = await connection.changes({ object, fields, cursor, limit: 1 });
    if (page.cursorLost) throw new Error("cursor lost");
    expect((await drain(page.cursor)).changes).toEqual([]);
  });

  it("lists persons and organizations too", async () => {
    const { company, connection, advance } = emulated;
    const org = company.create("organizations", { name: "Octank" });
    advance(5000);
    expect(await connection.changes({ object: "organizations" })).toMatchObject({ changes: [{ ref: String(org) }] });
  });
});

describe("the cursor", () => {
  it("is no text that is none", () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => parseCursor(text) === undefined));
  });
});
