import { equal, ok } from "node:assert/strict";
import {
  type Case,
  claimAll,
  claimOne,
  collect,
  failing,
  linkOfRecord,
  markRecords,
  minute,
  newLink,
  refsOf,
  settle,
  sync,
  same,
} from "./case.ts";
import type { NewJournalEntry } from "../store.ts";
import { underClaim } from "../under-claim.ts";

const line = (summary: string): NewJournalEntry => ({ at: 0, kind: "update", summary, detail: {} });

export const claimCases: readonly Case[] = [
  {
    name: "marks coalesce: one claim, its reasons oldest first and without repeats",
    test: async ({ store }) => {
      equal(await markRecords(store, ["006A", "006A"], "crm"), 1);
      equal(await markRecords(store, ["006A"], "event"), 0);
      equal(await markRecords(store, ["006A"], "crm"), 0);
      const claimed = await claimOne(store, "a");
      same(claimed.reasons, ["crm", "event"]);
    },
  },
  {
    name: "the reasons of a link that is marked for ever new ones stay few, the oldest first",
    test: async ({ store }) => {
      for (let index = 0; index < 100; index += 1) await markRecords(store, ["006A"], `reason ${index}`);
      const { reasons } = await claimOne(store, "a");
      ok(reasons.length >= 5 && reasons.length <= 50, `${reasons.length} reasons`);
      equal(reasons[0], "reason 0");
    },
  },
  {
    name: "the oldest mark is claimed first, not the oldest link; a later mark does not set it back",
    test: async ({ store, clock }) => {
      await markRecords(store, ["006A", "006B"]);
      for (const claimed of await claimAll(store, "a")) await settle(store, "a", claimed);
      for (const ref of ["006C", "006B", "006A", "006C"]) {
        clock.advance(10);
        await markRecords(store, [ref]);
      }
      same(refsOf(await claimAll(store, "a", 2)), ["006C", "006B"]);
      same(refsOf(await claimAll(store, "a", 2)), ["006A"]);
    },
  },
  {
    name: "two owners never hold one link, also through two stores at once",
    test: async ({ store, open }) => {
      const refs = Array.from({ length: 60 }, (_, index) => `006-${index}`);
      await markRecords(store, refs);
      const other = await open();
      const claims = await Promise.all(
        Array.from({ length: 20 }, (_, index) => claimAll(index % 2 === 0 ? store : other, `owner ${index}`, 5)),
      );
      same(claims.flatMap(refsOf).toSorted(), refs.toSorted());
    },
  },
  {
    name: "a claim holds until its lease ends; renewing prolongs it, for its owner only",
    test: async ({ store, elapse }) => {
      const { id } = await newLink(store, "006A");
      await claimOne(store, "a");
      await elapse(minute / 2);
      same(await claimAll(store, "b"), []);
      await store.renew("a", [id], minute);
      await store.renew("b", [id], 10 * minute);
      await elapse(minute / 2);
      same(await claimAll(store, "b"), []);
      same(await store.claimable(sync, { limit: 1 }), []);
      await elapse(minute / 2);
      equal((await store.claimable(sync, { limit: 1 })).length, 1);
      equal((await claimOne(store, "b")).link.id, id);
    },
  },
  {
    name: "a released claim is free at once with all its reasons; another's is not released",
    test: async ({ store }) => {
      const { id } = await newLink(store, "006A");
      await claimOne(store, "a");
      await markRecords(store, ["006A"], "later");
      await store.release("b", [id]);
      same(await claimAll(store, "b"), []);
      await store.release("a", [id]);
      same((await claimOne(store, "b")).reasons, ["changed", "later"]);
    },
  },
  {
    name: "a settled link is clean, and newly dirty with the next mark",
    test: async ({ store, clock }) => {
      const { id } = await newLink(store, "006A");
      await settle(store, "a", await claimOne(store, "a"));
      clock.advance(10 * minute);
      same(await claimAll(store, "a"), []);
      same(await collect(store.dirtyLinks(sync)), []);
      equal(await markRecords(store, ["006A"], "second"), 1);
      const claimed = await claimOne(store, "b");
      same([claimed.link.id, claimed.reasons], [id, ["second"]]);
    },
  },
  {
    name: "a mark made during the work keeps the link dirty, for what came since only, in the order of that mark",
    test: async ({ store, clock }) => {
      await newLink(store, "006A");
      const claimed = await claimOne(store, "a");
      clock.advance(10);
      equal(await markRecords(store, ["006A"], "changed"), 0);
      clock.advance(10);
      await markRecords(store, ["006B"]);
      clock.advance(10);
      await settle(store, "a", claimed);
      const claims = await claimAll(store, "a");
      same(
        claims.map(({ link, reasons }) => [link.crmRef, reasons]),
        [
          ["006A", ["changed"]],
          ["006B", ["changed"]],
        ],
      );
    },
  },
  {
    name: "an overtaken owner's settlement changes nothing but the journal, and the link is looked at again",
    test: async ({ store, clock, elapse }) => {
      const { id } = await newLink(store, "006A");
      const slow = await claimOne(store, "a");
      await elapse(minute);
      const quick = await claimOne(store, "b");
      await settle(store, "b", quick, { patch: { title: "new" }, base: new Map([["P", { crm: 2, aws: 2 }]]) });
      await settle(store, "a", slow, {
        patch: { title: "old" },
        base: new Map([["P", { crm: 1, aws: 1 }]]),
        failure: { failure: { kind: "bug", message: "No." }, retryAt: undefined },
        journal: [{ at: clock.now(), kind: "update", summary: "Sent.", detail: {} }],
      });
      equal((await store.link(id))?.title, "new");
      same((await store.baseValues(id)).get("P"), { crm: 2, aws: 2 });
      same(await collect(store.failures()), []);
      same(
        (await store.journal(id)).map(({ summary }) => summary),
        ["Sent."],
      );
      equal((await claimOne(store, "c")).link.id, id);
    },
  },
  {
    name: "an owner's earlier claim of the same link does not settle its later one",
    test: async ({ store, elapse }) => {
      await newLink(store, "006A");
      const first = await claimOne(store, "a");
      await elapse(minute);
      const second = await claimOne(store, "a");
      await settle(store, "a", first, { patch: { title: "first" } });
      same(await claimAll(store, "b"), []);
      await settle(store, "a", second, { patch: { title: "second" } });
      equal((await linkOfRecord(store, "006A")).title, "second");
      equal((await store.counts(sync)).dirty, 1);
    },
  },
  {
    name: "a lease that ended, though nobody took the link, can still be settled",
    test: async ({ store, elapse }) => {
      await newLink(store, "006A");
      const claimed = await claimOne(store, "a");
      await elapse(2 * minute);
      await settle(store, "a", claimed, { patch: { title: "late" } });
      equal((await linkOfRecord(store, "006A")).title, "late");
      equal((await store.counts(sync)).dirty, 0);
    },
  },
  {
    name: "who works under a claim stores nothing more once another has taken the link over",
    test: async ({ store, elapse, open }) => {
      const { id } = await newLink(store, "006A");
      const claim = async (owner: string) => {
        const { generation } = await claimOne(store, owner);
        return { linkId: id, owner, generation };
      };
      const slow = await claim("a");
      const slowStore = underClaim(store, slow);
      const begin = (step: string) => ({ linkId: id, step, clientToken: step, request: {} });
      await slowStore.settle(id, { patch: { title: "first" } });
      const begun = await slowStore.beginCall(begin("create"));
      await elapse(minute);
      equal(await store.holdsClaim(slow), true);
      await slowStore.settle(id, { patch: { title: "late, but nobody minds" } });
      const quick = await claim("b");
      const quickStore = underClaim(await open(), quick);
      await quickStore.settle(id, { patch: { title: "second" } });
      same([await store.holdsClaim(slow), await store.holdsClaim(quick)], [false, true]);

      for (const refused of [
        slowStore.settle(id, { patch: { title: "lost", opportunityId: "O9" }, journal: [line("lost")] }),
        slowStore.settle(id, { base: new Map([["P", { crm: "lost", aws: "lost" }]]) }),
        slowStore.beginCall(begin("submit")),
        slowStore.beginCall(begin("create")),
        slowStore.finishCall(begun.id, { patch: { opportunityId: "O9" }, journal: [line("lost")] }),
      ])
        equal((await failing(refused, "conflict")).code, "claim-lost");
      const { title, opportunityId } = await linkOfRecord(store, "006A");
      same([title, opportunityId, await store.journal(id)], ["second", undefined, []]);
      same(await store.baseValues(id), new Map());
      same(
        (await store.pendingCalls(id)).map(({ step }) => step),
        ["create"],
      );
      equal((await quickStore.beginCall(begin("create"))).isNew, false);
      await quickStore.finishCall(begun.id, { patch: { opportunityId: "O1" } });
      equal((await linkOfRecord(store, "006A")).opportunityId, "O1");
    },
  },
  {
    name: "a claim that was given back, or that its owner has taken anew, is lost too; other links are not concerned",
    test: async ({ store, elapse }) => {
      const { id } = await newLink(store, "006A");
      const other = await newLink(store, "006B");
      const claimed = await claimAll(store, "a", 1);
      const first = underClaim(store, { linkId: id, owner: "a", generation: claimed[0]?.generation ?? 0 });
      await elapse(minute);
      equal((await claimAll(store, "a", 1)).length, 1);
      await failing(first.settle(id, { patch: { title: "lost" } }), "conflict");
      const second = underClaim(store, { linkId: id, owner: "a", generation: (claimed[0]?.generation ?? 0) + 1 });
      await second.settle(id, { patch: { title: "held" } });
      await store.release("a", [id]);
      await failing(second.settle(id, { patch: { title: "lost" } }), "conflict");
      await second.settle(other.id, { patch: { title: "other" } });
      equal((await linkOfRecord(store, "006A")).title, "held");
      equal((await linkOfRecord(store, "006B")).title, "other");
    },
  },
  {
    name: "a lost claim refuses nothing of others that are stored at the same moment",
    test: async ({ store, elapse }) => {
      const refs = Array.from({ length: 20 }, (_, index) => `006-${index}`);
      await markRecords(store, refs);
      const slow = await claimAll(store, "a");
      await elapse(minute);
      const taken = new Set((await claimAll(store, "b", 7)).map(({ link }) => link.id));
      const stored = await Promise.allSettled(
        slow.map(({ link, generation }) =>
          underClaim(store, { linkId: link.id, owner: "a", generation }).settle(link.id, { patch: { title: "a" } }),
        ),
      );
      same(
        stored.map(({ status }) => status),
        slow.map(({ link }) => (taken.has(link.id) ? "rejected" : "fulfilled")),
      );
      const titled = (await collect(store.links())).filter(({ title }) => title === "a");
      equal(titled.length, refs.length - taken.size);
    },
  },
  {
    name: "claims can be limited to some records",
    test: async ({ store }) => {
      const refs = Array.from({ length: 600 }, (_, index) => `006-${index}`);
      await markRecords(store, refs);
      const options = { limit: 501, leaseMs: minute };
      same(await store.claim(sync, "a", { ...options, crmRefs: [] }), []);
      same(refsOf(await store.claim(sync, "a", { ...options, crmRefs: ["006-7", "006-3", "nobody"] })), [
        "006-3",
        "006-7",
      ]);
      equal((await store.claim(sync, "a", { ...options, crmRefs: refs })).length, 501);
    },
  },
  {
    name: "it tells who holds claims now",
    test: async ({ store, elapse }) => {
      const a = await newLink(store, "006A");
      await claimAll(store, "a");
      await elapse(minute / 2);
      const b = await newLink(store, "006B");
      const c = await newLink(store, "006C");
      await claimAll(store, "b");
      same(await store.claimOwners(sync), [
        { owner: "a", linkIds: [a.id] },
        { owner: "b", linkIds: [b.id, c.id] },
      ]);
      await store.release("b", [c.id]);
      await elapse(minute / 2);
      same(await store.claimOwners(sync), [{ owner: "b", linkIds: [b.id] }]);
      same(await store.claimOwners("other"), []);
    },
  },
];
