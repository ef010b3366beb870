import { equal, match } from "node:assert/strict";
import type { FieldState } from "../store.ts";
import { type Case, claimOne, failing, linkOfRecord, newLink, settle, sync, same } from "./case.ts";

const state = (path: string, kind: FieldState["kind"], code: string, reason = code): Omit<FieldState, "since"> => ({
  path,
  kind,
  code,
  reason,
  sources: ["Name"],
  detail: { crm: "456" },
});

export const settlementCases: readonly Case[] = [
  {
    name: "a patch sets, clears and leaves members, and says when",
    test: async ({ store, clock }) => {
      const link = await newLink(store, "006A");
      clock.advance(5);
      await store.settle(link.id, {
        patch: { opportunityId: "O1", status: "linked", title: "Deal", crmVersion: "v1", stage: "Qualified" },
      });
      await store.settle(link.id, {
        patch: {
          ...{ title: undefined, crmHash: "h", awsVersion: "w", reviewStatus: "Approved" },
          ...{ awsWrittenFrom: 1, awsWrittenAt: 2, observedAt: 3 },
        },
      });
      same(await store.linkByOpportunity(sync, "O1"), {
        ...link,
        opportunityId: "O1",
        status: "linked",
        crmVersion: "v1",
        crmHash: "h",
        awsVersion: "w",
        reviewStatus: "Approved",
        stage: "Qualified",
        awsWrittenFrom: 1,
        awsWrittenAt: 2,
        observedAt: 3,
        updatedAt: clock.now(),
      });
    },
  },
  {
    name: "an opportunity belongs to one link of a sync: a second one is refused and nothing of its settlement is stored",
    test: async ({ store }) => {
      const [first, second] = [await newLink(store, "006A"), await newLink(store, "006B")];
      await store.settle(first.id, { patch: { opportunityId: "O1" } });
      await store.settle(first.id, { patch: { opportunityId: "O1" } });
      const refused = store.settle(second.id, {
        patch: { opportunityId: "O1", title: "Second" },
        journal: [{ at: 1, kind: "create", summary: "Created.", detail: {} }],
        failure: null,
      });
      const { message } = await failing(refused, "conflict");
      match(message, /O1.*006A.*006B/u);
      same(await linkOfRecord(store, "006B"), second);
      same(await store.journal(second.id), []);
    },
  },
  {
    name: "a settlement that is refused leaves its claim standing",
    test: async ({ store }) => {
      const first = await newLink(store, "006A");
      await settle(store, "a", await claimOne(store, "a"), { patch: { opportunityId: "O1" } });
      await newLink(store, "006B");
      const claimed = await claimOne(store, "a");
      await failing(settle(store, "a", claimed, { patch: { opportunityId: "O1" } }), "conflict");
      equal((await store.counts()).dirty, 1);
      await settle(store, "a", claimed, { patch: { title: first.crmRef } });
      equal((await linkOfRecord(store, "006B")).title, "006A");
      equal((await store.counts()).dirty, 0);
    },
  },
  {
    name: "a settlement of an unknown link is refused",
    test: async ({ store }) => {
      match((await failing(store.settle("nobody", { patch: {} }), "missing")).message, /nobody/u);
    },
  },
  {
    name: "field states replace the earlier set, keep their order and, while they stay the same, their age",
    test: async ({ store, clock }) => {
      const { id } = await newLink(store, "006A");
      const start = clock.now();
      const held = state("", "held", "missing:CloseDate");
      const conflict = state("Project.Title", "conflict", "both-changed");
      await store.settle(id, { fieldStates: [state("A", "deferred", "locked"), held] });
      clock.advance(10);
      await store.settle(id, {
        fieldStates: [conflict, { ...held, reason: "Say when." }, state("A", "held", "locked")],
      });
      await store.settle(id, { patch: {} });
      same(await store.fieldStates(id), [
        { ...conflict, since: start + 10 },
        { ...held, reason: "Say when.", since: start },
        { ...state("A", "held", "locked"), since: start + 10 },
      ]);
      await store.settle(id, { fieldStates: [] });
      same(await store.fieldStates(id), []);
    },
  },
  {
    name: "reasons are counted by links, the most frequent first",
    test: async ({ store }) => {
      const [a, b, c] = [await newLink(store, "006A"), await newLink(store, "006B"), await newLink(store, "006C")];
      const missing = state("", "held", "missing:X", "X is missing.");
      await store.settle(a.id, {
        fieldStates: [state("P", "deferred", "locked"), state("Q", "deferred", "locked"), missing],
      });
      await store.settle(b.id, { fieldStates: [missing] });
      await store.settle(c.id, { fieldStates: [state("P", "conflict", "both")] });
      const reasons = await store.reasons(sync, 10);
      same(
        reasons.map(({ kind, code, reason, links }) => [kind, code, reason, links]),
        [
          ["held", "missing:X", "X is missing.", 2],
          ["conflict", "both", "both", 1],
          ["deferred", "locked", "locked", 1],
        ],
      );
      equal((await store.reasons(undefined, 1)).length, 1);
      same(await store.reasons("other", 10), []);
    },
  },
  {
    name: "the journal keeps every line in order; a limit takes the newest",
    test: async ({ store }) => {
      const { id } = await newLink(store, "006A");
      const other = await newLink(store, "006B");
      const line = (summary: string): { at: number; kind: string; summary: string; detail: { n: string } } => ({
        at: 7,
        kind: "update",
        summary,
        detail: { n: summary },
      });
      await store.settle(id, { journal: [line("1"), line("2")] });
      await store.settle(other.id, { journal: [line("other")] });
      await store.settle(id, { journal: [line("3")] });
      const entries = await store.journal(id);
      same(
        entries,
        ["1", "2", "3"].map((summary, index) => ({ ...line(summary), linkId: id, id: entries[index]?.id })),
      );
      same(await store.journal(id, { limit: 2 }), entries.slice(1));
    },
  },
  {
    name: "counts say how links, fields, failures and calls stand, of one sync or all",
    test: async ({ store }) => {
      const [a, b] = [await newLink(store, "006A"), await newLink(store, "006B")];
      await newLink(store, "006C");
      await store.intake("other", "crm", [{ side: "crm", ref: "x", reason: "new" }], undefined);
      await store.settle(a.id, {
        patch: { status: "linked", reviewStatus: "Approved" },
        fieldStates: [state("P", "deferred", "l"), state("Q", "deferred", "l"), state("R", "conflict", "c")],
        failure: { failure: { kind: "bug", message: "No." }, retryAt: undefined },
      });
      await store.settle(b.id, {
        patch: { status: "lost", reviewStatus: "Rejected" },
        fieldStates: [state("", "held", "h")],
      });
      for (const step of ["create", "submit"])
        await store.beginCall({ linkId: a.id, step, clientToken: step, request: {} });
      same(await store.counts(sync), {
        links: { new: 1, linked: 1, orphaned: 0, lost: 1, ignored: 0 },
        reviewStatus: { Approved: 1 },
        dirty: 3,
        held: 1,
        deferred: 1,
        conflicts: 1,
        failed: 1,
        pendingCalls: 2,
      });
      const all = await store.counts();
      same([all.links.new, all.dirty, all.pendingCalls], [2, 4, 2]);
      equal((await store.counts("other")).pendingCalls, 0);
    },
  },
];
