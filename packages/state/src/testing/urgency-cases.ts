import { equal } from "node:assert/strict";
import type { Mark, MarkPriority, StateStore } from "../store.ts";
import { type Case, claimAll, claimOne, newLink, refsOf, same, settle, sync } from "./case.ts";

const day = 24 * 60 * 60 * 1000;

const markWith = (store: StateStore, ref: string, priority?: MarkPriority): Promise<number> => {
  const mark: Mark = { side: "crm", ref, reason: priority ?? "none", ...(priority === undefined ? {} : { priority }) };
  return store.intake(sync, "crm", [mark], undefined);
};

export const urgencyCases: readonly Case[] = [
  {
    name: "the most urgent mark is claimed first, whatever its age; among equals the oldest; without a word it is normal",
    test: async ({ store, clock }) => {
      const marks = [
        ["L", "low"],
        ["N1", "normal"],
        ["N2", undefined],
        ["N3", "normal"],
        ["H", "high"],
        ["U2", "urgent"],
      ] as const;
      await markWith(store, "U1", "urgent");
      for (const [ref, priority] of marks) {
        clock.advance(60_000);
        await markWith(store, ref, priority);
      }
      same(refsOf(await claimAll(store, "a", 3)), ["U1", "U2", "H"]);
      same(refsOf(await claimAll(store, "a")), ["N1", "N2", "N3", "L"]);
    },
  },
  {
    name: "marks coalesce to the most urgent one, in one intake and over several; a less urgent one changes nothing",
    test: async ({ store, clock }) => {
      const one = (ref: string, priority: MarkPriority): Mark => ({ side: "crm", ref, reason: priority, priority });
      await store.intake(sync, "crm", [one("A", "low"), one("B", "high"), one("A", "urgent")], undefined);
      clock.advance(10);
      await markWith(store, "C", "low");
      await markWith(store, "B", "low");
      await markWith(store, "D", "normal");
      await markWith(store, "C", "high");
      same(refsOf(await claimAll(store, "a")), ["A", "B", "C", "D"]);
    },
  },
  {
    name: "no mark starves: a low one that has waited long goes before an urgent one made now",
    test: async ({ store, clock }) => {
      await markWith(store, "low", "low");
      clock.advance(2 * day);
      await markWith(store, "urgent", "urgent");
      same(refsOf(await claimAll(store, "a", 1)), ["urgent"]);
      clock.advance(30 * day);
      await markWith(store, "another", "urgent");
      same(refsOf(await claimAll(store, "b", 1)).includes("another"), false);
      same(refsOf(await claimAll(store, "c")).at(-1), "another");
    },
  },
  {
    name: "the urgency of what a settlement answered is gone; that of a mark made meanwhile stands",
    test: async ({ store, clock }) => {
      await markWith(store, "A", "urgent");
      await markWith(store, "B", "urgent");
      const claims = await claimAll(store, "a");
      await markWith(store, "A", "low");
      await markWith(store, "B", "high");
      clock.advance(10);
      for (const claimed of claims) await settle(store, "a", claimed);
      await markWith(store, "C", "normal");
      same(refsOf(await claimAll(store, "a")), ["B", "C", "A"]);
    },
  },
  {
    name: "a claim given back, or ended, has the urgency of all its marks",
    test: async ({ store, elapse }) => {
      await markWith(store, "A", "low");
      await markWith(store, "B", "normal");
      const [first] = await store.claim(sync, "a", { limit: 1, leaseMs: 60_000, crmRefs: ["A"] });
      await markWith(store, "A", "urgent");
      await store.release("a", [first?.link.id ?? ""]);
      same(refsOf(await store.claim(sync, "a", { limit: 1, leaseMs: 60_000 })), ["A"]);
      await elapse(60_000);
      same(refsOf(await claimAll(store, "b")), ["A", "B"]);
    },
  },
  {
    name: "links are marked by their ids, unknown and repeated ones aside",
    test: async ({ store }) => {
      const [a, b] = [await newLink(store, "006A"), await newLink(store, "006B")];
      for (const claimed of await claimAll(store, "a")) await settle(store, "a", claimed);
      equal(await store.markLinks([b.id, "nobody", b.id], "sweep", "low"), 1);
      equal(await store.markLinks([a.id, b.id], "operator", "urgent"), 1);
      equal(await store.markLinks([], "nothing"), 0);
      const claims = await claimAll(store, "a");
      same(
        claims.map(({ link, reasons }) => [link.crmRef, reasons]),
        [
          ["006A", ["operator"]],
          ["006B", ["sweep", "operator"]],
        ],
      );
    },
  },
  {
    name: "it tells what a claim would take, in its order, without taking it",
    test: async ({ store, clock }) => {
      const start = clock.now();
      await markWith(store, "A", "low");
      clock.advance(10);
      await markWith(store, "A", "urgent");
      await markWith(store, "B");
      await markWith(store, "C", "high");
      await store.claim(sync, "a", { limit: 1, leaseMs: 1000, crmRefs: ["C"] });
      const [a, b] = [await store.linkByCrmRef(sync, "A"), await store.linkByCrmRef(sync, "B")];
      const expected = [
        { linkId: a?.id, priority: "urgent", markedAt: start },
        { linkId: b?.id, priority: "normal", markedAt: start + 10 },
      ];
      same(await store.claimable(sync, { limit: 10 }), expected);
      same(await store.claimable(sync, { limit: 1 }), expected.slice(0, 1));
      same(await store.claimable("other", { limit: 1 }), []);
      same(
        (await claimAll(store, "a")).map(({ link, markedAt }) => ({ linkId: link.id, markedAt })),
        expected.map(({ linkId, markedAt }) => ({ linkId, markedAt })),
      );
      same(await store.claimable(sync, { limit: 10 }), []);
    },
  },
  {
    name: "a claim says how often in a row its link failed, whatever the failures",
    test: async ({ store, clock }) => {
      await newLink(store, "006A");
      const attempts: number[] = [];
      for (const failure of [
        { kind: "transient", message: "No." },
        { kind: "bug", message: "No." },
        undefined,
        { kind: "bug", message: "No." },
      ] as const) {
        const claimed = await claimOne(store, "a");
        attempts.push(claimed.attempts);
        await settle(store, "a", claimed, {
          failure: failure === undefined ? null : { failure, retryAt: clock.now() },
        });
        await store.markLinks([claimed.link.id], "again");
      }
      same([...attempts, (await claimOne(store, "a")).attempts], [0, 1, 2, 0, 1]);
    },
  },
  {
    name: "claims can be limited to some links",
    test: async ({ store }) => {
      const a = await newLink(store, "006A");
      const b = await newLink(store, "006B");
      await newLink(store, "006C");
      const options = { limit: 10, leaseMs: 1000 };
      same(await store.claim(sync, "a", { ...options, linkIds: [] }), []);
      same(await store.claim("other", "a", { ...options, linkIds: [a.id] }), []);
      same(refsOf(await store.claim(sync, "a", { ...options, linkIds: [b.id, "nobody", a.id] })), ["006A", "006B"]);
      same(refsOf(await store.claim(sync, "a", { ...options, linkIds: [a.id, b.id] })), []);
      equal((await claimOne(store, "a")).link.crmRef, "006C");
    },
  },
];
