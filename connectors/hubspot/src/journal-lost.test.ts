import type { Connection } from "@cosell/connector";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { accessToken } from "./__fixtures__/emulated-portal.ts";
import {
  type Drained,
  followed,
  type FollowedPortal,
  inJournal,
  refs,
  startFollowedPortal,
} from "./__fixtures__/followed-portal.ts";

let emulated: FollowedPortal;
beforeEach(async () => {
  emulated = await startFollowedPortal();
});
afterEach(() => emulated.close());

const minute = 60_000;
const hour = 60 * minute;
const { object } = followed;
const newDeal = { dealname: "Data lake", dealstage: "qualifiedtobuy" };

describe("a place that the journal no longer knows", () => {
  /** What the journal can tell no more. */
  const unheard = (): { readonly gone: string; readonly losers: readonly string[]; readonly made: string } => {
    const { portal } = emulated;
    const [gone = "", one = "", two = ""] = portal.records(object).map(({ id }) => id);
    portal.archive(object, gone);
    portal.merge(object, one, two);
    return { gone, losers: [one, two], made: portal.create(object, newDeal) };
  };
  const kinds = ({ changes }: Drained): unknown => Object.fromEntries(changes.map(({ ref, kind }) => [ref, kind]));

  beforeEach(() => {
    for (let count = 0; count < 3; count += 1) emulated.portal.create(object, newDeal);
  });

  it.each(["not-found", "bad-request"] as const)(
    "is looked past by the search, when HubSpot says so (%s)",
    async (journalLostOffset) => {
      const first = await emulated.journalCursor();
      emulated.portal.create(object, newDeal);
      const { cursor } = await emulated.drain(first);
      emulated.emulators.hubspot.configure({ journalLostOffset, journalRetentionMs: 0 });
      const { gone, losers, made } = unheard();
      emulated.advance(11 * minute);
      const told = await emulated.drain(cursor);
      expect(kinds(told)).toMatchObject({
        ...{ [gone]: "delete", [made]: "upsert" },
        ...Object.fromEntries(losers.map((ref) => [ref, "merge"])),
      });
      emulated.emulators.hubspot.configure({ journalRetentionMs: 72 * hour });
      const heard = emulated.portal.create(object, newDeal);
      const calls = await emulated.calledDuring(async () =>
        expect(refs(await emulated.drain(told.cursor))).toContain(heard),
      );
      expect(calls).not.toContain("deals.search");
    },
  );

  it("is looked past after three days, whatever HubSpot says", async () => {
    emulated.emulators.hubspot.configure({ journalLostOffset: "empty" });
    const first = await emulated.journalCursor();
    emulated.portal.create(object, newDeal);
    const { cursor } = await emulated.drain(first);
    const { gone, losers, made } = unheard();
    emulated.advance(72 * hour);
    expect(kinds(await emulated.drain(cursor))).toMatchObject({
      ...{ [gone]: "delete", [made]: "upsert" },
      ...Object.fromEntries(losers.map((ref) => [ref, "merge"])),
    });
  });

  it("is lost with the cursor when the search can tell of deletes no more either", async () => {
    const cursor = await emulated.journalCursor();
    emulated.advance(90 * 24 * hour);
    expect((await emulated.drain(cursor)).lost).toBe(true);
  });

  it("is left in time where nothing happens for days", async () => {
    emulated.emulators.hubspot.configure({ journalLostOffset: "empty" });
    let cursor = await emulated.journalCursor();
    emulated.portal.create(object, newDeal);
    for (let time = 0; time < 10; time += 1) {
      ({ cursor } = await emulated.drain(cursor));
      emulated.advance(10 * hour);
    }
    ({ cursor } = await emulated.drain(cursor));
    const id = emulated.portal.create(object, newDeal);
    expect(refs(await emulated.drain(cursor))).toEqual([id]);
  });

  it("loses nothing when the journal passes it over in silence: the daily sweep looks past it", async () => {
    emulated.emulators.hubspot.configure({ journalLostOffset: "empty" });
    const first = await emulated.journalCursor();
    emulated.portal.create(object, newDeal);
    const { cursor } = await emulated.drain(first);
    emulated.emulators.hubspot.configure({ journalRetentionMs: 0 });
    const unheard = emulated.portal.create(object, newDeal);
    emulated.advance(hour);
    const before = await emulated.drain(cursor);
    expect(refs(before)).toEqual([]);
    emulated.advance(24 * hour);
    const swept = await emulated.drain(before.cursor);
    expect(refs(swept)).toContain(unheard);
    expect(inJournal(swept)).toBe(true);
  });
});

