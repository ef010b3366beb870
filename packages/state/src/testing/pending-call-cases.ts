import { equal, match, notEqual } from "node:assert/strict";
import { type Case, failing, linkOfRecord, newLink, same } from "./case.ts";

export const pendingCallCases: readonly Case[] = [
  {
    name: "a call begun twice is the first one: its token and request stand",
    test: async ({ store, open, clock }) => {
      const { id } = await newLink(store, "006A");
      const call = { linkId: id, step: "create", clientToken: "t1", request: { title: "One" } };
      const first = await store.beginCall(call);
      const stored = { ...call, id: first.id, startedAt: clock.now() };
      same(first, { ...stored, isNew: true });
      clock.advance(10);
      const again = await open();
      same(await again.beginCall({ ...call, clientToken: "t2", request: { title: "Two" } }), {
        ...stored,
        isNew: false,
      });
      const { isNew, ...other } = await again.beginCall({ ...call, step: "submit", clientToken: "t3" });
      equal(isNew, true);
      same(await store.pendingCalls(id), [stored, other]);
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
      const { isNew, ...call } = await store.beginCall({ linkId: b.id, step: "create", clientToken: "t", request: {} });
      equal(isNew, true);
      await failing(store.finishCall(call.id, { patch: { opportunityId: "O1" } }), "conflict");
      same(await store.pendingCalls(b.id), [call]);
    },
  },
  {
    name: "a call that makes an opportunity is refused once the link has one",
    test: async ({ store, open }) => {
      const { id } = await newLink(store, "006A");
      await (await open()).settle(id, { patch: { opportunityId: "O1", status: "linked" } });
      const call = { linkId: id, step: "create", clientToken: "t", request: {} };
      match((await failing(store.beginCall({ ...call, makesOpportunity: true }), "conflict")).message, /006A.*O1/u);
      same(await store.pendingCalls(id), []);
      equal((await store.beginCall({ ...call, step: "submit" })).isNew, true);
    },
  },
  {
    name: "an outcome never takes the place of another opportunity that the link has got meanwhile",
    test: async ({ store, open }) => {
      const { id } = await newLink(store, "006A");
      const call = await store.beginCall({ linkId: id, step: "create", clientToken: "t", request: {} });
      await (await open()).settle(id, { patch: { opportunityId: "O1", status: "linked" } });
      const outcome = { patch: { opportunityId: "O2" }, base: new Map([["P", { crm: 1, aws: 1 }]]) };
      match((await failing(store.finishCall(call.id, outcome), "conflict")).message, /006A.*O1.*O2/u);
      equal((await linkOfRecord(store, "006A")).opportunityId, "O1");
      same([(await store.pendingCalls(id)).length, (await store.baseValues(id)).size], [1, 0]);
      await store.finishCall(call.id, { patch: { opportunityId: "O1", title: "Deal" } });
      same([(await store.pendingCalls(id)).length, (await linkOfRecord(store, "006A")).title], [0, "Deal"]);
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
