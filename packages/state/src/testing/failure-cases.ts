import { equal } from "node:assert/strict";
import type { Failure } from "@cosell/connector";
import {
  type Case,
  claimAll,
  claimOne,
  collect,
  markRecords,
  minute,
  newLink,
  refsOf,
  settle,
  sync,
  same,
} from "./case.ts";

const transient: Failure = { kind: "transient", message: "The server was away.", requestId: "r-1" };
const invalid: Failure = {
  kind: "invalid",
  message: "AWS refuses the values.",
  issues: [{ message: "Too long.", code: "STRING_TOO_LONG", target: "Project.Title", sources: ["Name"] }],
};

export const failureCases: readonly Case[] = [
  {
    name: "a failure with a time keeps the link dirty, claimable from that time on, reasons kept; a mark does not hasten it",
    test: async ({ store, clock }) => {
      const { id } = await newLink(store, "006A");
      const retryAt = clock.now() + minute;
      await settle(store, "a", await claimOne(store, "a"), { failure: { failure: transient, retryAt } });
      equal(await markRecords(store, ["006A"], "more"), 0);
      clock.advance(minute - 1);
      same(await claimAll(store, "a"), []);
      equal((await store.counts(sync)).dirty, 1);
      clock.advance(1);
      same((await claimOne(store, "b")).reasons, ["changed", "more"]);
      same(await collect(store.failures(sync)), [
        {
          linkId: id,
          crmRef: "006A",
          opportunityId: undefined,
          title: undefined,
          at: clock.now() - minute,
          attempts: 1,
          retryAt,
          failure: transient,
        },
      ]);
    },
  },
  {
    name: "a failure without a time parks the link until it is marked again",
    test: async ({ store, clock }) => {
      await newLink(store, "006A");
      await settle(store, "a", await claimOne(store, "a"), { failure: { failure: invalid, retryAt: undefined } });
      clock.advance(100 * minute);
      same(await claimAll(store, "a"), []);
      same(await collect(store.dirtyLinks(sync)), []);
      equal((await store.counts(sync)).failed, 1);
      equal(await markRecords(store, ["006A"], "fixed"), 1);
      await settle(store, "a", await claimOne(store, "a"), { failure: null });
      equal((await store.counts(sync)).failed, 0);
    },
  },
  {
    name: "a mark made during the work that parks the link is not lost",
    test: async ({ store }) => {
      await newLink(store, "006A");
      const claimed = await claimOne(store, "a");
      await markRecords(store, ["006A"], "fixed");
      await settle(store, "a", claimed, { failure: { failure: invalid, retryAt: undefined } });
      same((await claimOne(store, "a")).reasons, ["fixed"]);
    },
  },
  {
    name: "replay makes failed links claimable now: parked and waiting ones, all or some, of one sync or all",
    test: async ({ store, clock }) => {
      await markRecords(store, ["006A", "006B", "006C", "006D"]);
      const claims = await claimAll(store, "a");
      for (const claimed of claims) {
        const retryAt = claimed.link.crmRef === "006A" ? clock.now() + minute : undefined;
        const failure = claimed.link.crmRef === "006D" ? null : { failure: transient, retryAt };
        await settle(store, "a", claimed, { failure });
      }
      const [a, b, , d] = claims.map(({ link }) => link.id);
      equal(await store.replay("other"), 0);
      equal(await store.replay(sync, [b ?? "", d ?? "", "nobody"]), 1);
      same(refsOf(await claimAll(store, "a")), ["006B"]);
      equal(await store.replay(undefined, [a ?? ""]), 1);
      same(refsOf(await claimAll(store, "a")), ["006A"]);
      equal(await store.replay(sync, []), 0);
      equal(await store.replay(sync), 3);
      same(refsOf(await claimAll(store, "a")), ["006C"]);
    },
  },
  {
    name: "attempts count failures of one kind in a row",
    test: async ({ store, clock }) => {
      const { id } = await newLink(store, "006A");
      const attempts: (number | undefined)[] = [];
      for (const failure of [transient, transient, invalid, transient, null, transient]) {
        await store.settle(id, { failure: failure && { failure, retryAt: clock.now() } });
        attempts.push((await collect(store.failures()))[0]?.attempts);
      }
      same(attempts, [1, 2, 1, 1, undefined, 1]);
    },
  },
  {
    name: "a failure that the link is not to blame for counts as no attempt, and ends no row of those that do",
    test: async ({ store, clock }) => {
      await newLink(store, "006A");
      const throttled: Failure = { kind: "throttled", message: "Slower." };
      const seen: (readonly [number, number | undefined])[] = [];
      for (const [failure, counts] of [
        [transient, true],
        [throttled, false],
        [throttled, false],
        [transient, true],
      ] as const) {
        const claimed = await claimOne(store, "a");
        await settle(store, "a", claimed, { failure: { failure, retryAt: clock.now(), counts } });
        seen.push([claimed.attempts, (await collect(store.failures()))[0]?.attempts]);
      }
      same(seen, [
        [0, 1],
        [1, 0],
        [1, 0],
        [1, 1],
      ]);
      equal((await claimOne(store, "a")).attempts, 2);
    },
  },
  {
    name: "failures are told once each over many pages, of one sync or all",
    test: async ({ store }) => {
      const refs = Array.from({ length: 520 }, (_, index) => `006-${index}`);
      await markRecords(store, refs);
      const failed = { failure: { failure: invalid, retryAt: undefined } };
      for (const claimed of await claimAll(store, "a", 520)) await settle(store, "a", claimed, failed);
      same(
        (await collect(store.failures(sync))).map(({ crmRef }) => crmRef),
        refs,
      );
      equal((await collect(store.failures())).length, 520);
      same(await collect(store.failures("other")), []);
      equal(await store.replay(sync), 520);
    },
  },
];
