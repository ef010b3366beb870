import { equal } from "node:assert/strict";
import type { JsonObject } from "@cosell/connector";
import type { FieldState } from "../store.ts";
import { type Case, claimAll, claimOne, collect, failing, markRecords, newLink, same, settle, sync } from "./case.ts";

const conflict = (path: string, detail: JsonObject): Omit<FieldState, "since"> => ({
  path,
  kind: "conflict",
  code: "conflict",
  reason: `${path} was changed on both sides.`,
  sources: ["Name"],
  detail,
});

const held = (path: string): Omit<FieldState, "since"> => ({ ...conflict(path, {}), kind: "held" });

const refused = {
  failure: { kind: "invalid", code: "refused", message: "AWS refused it.", issues: [] },
  retryAt: undefined,
} as const;

export const answerCases: readonly Case[] = [
  {
    name: "an answer holds for the values that were in conflict when it was given, and marks the link first of all",
    test: async ({ store, open, clock }) => {
      const link = await newLink(store, "006A");
      await settle(store, "a", await claimOne(store, "a"), {
        fieldStates: [
          conflict("Title", { crm: "456", aws: 456, rule: "m.yaml:1:1" }),
          conflict("Gone", { aws: ["x"], crm: null }),
          held("Date"),
        ],
      });
      await markRecords(store, ["006B"]);
      clock.advance(10);
      const choices = [
        { path: "Gone", take: "aws" },
        { path: "Date", take: "crm" },
        { path: "Nothing", take: "crm" },
        { path: "Title", take: "crm" },
      ] as const;
      same(await store.answer(link.id, choices), ["Gone", "Title"]);
      same(await (await open()).answers(link.id), [
        { path: "Gone", take: "aws", crm: null, aws: ["x"], at: clock.now() },
        { path: "Title", take: "crm", crm: "456", aws: 456, at: clock.now() },
      ]);
      const [first] = await claimAll(store, "b", 1);
      same([first?.link.crmRef, first?.reasons], ["006A", ["answered"]]);
    },
  },
  {
    name: "an answer to nothing in conflict stores nothing and marks nothing; an unknown link is refused",
    test: async ({ store }) => {
      const link = await newLink(store, "006A");
      await settle(store, "a", await claimOne(store, "a"), { fieldStates: [held("")] });
      same(await store.answer(link.id, [{ path: "", take: "crm" }]), []);
      same(await store.answer(link.id, []), []);
      same([await store.answers(link.id), (await store.counts()).dirty], [[], 0]);
      await failing(store.answer("nobody", [{ path: "P", take: "crm" }]), "missing");
    },
  },
  {
    name: "a later answer replaces an earlier one; a settlement forgets those it names, unless it was overtaken",
    test: async ({ store, elapse }) => {
      const link = await newLink(store, "006A");
      const settled = { fieldStates: [conflict("P", { crm: 1, aws: 2 }), conflict("Q", { crm: 3, aws: 4 })] };
      await settle(store, "a", await claimOne(store, "a"), settled);
      await store.answer(link.id, [{ path: "P", take: "crm" }]);
      await store.answer(link.id, [
        { path: "P", take: "aws" },
        { path: "Q", take: "crm" },
      ]);
      const slow = await claimOne(store, "a");
      await elapse(10 * 60_000);
      const quick = await claimOne(store, "b");
      await settle(store, "a", slow, { answered: ["P", "Q"] });
      same(
        (await store.answers(link.id)).map(({ path, take }) => [path, take]),
        [
          ["P", "aws"],
          ["Q", "crm"],
        ],
      );
      await settle(store, "b", quick, { answered: ["P", "other"] });
      same(
        (await store.answers(link.id)).map(({ path }) => path),
        ["Q"],
      );
    },
  },
  {
    name: "what is not agreed is listed with its link, by kind, path, link and sync, the oldest link first",
    test: async ({ store }) => {
      const refs = Array.from({ length: 501 }, (_, index) => `006-${index}`);
      await markRecords(store, refs);
      for (const [ref, states] of [
        ["006-500", [conflict("P", { crm: 1 }), conflict("Q", {})]],
        ["006-0", [held("P"), conflict("P", { crm: 2 })]],
      ] as const)
        await store.settle((await store.linkByCrmRef(sync, ref))?.id ?? "", { fieldStates: states });
      const listed = async (filter: Parameters<typeof store.unsettled>[0]): Promise<readonly string[]> =>
        (await collect(store.unsettled(filter))).map(({ link, state }) => `${link.crmRef} ${state.path}`);
      same(await listed({ kind: "conflict" }), ["006-0 P", "006-500 P", "006-500 Q"]);
      same(await listed({ kind: "conflict", path: "P", sync }), ["006-0 P", "006-500 P"]);
      const [last] = await collect(store.unsettled({ kind: "conflict", path: "Q" }));
      same(await listed({ kind: "conflict", linkId: last?.link.id ?? "" }), ["006-500 P", "006-500 Q"]);
      same(last?.state, (await store.fieldStates(last?.link.id ?? ""))[1]);
      same(await listed({ kind: "held" }), ["006-0 P"]);
      same([await listed({ kind: "deferred" }), await listed({ kind: "conflict", sync: "other" })], [[], []]);
    },
  },
  {
    name: "a sweep takes linked, clean links that have not failed, those read longest ago first",
    test: async ({ store, clock }) => {
      const start = clock.now();
      const observed = { never: undefined, old: start - 20, older: start - 30, fresh: start, dirty: start - 90 };
      clock.advance(-100);
      for (const ref of Object.keys(observed)) await newLink(store, ref);
      clock.advance(100);
      for (const [ref, observedAt] of Object.entries(observed)) {
        const link = await store.join(sync, { crmRef: ref, opportunityId: `O-${ref}` });
        await store.settle(link.id, { patch: { observedAt, awsWrittenAt: observedAt } });
      }
      const orphan = await store.join(sync, { crmRef: "orphan", opportunityId: "O-orphan" });
      await store.settle(orphan.id, { patch: { status: "orphaned" } });
      await newLink(store, "unlinked");
      const parked = await store.join(sync, { crmRef: "parked", opportunityId: "O-parked" });
      for (const claimed of await claimAll(store, "a"))
        await settle(store, "a", claimed, claimed.link.id === parked.id ? { failure: refused } : {});
      await markRecords(store, ["dirty"]);
      const swept = await store.leastObserved(sync, { before: start, limit: 10 });
      same(
        swept.map(({ crmRef, observedAt, awsWrittenAt }) => [crmRef, observedAt, awsWrittenAt]),
        [
          ["never", undefined, undefined],
          ["older", start - 30, start - 30],
          ["old", start - 20, start - 20],
        ],
      );
      equal((await store.leastObserved(sync, { before: start, limit: 2 })).length, 2);
      same(await store.leastObserved("other", { before: start, limit: 2 }), []);
    },
  },
  {
    name: "a sweep passes over links that are not due: in some stages they are later than others",
    test: async ({ store, clock }) => {
      const start = clock.now();
      const looked = [
        ["open", "Qualified", start - 20],
        ["staged by nobody", undefined, start - 30],
        ["lost, looked at lately", "Closed Lost", start - 40],
        ["lost, looked at long ago", "Closed Lost", start - 200],
        ["new", undefined, undefined],
      ] as const;
      for (const [ref, stage, observedAt] of looked) {
        const link = await store.join(sync, { crmRef: ref, opportunityId: `O-${ref}` });
        await store.settle(link.id, { patch: { stage, observedAt } });
      }
      for (const claimed of await claimAll(store, "a")) await settle(store, "a", claimed);
      const seldom = { stages: ["Launched", "Closed Lost"], before: start - 100 };
      const due = async (before: number): Promise<readonly string[]> =>
        (await store.leastObserved(sync, { before, seldom, limit: 10 })).map(({ crmRef }) => crmRef);
      same(await due(start), ["lost, looked at long ago", "staged by nobody", "open"]);
      same(await due(start + 1), ["lost, looked at long ago", "staged by nobody", "open", "new"]);
      const none = { stages: [], before: start - 100 };
      equal((await store.leastObserved(sync, { before: start, seldom: none, limit: 10 })).length, 4);
    },
  },
];
