import { equal, match } from "node:assert/strict";
import type { NewJournalEntry, StateStore } from "../store.ts";
import { type Case, claimAll, claimOne, collect, failing, linkOfRecord, newLink, same, settle, sync } from "./case.ts";

const line = (summary: string): NewJournalEntry => ({ at: 7, kind: "adopted", summary, detail: {} });

const summaries = async (store: StateStore, linkId: string): Promise<readonly string[]> =>
  (await store.journal(linkId)).map(({ summary }) => summary);

/** Everything that a refused step could have changed. */
const everything = async (store: StateStore): Promise<readonly unknown[]> => collect(store.exportLines());

export const joiningCases: readonly Case[] = [
  {
    name: "a record and an opportunity are joined: the link is made, marked, and the journal says why",
    test: async ({ store }) => {
      const joined = await store.join(sync, { crmRef: "006A", opportunityId: "O1", title: "Deal" }, [line("Adopted.")]);
      same(await linkOfRecord(store, "006A"), joined);
      same([joined.status, joined.opportunityId, joined.title], ["linked", "O1", "Deal"]);
      same(await summaries(store, joined.id), ["Adopted."]);
      same((await claimOne(store, "a")).reasons, ["joined"]);
    },
  },
  {
    name: "joining completes the link that the record has; doing it again changes nothing more",
    test: async ({ store, clock }) => {
      const link = await newLink(store, "006A");
      await store.settle(link.id, { patch: { title: "Deal", crmVersion: "v1" } });
      await settle(store, "a", await claimOne(store, "a"));
      clock.advance(10);
      const joined = await store.join(sync, { crmRef: "006A", opportunityId: "O1" });
      same(joined, {
        ...link,
        title: "Deal",
        crmVersion: "v1",
        opportunityId: "O1",
        status: "linked",
        updatedAt: clock.now(),
      });
      equal((await claimAll(store, "a")).length, 1);
      same(await store.join(sync, { crmRef: "006A", opportunityId: "O1" }), joined);
      equal((await collect(store.links())).length, 1);
    },
  },
  {
    name: "a record or an opportunity that is joined to another is refused, and nothing is stored",
    test: async ({ store }) => {
      await store.join(sync, { crmRef: "006A", opportunityId: "O1" });
      const before = await everything(store);
      const record = await failing(
        store.join(sync, { crmRef: "006A", opportunityId: "O2" }, [line("No.")]),
        "conflict",
      );
      match(record.message, /006A.*O1.*O2/u);
      const opportunity = await failing(
        store.join(sync, { crmRef: "006B", opportunityId: "O1", title: "No" }, [line("No.")]),
        "conflict",
      );
      match(opportunity.message, /O1.*006A.*006B/u);
      same(await everything(store), before);
      await store.join("other", { crmRef: "006B", opportunityId: "O1" });
    },
  },
  {
    name: "the base comes with the join or not at all, and never over what a joined link has",
    test: async ({ store }) => {
      const pair = { crmRef: "006A", opportunityId: "O1", base: new Map([["P", { crm: "a", aws: "A" }]]) };
      const joined = await store.join(sync, pair);
      same(await store.baseValues(joined.id), pair.base);
      await store.settle(joined.id, { base: new Map([["P", { crm: "b", aws: "B" }]]) });
      await store.join(sync, pair);
      same(await store.baseValues(joined.id), new Map([["P", { crm: "b", aws: "B" }]]));
      const other = await newLink(store, "006B");
      await failing(store.join(sync, { ...pair, crmRef: "006B" }), "conflict");
      equal((await store.baseValues(other.id)).size, 0);
    },
  },
  {
    name: "a record whose call may make an opportunity is joined to none, until that call's outcome is known",
    test: async ({ store, open }) => {
      const link = await newLink(store, "006A");
      const call = await store.beginCall({ linkId: link.id, step: "create", clientToken: "t", request: {} });
      const before = await everything(store);
      const pair = { crmRef: "006A", opportunityId: "O1" };
      const refusal = await failing((await open()).join(sync, pair, [line("No.")]), "conflict");
      equal(refusal.code, "call-pending");
      match(refusal.message, /006A.*O1.*create/u);
      same(await everything(store), before);
      await store.finishCall(call.id);
      equal((await store.join(sync, pair)).opportunityId, "O1");
      await store.beginCall({ linkId: link.id, step: "submit", clientToken: "t", request: {} });
      equal((await store.join(sync, pair)).opportunityId, "O1");
    },
  },
  {
    name: "a link moves to the survivor of a merge and forgets what it saw of the CRM; base values and conflicts stay",
    test: async ({ store, clock }) => {
      const link = await newLink(store, "006A");
      await store.settle(link.id, {
        patch: {
          opportunityId: "O1",
          status: "linked",
          crmVersion: "v1",
          crmHash: "h",
          awsVersion: "w",
          title: "Deal",
        },
        base: new Map([["P", { crm: 1, aws: 1 }]]),
        journal: [line("First.")],
      });
      await settle(store, "a", await claimOne(store, "a"));
      clock.advance(5);
      const moved = await store.moveLink(link.id, "006B", [line("Merged.")]);
      same(moved, {
        ...link,
        crmRef: "006B",
        opportunityId: "O1",
        status: "linked",
        awsVersion: "w",
        title: "Deal",
        updatedAt: clock.now(),
      });
      same(await store.link(link.id), moved);
      equal(await store.linkByCrmRef(sync, "006A"), undefined);
      same(await store.baseValues(link.id), new Map([["P", { crm: 1, aws: 1 }]]));
      same(await summaries(store, link.id), ["First.", "Merged."]);
      same((await claimOne(store, "b")).reasons, ["merged"]);
    },
  },
  {
    name: "the survivor's own link without an opportunity gives way, whole; its journal goes over",
    test: async ({ store }) => {
      const survivor = await newLink(store, "006B");
      await store.settle(survivor.id, {
        base: new Map([["P", { crm: 9, aws: 9 }]]),
        fieldStates: [{ path: "P", kind: "conflict", code: "c", reason: "r", sources: [], detail: { crm: 1, aws: 2 } }],
        failure: { failure: { kind: "bug", message: "No." }, retryAt: undefined },
        journal: [line("Survivor's.")],
      });
      await store.answer(survivor.id, [{ path: "P", take: "crm" }]);
      const link = await newLink(store, "006A");
      await store.settle(link.id, { patch: { opportunityId: "O1", status: "linked" } });
      await store.moveLink(link.id, "006B");
      equal((await linkOfRecord(store, "006B")).id, link.id);
      equal(await store.link(survivor.id), undefined);
      same((await collect(store.links())).length, 1);
      same(await collect(store.failures()), []);
      same((await store.baseValues(link.id)).size, 0);
      same(await summaries(store, link.id), ["Survivor's."]);
    },
  },
  {
    name: "a move to where it is, is one; one that cannot be is refused, and nothing is stored",
    test: async ({ store }) => {
      const a = await store.join(sync, { crmRef: "006A", opportunityId: "O1" });
      await store.join(sync, { crmRef: "006B", opportunityId: "O2" });
      const c = await newLink(store, "006C");
      await store.beginCall({ linkId: c.id, step: "create", clientToken: "t", request: {} });
      const before = await everything(store);
      match((await failing(store.moveLink(a.id, "006B", [line("No.")]), "conflict")).message, /006B.*O2/u);
      match((await failing(store.moveLink(a.id, "006C", [line("No.")]), "conflict")).message, /006C.*create/u);
      await failing(store.moveLink("nobody", "006Z"), "missing");
      same(await everything(store), before);
      equal((await store.moveLink(a.id, "006A")).crmRef, "006A");
    },
  },
];
