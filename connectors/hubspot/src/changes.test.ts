import type { Change, Connection } from "@cosell/connector";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { parseCursor } from "./cursor.ts";
import { overlapMs } from "./search-walk.ts";
import { type EmulatedPortal, startEmulatedPortal } from "./__fixtures__/emulated-portal.ts";

let emulated: EmulatedPortal;
beforeEach(async () => {
  emulated = await startEmulatedPortal();
});
afterEach(() => emulated.close());

const minute = 60_000;
const object = "deals";
const newDeal = { dealname: "Data lake", dealstage: "qualifiedtobuy" };

interface Drained {
  readonly changes: readonly Change[];
  readonly cursor: string;
}

async function drain(
  cursor?: string,
  fields: readonly string[] = [],
  connection: Connection = emulated.connection,
): Promise<Drained> {
  const changes: Change[] = [];
  let next = cursor;
  for (;;) {
    const page = await connection.changes({ object, fields, ...(next !== undefined && { cursor: next }) });
    if (page.cursorLost) throw new Error("cursor lost");
    changes.push(...page.changes);
    next = page.cursor;
    if (page.caughtUp) return { changes, cursor: page.cursor };
  }
}

const refs = ({ changes }: Drained): readonly string[] => [...new Set(changes.map(({ ref }) => ref))];

