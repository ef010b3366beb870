import { equal, notEqual } from "node:assert/strict";
import { type Case, collect, linkOfRecord, markRecords, newLink, sync, same } from "./case.ts";

export const linkCases: readonly Case[] = [
  {
    name: "a mark of an unknown CRM record makes its link",
    test: async ({ store, clock }) => {
      equal(await markRecords(store, ["006A"]), 1);
      const link = await linkOfRecord(store, "006A");
      same(link, {
        id: link.id,
        sync,
        crmRef: "006A",
        opportunityId: undefined,
        status: "new",
        crmVersion: undefined,
        crmHash: undefined,
        awsVersion: undefined,
        reviewStatus: undefined,
        stage: undefined,
        title: undefined,
        awsWrittenFrom: undefined,
        awsWrittenAt: undefined,
        observedAt: undefined,
        createdAt: clock.now(),
        updatedAt: clock.now(),
      });
      same(await store.link(link.id), link);
    },
  },
  {
    name: "a mark of an opportunity marks the link that has it, and nothing when none has",
    test: async ({ store }) => {
      const link = await newLink(store, "006A");
      await store.settle(link.id, { patch: { opportunityId: "O1", status: "linked" } });
      const marks = [
        { side: "aws", ref: "O1", reason: "event" },
        { side: "aws", ref: "O2", reason: "event" },
      ] as const;
      await store.intake(sync, "aws", marks, undefined);
      const claims = await store.claim(sync, "a", { limit: 10, leaseMs: 1000 });
      same(
        claims.map(({ link: { crmRef }, reasons }) => ({ crmRef, reasons })),
        [{ crmRef: "006A", reasons: ["changed", "event"] }],
      );
      equal((await collect(store.links())).length, 1);
    },
  },
  {
    name: "the same CRM record in two syncs has two links",
    test: async ({ store }) => {
      const mark = { side: "crm", ref: "006A", reason: "changed" } as const;
      await store.intake("one", "crm", [mark], undefined);
      await store.intake("two", "crm", [mark], undefined);
      const [one, two] = await Promise.all([store.linkByCrmRef("one", "006A"), store.linkByCrmRef("two", "006A")]);
      notEqual(one?.id, two?.id);
      equal((await store.claim("one", "a", { limit: 10, leaseMs: 1000 })).length, 1);
      equal((await store.counts("two")).dirty, 1);
    },
  },
  {
    name: "the cursor is stored with the marks, by sync and source; without one the old one stays",
    test: async ({ store, open }) => {
      equal(await store.cursor(sync, "crm"), undefined);
      await store.intake(sync, "crm", [], "c1");
      await store.intake(sync, "aws", [], "a1");
      await store.intake(sync, "crm", [], "c2");
      await markRecords(store, ["006A"]);
      const again = await open();
      same(
        [await again.cursor(sync, "crm"), await again.cursor(sync, "aws"), await again.cursor("other", "crm")],
        ["c2", "a1", undefined],
      );
    },
  },
  {
    name: "links come oldest first and once each, over many pages, filtered, also while they change",
    test: async ({ store }) => {
      const refs = Array.from({ length: 1201 }, (_, index) => `006-${index}`);
      equal(await markRecords(store, refs), 1201);
      equal(await markRecords(store, refs), 0);
      const last = await linkOfRecord(store, "006-1200");
      const seen: string[] = [];
      for await (const { crmRef } of store.links({ sync })) {
        if (seen.length === 0)
          await store.settle(last.id, { patch: { opportunityId: "O1", status: "linked", title: "Last" } });
        seen.push(crmRef);
      }
      same(seen, refs);
      const filtered = await Promise.all([
        collect(store.links({ linked: true })),
        collect(store.links({ status: "linked", sync })),
        collect(store.links({ linked: false, status: "new" })),
        collect(store.links({ sync: "other" })),
        collect(store.dirtyLinks(sync)),
      ]);
      same(
        filtered.map((links) => links.length),
        [1, 1, 1200, 0, 1201],
      );
      equal(filtered[0][0]?.title, "Last");
    },
  },
  {
    name: "a list of all records notes whom it showed; who was there before and was not shown is told",
    test: async ({ store, clock, open }) => {
      await markRecords(store, ["006A", "006B", "006C"]);
      clock.advance(10);
      const at = clock.now();
      const missed = async (since: number): Promise<readonly string[]> =>
        (await collect((await open()).links({ sync, notListedSince: since }))).map(({ crmRef }) => crmRef);
      same(await missed(at), ["006A", "006B", "006C"]);
      const mark = { side: "crm", ref: "006D", reason: "listed" } as const;
      equal(await store.intake(sync, "list", [mark], "page 2", { refs: ["006A", "006D", "006A"], at }), 1);
      clock.advance(10);
      await store.intake(sync, "list", [], "page 3", { refs: ["006B", "nobody"], at });
      await newLink(store, "006E");
      same([await missed(at), await store.cursor(sync, "list")], [["006C"], "page 3"]);
      same(await missed(clock.now()), ["006A", "006B", "006C", "006D", "006E"]);
      same(await collect(store.links({ sync: "other", notListedSince: clock.now() })), []);
    },
  },
];
