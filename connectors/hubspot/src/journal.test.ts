import type { Connection } from "@cosell/connector";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { accessToken, journalApp } from "./__fixtures__/emulated-portal.ts";
import { followed, type FollowedPortal, inJournal, refs, startFollowedPortal } from "./__fixtures__/followed-portal.ts";

let emulated: FollowedPortal;
beforeEach(async () => {
  emulated = await startFollowedPortal();
});
afterEach(() => emulated.close());

const minute = 60_000;
const { object } = followed;
const newDeal = { dealname: "Data lake", dealstage: "qualifiedtobuy" };

describe("changes by the Webhooks Journal", () => {
  it("subscribes at first and searches on, until the journal has heard for half an hour; then it searches no more", async () => {
    const { portal, advance, emulators } = emulated;
    const early = portal.create(object, newDeal);
    advance(5000);
    const first = await emulated.drain();
    expect(refs(first)).toEqual([early]);
    expect(emulators.hubspot.state().journal?.subscriptions).toMatchObject([
      { objectTypeId: "0-3", properties: expect.arrayContaining(["dealname", "aws_cosell"]) },
      { objectTypeId: "0-2", properties: ["name"] },
      { subscriptionType: "ASSOCIATION", objectTypeId: "0-3", associatedObjectTypeIds: ["0-2"] },
    ]);
    advance(20 * minute);
    expect(inJournal(await emulated.drain(first.cursor))).toBe(false);
    const cursor = await emulated.journalCursor();
    portal.edit(object, early, { hs_next_step: "Call" });
    const late = portal.create(object, newDeal);
    const calls = await emulated.calledDuring(async () => {
      expect(refs(await emulated.drain(cursor))).toEqual([early, late].sort());
    });
    expect(calls.filter((operation) => operation.endsWith(".search"))).toEqual([]);
    expect(calls).toContain("journal.file");
  });

  it("tells a record with the version that it is read with, so that our own writes need no second look", async () => {
    const cursor = await emulated.journalCursor();
    const ref = emulated.portal.create(object, newDeal);
    const [read] = await emulated.connection.read({ object, refs: [ref], fields: [] });
    expect((await emulated.drain(cursor)).changes).toEqual([
      { kind: "upsert", ref, version: read?.status === "found" ? read.version : "" },
    ]);
  });

  it("tells of deletes, of what came back, and of merges with the third record that is left", async () => {
    const { portal } = emulated;
    const [gone = "", back = "", one = "", two = ""] = [1, 2, 3, 4].map(() => portal.create(object, newDeal));
    const cursor = await emulated.journalCursor();
    portal.archive(object, gone);
    portal.archive(object, back);
    portal.restore(object, back);
    const survivor = portal.merge(object, one, two);
    const { changes } = await emulated.drain(cursor);
    expect(changes).toHaveLength(5);
    expect(changes).toEqual(
      expect.arrayContaining([
        { kind: "delete", ref: gone },
        { kind: "upsert", ref: back, version: expect.any(String) },
        { kind: "merge", ref: one, survivor },
        { kind: "merge", ref: two, survivor },
        { kind: "upsert", ref: survivor, version: expect.any(String) },
      ]),
    );
  });

  it("marks the deal whose company comes or goes, though the deal itself is not touched", async () => {
    emulated.emulators.hubspot.configure({ associationTouchesRecord: false });
    const { portal } = emulated;
    const deal = { object, id: portal.create(object, newDeal) };
    const company = { object: "companies", id: portal.create("companies", { name: "Octank" }) };
    const first = await emulated.drain(await emulated.journalCursor());
    portal.associate(company, deal);
    const joined = await emulated.drain(first.cursor);
    expect(refs(joined)).toEqual([deal.id]);
    const [read] = await emulated.connection.read({ object, refs: [deal.id], fields: [] });
    expect(joined.changes).not.toContainEqual(
      expect.objectContaining(read?.status === "found" ? { version: read.version } : {}),
    );
    portal.dissociate(company, deal);
    expect(refs(await emulated.drain(joined.cursor))).toEqual([deal.id]);
  });

  it("marks every deal of a company that changed or was merged, page by page, and none for a property that is not read", async () => {
    const { portal } = emulated;
    const [company = "", other = ""] = ["Octank", "Octank Ltd"].map((name) => portal.create("companies", { name }));
    const deals = Array.from({ length: 620 }, () => portal.create(object, newDeal)).sort();
    for (const id of deals) portal.associate({ object, id }, { object: "companies", id: company });
    const start = await emulated.journalCursor();
    portal.edit("companies", company, { city: "Berlin" });
    const untouched = await emulated.drain(start);
    expect(refs(untouched)).toEqual([]);
    portal.edit("companies", company, { name: "Octank Group" });
    const changed = await emulated.drain(untouched.cursor, { limit: 100 });
    expect(refs(changed)).toEqual(deals);
    portal.merge("companies", company, other);
    expect(refs(await emulated.drain(changed.cursor))).toEqual(deals);
  });

  it("misses nothing in many files of many events, told twice, late, and asked for in small pages", async () => {
    emulated.emulators.hubspot.configure({ journalFileEvents: 7, journalTellsTwice: true, journalLagMs: 2 * minute });
    const { portal, advance } = emulated;
    const ids = Array.from({ length: 40 }, () => portal.create(object, newDeal)).sort();
    const cursor = await emulated.journalCursor();
    for (const id of ids) portal.edit(object, id, { hs_next_step: "Call" });
    const soon = await emulated.drain(cursor, { limit: 3 });
    expect(refs(soon)).toEqual([]);
    advance(2 * minute);
    expect(refs(await emulated.drain(soon.cursor, { limit: 3 }))).toEqual(ids);
  });

  it("asks anew for the address of a file that is over, and searches when none can be had", async () => {
    const { portal, emulators, advance } = emulated;
    let cursor = await emulated.journalCursor();
    const id = portal.create(object, newDeal);
    emulators.hubspot.configure({ journalUrlLifetimeMs: 0 });
    advance(5000);
    const calls = await emulated.calledDuring(async () => {
      const searched = await emulated.drain(cursor);
      expect(refs(searched)).toContain(id);
      emulators.hubspot.configure({ journalUrlLifetimeMs: 600_000 });
      // For a while it is not asked for.
      portal.edit(object, id, { hs_next_step: "Call" });
      advance(5000);
      ({ cursor } = await emulated.drain(searched.cursor));
    });
    expect(calls.filter((operation) => operation === "journal.file")).toHaveLength(2);
    expect(calls).toContain("deals.search");
    advance(11 * minute);
    portal.edit(object, id, { hs_next_step: "Write" });
    const heard = await emulated.calledDuring(async () => expect(refs(await emulated.drain(cursor))).toEqual([id]));
    expect(heard).not.toContain("deals.search");
  });

  it("searches when the journal fails once, and is not stopped by it however seldom it is asked", async () => {
    const { portal, emulators, advance } = emulated;
    let cursor = await emulated.journalCursor();
    emulators.faults.add({ server: "hubspot", operation: "journal.next", kind: "server-error" });
    emulators.faults.add({ server: "hubspot", operation: "journal.earliest", kind: "server-error" });
    for (let time = 0; time < 3; time += 1) {
      const id = portal.create(object, newDeal);
      advance(30 * minute);
      const told = await emulated.drain(cursor);
      expect(refs(told)).toContain(id);
      ({ cursor } = told);
    }
  });

  it("renews the app's token, which ends after half an hour", async () => {
    const cursor = await emulated.journalCursor();
    const id = emulated.portal.create(object, newDeal);
    emulated.emulators.hubspot.expireTokens();
    expect(refs(await emulated.drain(cursor))).toEqual([id]);
  });
});

describe("check", () => {
  const detail = async (over: Connection = emulated.connection): Promise<unknown> => {
    const check = await over.check();
    return check.ok ? check.detail : check.failure;
  };

  it("tells how changes are followed, and what is missing for the journal", async () => {
    const { emulators, connect, portal } = emulated;
    expect(await detail(await connect({ accessToken }))).toMatch(/, changes by search$/);
    expect(await detail()).toMatch(
      /, changes by search, and by the Webhooks Journal half an hour after the first sync/,
    );
    await emulated.journalCursor();
    expect(await detail()).toMatch(/, changes by the Webhooks Journal$/);
    const wrong = await connect({ accessToken, ...journalApp, journalClientId: "another" });
    expect(await detail(wrong)).toMatch(
      /changes by search, since .*BAD_CLIENT_ID.*: journalClientId and journalClientSecret stand in the app's settings/,
    );
    portal.create(object, newDeal);
    emulators.hubspot.configure({ journalUrlLifetimeMs: 0 });
    expect(await detail()).toContain("names a file that cannot be fetched");
    emulators.hubspot.configure({ journalScopes: [] });
    emulators.hubspot.expireTokens();
    expect(await detail()).toContain("developer.webhooks_journal.read");
  });
});