describe("changes", () => {
  it("tells more records of one stamp than a search reaches, without ever asking beyond 10,000", async () => {
    const ids = Array.from({ length: 10_050 }, (_, number) =>
      emulated.portal.create(object, { ...newDeal, amount: number }),
    );
    emulated.advance(5000);
    const told = refs(await drain());
    expect(told).toHaveLength(ids.length);
    expect(new Set(told)).toEqual(new Set(ids));
    expect(emulated.emulators.requests.since().filter(({ status }) => status >= 400)).toEqual([]);
  });

  it("skips none of the ids that HubSpot orders as texts", async () => {
    await emulated.close();
    emulated = await startEmulatedPortal({ firstId: "4990" });
    // "4999" comes after "49990" and before "5000"; "50000" comes between "5000" and "5001".
    const few = Array.from({ length: 60 }, () => emulated.portal.create(object, newDeal));
    emulated.emulators.hubspot.configure({ firstId: "49900" });
    const more = Array.from({ length: 400 }, () => emulated.portal.create(object, newDeal));
    emulated.advance(5000);
    expect(new Set(refs(await drain()))).toEqual(new Set([...few, ...more]));
  });

  it("tells what was archived since a time, however lately, and neither what went long before nor every record", async () => {
    const [early = "", late = "", quiet = ""] = [1, 2, 3].map(() => emulated.portal.create(object, newDeal));
    emulated.portal.archive(object, early);
    emulated.advance(3 * 24 * 60 * minute);
    emulated.portal.archive(object, late);
    emulated.advance(5000);
    const since = (milliseconds: number): string => new Date(emulated.clock.now() - milliseconds).toISOString();
    const page = await emulated.connection.changes({ object, since: since(minute) });
    expect(page).toMatchObject({ changes: [{ kind: "delete", ref: late }], caughtUp: true });
    const more = await emulated.connection.changes({ object, since: since(2 * 24 * 60 * minute) });
    expect(more).toMatchObject({ changes: [{ kind: "delete", ref: late }] });
    const all = await emulated.connection.changes({ object, since: since(4 * 24 * 60 * minute) });
    expect(all.cursorLost ? [] : all.changes.map(({ ref }) => ref).sort()).toEqual([early, late, quiet].sort());
  });

  it("says that it cannot tell what was archived so long ago", async () => {
    const since = new Date(emulated.clock.now() - 90 * 24 * 60 * minute).toISOString();
    expect(await emulated.connection.changes({ object, since })).toEqual({ cursorLost: true });
  });

  it("goes on behind pages that are short, or empty, in the middle", async () => {
    const ids = Array.from({ length: 500 }, () => emulated.portal.create(object, newDeal));
    emulated.advance(5000);
    const { cursor } = await drain();
    emulated.advance(20 * minute);
    emulated.emulators.hubspot.configure({ archivedStayInIndex: true });
    for (const id of ids) emulated.portal.edit(object, id, { hs_next_step: "Call" });
    for (const id of ids.slice(0, 450)) emulated.portal.archive(object, id);
    emulated.advance(5000);
    const { changes } = await drain(cursor);
    const upserts = changes.filter(({ kind }) => kind === "upsert").map(({ ref }) => ref);
    expect(new Set(upserts)).toEqual(new Set(ids.slice(450)));
  });

  it("finds, by its overlap, what the index showed late", async () => {
    emulated.emulators.hubspot.configure({ searchLagMs: 10 * minute });
    const { cursor } = await drain();
    emulated.advance(minute);
    const late = emulated.portal.create(object, newDeal);
    emulated.advance(minute);
    const before = await drain(cursor);
    expect(refs(before)).toEqual([]);
    emulated.advance(overlapMs - 2 * minute);
    expect(refs(await drain(before.cursor))).toEqual([late]);
  });

  it("finds in its daily sweep what the index never showed", async () => {
    const { cursor } = await drain();
    emulated.emulators.hubspot.configure({ searchLagMs: 90 * 24 * 60 * minute });
    const unseen = emulated.portal.create(object, newDeal);
    emulated.advance(60 * minute);
    const hour = await drain(cursor);
    expect(refs(hour)).toEqual([]);
    emulated.advance(24 * 60 * minute);
    expect(refs(await drain(hour.cursor))).toEqual([unseen]);
  });

  it("tells a merge of deals with both old ids, and the third one that is left", async () => {
    const [one, two] = [emulated.portal.create(object, newDeal), emulated.portal.create(object, newDeal)];
    emulated.advance(5000);
    const { cursor } = await drain();
    emulated.advance(minute);
    const survivor = emulated.portal.merge(object, one, two);
    emulated.advance(5000);
    const { changes } = await drain(cursor);
    expect(changes).toEqual(
      expect.arrayContaining([
        { kind: "merge", ref: one, survivor },
        { kind: "merge", ref: two, survivor },
        { kind: "upsert", ref: survivor, version: expect.any(String) },
      ]),
    );
  });

  it("tells a restored record again", async () => {
    const id = emulated.portal.create(object, newDeal);
    emulated.portal.archive(object, id);
    emulated.advance(5000);
    const { cursor } = await drain();
    emulated.advance(20 * minute);
    emulated.portal.restore(object, id);
    emulated.advance(5000);
    expect((await drain(cursor)).changes).toMatchObject([{ kind: "upsert", ref: id }]);
  });

  it("marks the deals of a contact that changed, whose date of modification has another name", async () => {
    const { portal, advance } = emulated;
    const [deal, other] = [portal.create(object, newDeal), portal.create(object, newDeal)];
    const contact = portal.create("contacts", { email: "kim@octank.example" });
    portal.associate({ object, id: deal }, { object: "contacts", id: contact });
    advance(5000);
    const first = await drain(undefined, ["contacts[].email"]);
    advance(20 * minute);
    const { cursor } = await drain(first.cursor, ["contacts[].email"]);
    advance(20 * minute);
    portal.edit("contacts", contact, { firstname: "Kim" });
    advance(5000);
    const changed = await drain(cursor, ["contacts[].email"]);
    expect(refs(changed)).toEqual([deal]);
    expect(refs(changed)).not.toContain(other);
    // What the overlap shows again is known.
    advance(minute);
    expect(refs(await drain(changed.cursor, ["contacts[].email"]))).toEqual([]);
  });

  it("marks every deal of a company that has more of them than HubSpot tells at once", async () => {
    const { portal, advance } = emulated;
    const company = portal.create("companies", { name: "Octank" });
    const deals = Array.from({ length: 620 }, () => portal.create(object, newDeal));
    for (const id of deals) portal.associate({ object, id }, { object: "companies", id: company });
    advance(5000);
    const { cursor } = await drain(undefined, ["company.name"]);
    advance(20 * minute);
    portal.edit("companies", company, { name: "Octank Group" });
    advance(5000);
    const first = await emulated.connection.changes({ object, cursor, fields: ["company.name"], limit: 100 });
    if (first.cursorLost) throw new Error("cursor lost");
    expect(first.changes).toHaveLength(100);
    const rest = await drain(first.cursor, ["company.name"]);
    expect(new Set([...first.changes.map(({ ref }) => ref), ...refs(rest)])).toEqual(new Set(deals));
  });

  it("says that a cursor is lost which is older than archived records are listed", async () => {
    const { cursor } = await drain();
    emulated.advance(90 * 24 * 60 * minute);
    expect(await emulated.connection.changes({ object, cursor })).toEqual({ cursorLost: true });
  });
});

describe("parseCursor", () => {
  it("takes no text for a cursor that is none", () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => parseCursor(text) === undefined));
  });
});
