import { equal, notEqual } from "node:assert/strict";
import { type Case, failing, linkOfRecord, newLink, same } from "./case.ts";

export const pendingCallCases: readonly Case[] = [
  {
    name: "a call begun twice is the first one: its token and request stand",
    test: async ({ store, open, clock }) => {
      const { id } = await newLink(store, "006A");
      const call = { linkId: id, step: "create", clientToken: "t1", request: { title: "One" } };
      const first = await store.beginCall(call);
      same(first, { ...call, id: first.id, startedAt: clock.now() });
      clock.advance(10);
      const again = await open();
      same(await again.beginCall({ ...call, clientToken: "t2", request: { title: "Two" } }), first);
      const other = await again.beginCall({ ...call, step: "submit", clientToken: "t3" });
      same(await store.pendingCalls(id), [first, other]);
    },
  },
  {
    name: "a finished call is pending no more, and its outcome is stored with that",
    test: async ({ store }) => {
      const { id } = await newLink(store, "006A");
      const call = { linkId: id, step: "create", clientToken: "t1", request: {} };
      const first = await store.beginCall(call);
      await store.finishCall(first.id, {
        patch: { opportunityId: "O1", status: "linked" },
        base: new Map([["P", { crm: 1, aws: 1 }]]),
        journal: [{ at: 1, kind: "create", summary: "Created O1.", detail: {} }],
      });
      same(await store.pendingCalls(id), []);
      equal((await linkOfRecord(store, "006A")).opportunityId, "O1");
      same([(await store.baseValues(id)).size, (await store.journal(id)).length], [1, 1]);
      const second = await store.beginCall({ ...call, clientToken: "t2" });
      equal(second.clientToken, "t2");
      notEqual(second.id, first.id);
      await store.finishCall(second.id);
      same(await store.pendingCalls(id), []);
    },
  },
  {
    name: "a call that cannot be finished stays pending, whole",
    test: async ({ store }) => {
      const [a, b] = [await newLink(store, "006A"), await newLink(store, "006B")];
      await store.settle(a.id, { patch: { opportunityId: "O1" } });
      const call = await store.beginCall({ linkId: b.id, step: "create", clientToken: "t", request: {} });
      await failing(store.finishCall(call.id, { patch: { opportunityId: "O1" } }), "conflict");
      same(await store.pendingCalls(b.id), [call]);
    },
  },
  {
    name: "a call that is not pending, or of an unknown link, is refused",
    test: async ({ store }) => {
      const { id } = await newLink(store, "006A");
      const call = await store.beginCall({ linkId: id, step: "create", clientToken: "t", request: {} });
      await store.finishCall(call.id);
      await failing(store.finishCall(call.id, { patch: { title: "Twice" } }), "missing");
      equal((await linkOfRecord(store, "006A")).title, undefined);
      await failing(store.beginCall({ linkId: "nobody", step: "create", clientToken: "t", request: {} }), "missing");
    },
  },
];