describe("the search goes on for the journal", () => {
  const withoutJournal = (): Promise<Connection> => emulated.connect({ accessToken });

  it("where the app loses it, and the journal where it comes back", async () => {
    const { portal, emulators, advance } = emulated;
    const { journalScopes } = emulators.hubspot.settings();
    let { cursor } = await emulated.drain(await emulated.journalCursor());
    const unread = portal.create(object, newDeal);
    emulators.hubspot.configure({ journalScopes: [], associationTouchesRecord: false });
    emulators.hubspot.expireTokens();
    advance(5000);
    const searched = await emulated.drain(cursor);
    expect(refs(searched)).toContain(unread);
    // What no search can see.
    const end = { object: "companies", id: portal.create("companies", { name: "Octank" }) };
    portal.associate({ object, id: unread }, end);
    ({ cursor } = searched);
    for (let time = 0; time < 4; time += 1) {
      advance(11 * minute);
      ({ cursor } = await emulated.drain(cursor));
    }
    emulators.hubspot.configure({ journalScopes });
    advance(11 * minute);
    const heard = portal.create(object, newDeal);
    const calls = await emulated.calledDuring(async () =>
      expect(refs(await emulated.drain(cursor))).toEqual(expect.arrayContaining([heard, unread])),
    );
    expect(calls).not.toContain("deals.search");
  });

  it("where it is taken out of the configuration", async () => {
    const { portal, advance } = emulated;
    const { cursor } = await emulated.drain(await emulated.journalCursor());
    const [id, gone] = [portal.create(object, newDeal), portal.create(object, newDeal)];
    portal.archive(object, gone);
    advance(11 * minute);
    const told = await emulated.drain(cursor, { over: await withoutJournal() });
    expect(told.changes).toEqual(
      expect.arrayContaining([{ kind: "delete", ref: gone }, expect.objectContaining({ kind: "upsert", ref: id })]),
    );
    advance(minute);
    // And back, with what the search had told.
    const later = portal.create(object, newDeal);
    advance(5000);
    expect(refs(await emulated.drain(told.cursor))).toContain(later);
  });

  it("where somebody ends a subscription, or the mapping reads more", async () => {
    const { portal, emulators, advance } = emulated;
    const { cursor } = await emulated.drain(await emulated.journalCursor());
    const state = emulators.hubspot.state();
    emulators.hubspot.load({ ...state, ...(state.journal && { journal: { ...state.journal, subscriptions: [] } }) });
    const unheard = portal.create(object, newDeal);
    advance(11 * minute);
    expect(refs(await emulated.drain(cursor))).toContain(unheard);
    const { subscriptions } = emulators.hubspot.state().journal ?? {};
    expect(subscriptions).toHaveLength(3);
    await emulated.connection.changes({ object, fields: ["company.city"] });
    expect(emulators.hubspot.state().journal?.subscriptions).toMatchObject([
      { objectTypeId: "0-3" },
      { subscriptionType: "ASSOCIATION" },
      { objectTypeId: "0-2", properties: ["city", "name"] },
    ]);
  });

  it("where an event has a form that nobody knows", async () => {
    const { portal, emulators, advance, clock } = emulated;
    const cursor = await emulated.journalCursor();
    const { journal, ...rest } = emulators.hubspot.state();
    const portalId = portal.portalId;
    const strange = {
      portalId,
      occurredAt: new Date(clock.now()).toISOString(),
      action: "ASSOCIATION_ADDED",
      ends: [1, 2],
    };
    if (!journal) throw new Error("no journal");
    const views = { ...journal.views, [portalId]: { waiting: [strange], files: [] } };
    emulators.hubspot.load({ ...rest, journal: { ...journal, views } });
    const unheard = portal.create(object, newDeal);
    advance(5000);
    const calls = await emulated.calledDuring(async () =>
      expect(refs(await emulated.drain(cursor))).toContain(unheard),
    );
    expect(calls).toContain("deals.search");
  });

  it("for objects whose number only the portal knows, and for apps that have no journal", async () => {
    emulated.emulators.hubspot.configure({ journalScopes: [] });
    const id = emulated.portal.create(object, newDeal);
    emulated.advance(5000);
    const first = await emulated.drain();
    expect([refs(first), inJournal(first)]).toEqual([[id], false]);
  });
});
