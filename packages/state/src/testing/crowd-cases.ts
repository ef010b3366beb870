import { equal } from "node:assert/strict";
import { type Case, claimAll, failing, linkOfRecord, markRecords, newLink, same, sync } from "./case.ts";

const refs = Array.from({ length: 130 }, (_, index) => `006-${index}`);

/** What is written and read at the same time is stored and read together: nobody may notice. */
export const crowdCases: readonly Case[] = [
  {
    name: "settlements that come together are each stored whole",
    test: async ({ store, open }) => {
      await markRecords(store, refs);
      const claims = await claimAll(store, "a", refs.length);
      await Promise.all(
        claims.map(({ link, generation }, index) =>
          store.settle(link.id, {
            patch: { opportunityId: `O${index}`, title: `Deal ${index}` },
            base: new Map([["P", { crm: index, aws: `${index}` }]]),
            fieldStates: [{ path: "P", kind: "held", code: "c", reason: `${index}`, sources: [], detail: {} }],
            journal: [{ at: index, kind: "update", summary: `${index}`, detail: {} }],
            failure: index % 2 === 0 ? null : { failure: { kind: "bug", message: `${index}` }, retryAt: undefined },
            settles: { owner: "a", generation },
          }),
        ),
      );
      const other = await open();
      const stored = await Promise.all(
        claims.map(async ({ link: { id } }) => [
          (await other.link(id))?.title,
          [...(await other.baseValues(id))],
          (await other.fieldStates(id)).map(({ reason }) => reason),
          (await other.journal(id)).map(({ summary }) => summary),
        ]),
      );
      same(
        stored,
        claims.map((_, index) => [
          `Deal ${index}`,
          [["P", { crm: index, aws: `${index}` }]],
          [`${index}`],
          [`${index}`],
        ]),
      );
      const { dirty, failed } = await store.counts(sync);
      same([dirty, failed], [0, Math.floor(refs.length / 2)]);
    },
  },
  {
    name: "one that is refused takes none of the others along",
    test: async ({ store }) => {
      const links = await Promise.all(refs.slice(0, 6).map((ref) => newLink(store, ref)));
      const ids = links.map(({ id }) => id);
      const [first = "", second = "", third = "", fourth = ""] = ids;
      const call = await store.beginCall({ linkId: fourth, step: "create", clientToken: "t", request: {} });
      const patch = { opportunityId: "O1" };
      const [one, two, unknown, begun, finished, gone] = await Promise.allSettled([
        store.settle(first, { patch }),
        store.settle(second, { patch, journal: [{ at: 1, kind: "create", summary: "Created.", detail: {} }] }),
        store.settle("nobody", { patch }),
        store.beginCall({ linkId: third, step: "create", clientToken: "t", request: {} }),
        store.finishCall(call.id, { patch: { title: "Finished" } }),
        store.finishCall(call.id + 1000),
      ]);
      same([one, two].map(({ status }) => status).toSorted(), ["fulfilled", "rejected"]);
      const refused = one.status === "rejected" ? one : two;
      await failing(settled(refused), "conflict");
      await failing(settled(unknown), "missing");
      await failing(settled(gone), "missing");
      same([begun.status, finished.status], ["fulfilled", "fulfilled"]);
      equal((await store.pendingCalls(third)).length, 1);
      same([(await store.pendingCalls(fourth)).length, (await store.link(fourth))?.title], [0, "Finished"]);
      const loser = refused === one ? first : second;
      same([(await store.link(loser))?.opportunityId, await store.journal(loser)], [undefined, []]);
    },
  },
  {
    name: "writes of one link that come together are stored in their order",
    test: async ({ store }) => {
      const { id } = await newLink(store, "006A");
      const titles = Array.from({ length: 10 }, (_, index) => `Deal ${index}`);
      const writes: Promise<unknown>[] = titles.map((title, index) =>
        store.settle(id, {
          patch: { title, ...(index === 3 ? { stage: "Qualified" } : {}) },
          base: new Map([["P", { crm: index, aws: index }]]),
          journal: [{ at: index, kind: "update", summary: title, detail: {} }],
        }),
      );
      const call = { linkId: id, step: "create", clientToken: "t", request: {} };
      writes.push(store.beginCall(call), store.beginCall({ ...call, clientToken: "u" }));
      await Promise.all(writes);
      const { title, stage } = await linkOfRecord(store, "006A");
      same([title, stage, (await store.baseValues(id)).get("P")], ["Deal 9", "Qualified", { crm: 9, aws: 9 }]);
      same(
        (await store.journal(id)).map(({ summary }) => summary),
        titles,
      );
      same(
        (await store.pendingCalls(id)).map(({ clientToken }) => clientToken),
        ["t"],
      );
    },
  },
  {
    name: "a read tells what was written before it was asked for, however many read",
    test: async ({ store }) => {
      const { id } = await newLink(store, "006A");
      for (let number = 0; number < 20; number += 1) {
        const early = store.baseValues(id);
        await store.settle(id, { base: new Map([["P", { crm: number, aws: number }]]) });
        const values = await Promise.all([store.baseValues(id), store.baseValues(id), store.baseValues("nobody")]);
        same(
          values.map((base) => base.get("P")?.crm),
          [number, number, undefined],
        );
        await early;
      }
    },
  },
];

const settled = <Value>(result: PromiseSettledResult<Value>): Promise<Value> =>
  result.status === "fulfilled" ? Promise.resolve(result.value) : Promise.reject(result.reason as Error);
