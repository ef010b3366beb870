import { setTimeout as pause } from "node:timers/promises";
import { afterEach, beforeEach, expect, it, jest } from "@jest/globals";
import { type Clock, silentLogger, systemClock } from "@cosell/connector";
import type { Engine } from "@cosell/engine";
import { openState, type StateStore } from "@cosell/state";
import { createMetrics } from "../telemetry/metrics.ts";
import type { WorkerSync } from "../worker.ts";
import { createLinkWorker, type LinkWorker } from "./link-work.ts";

const sync = "deals";
const owner = "worker";
const signal = new AbortController().signal;
let now = Date.parse("2026-11-21T09:00:00Z");
const clock: Clock = { ...systemClock, now: () => now };
let store: StateStore;
let links: LinkWorker | undefined;
beforeEach(async () => {
  // Only the beat of the renewals is moved by hand; the rest is real.
  jest.useFakeTimers({
    doNotFake: [
      "setTimeout",
      "clearTimeout",
      "setImmediate",
      "clearImmediate",
      "Date",
      "performance",
      "hrtime",
      "nextTick",
      "queueMicrotask",
    ],
  });
  store = await openState({ url: "sqlite::memory:", clock });
});
afterEach(async () => {
  links?.close();
  links = undefined;
  await store.close();
  jest.useRealTimers();
});

/** A worker over the real state whose reads of the CRM, or reconciles, take until `answer`. */
function slowWorker(slow: "read" | "reconcile") {
  const renewals: Promise<void>[] = [];
  const answers: (() => void)[] = [];
  const reconciled: string[] = [];
  const waiting = (): Promise<void> => new Promise((resolve) => void answers.push(resolve));
  const engine: Pick<Engine, "claim" | "reconcile"> = {
    claim: async (linkIds, { owner: by, leaseMs }) => {
      const claims = await store.claim(sync, by, { limit: linkIds.length, leaseMs, linkIds });
      if (claims.length > 0 && slow === "read") await waiting();
      return claims.map((claimed) => ({ claimed, crm: { status: "missing", ref: claimed.link.crmRef } }));
    },
    reconcile: async ({ claimed: { link, generation } }, { owner: by }) => {
      reconciled.push(link.crmRef);
      if (slow === "reconcile") await waiting();
      await store.settle(link.id, { settles: { owner: by, generation } });
      return { failed: false, tally: { created: false, submitted: false, updated: false, crmWrites: 0 } } as Awaited<
        ReturnType<Engine["reconcile"]>
      >;
    },
  };
  const renew: StateStore["renew"] = (...given) => {
    const renewal = store.renew(...given);
    renewals.push(renewal);
    return renewal;
  };
  links = createLinkWorker({
    ...{ owner, clock, logger: silentLogger, metrics: createMetrics() },
    syncs: new Map([[sync, { name: sync, engine } as unknown as WorkerSync]]),
    store: { ...store, renew },
    isPaused: () => Promise.resolve(false),
    onStop: () => Promise.resolve(),
  });
  return {
    links,
    reconciled,
    answer: () => {
      for (const one of answers.splice(0)) one();
    },
    untilWaiting: async () => {
      while (answers.length === 0) await pause(1);
    },
    /** Ten seconds pass. */
    beat: async () => {
      now += 10_000;
      jest.advanceTimersByTime(10_000);
      await Promise.all(renewals.splice(0));
    },
  };
}

async function newLink(ref: string): Promise<string> {
  await store.intake(sync, "crm", [{ side: "crm", ref, reason: "changed" }], undefined);
  return (await store.linkByCrmRef(sync, ref))?.id ?? "";
}

const claimOfAnother = () => store.claim(sync, "another", { limit: 1, leaseMs: 30_000 });

it("a claim lasts while the CRM is read, however long that takes", async () => {
  const linkId = await newLink("006A");
  const { links: worker, reconciled, answer, untilWaiting, beat } = slowWorker("read");
  const work = worker.work({ sync, linkId }, signal);
  await untilWaiting();
  for (let seconds = 0; seconds < 60; seconds += 10) {
    await beat();
    expect(await claimOfAnother()).toEqual([]);
  }
  answer();
  await work;
  expect(reconciled).toEqual(["006A"]);
  expect((await store.counts()).dirty).toBe(0);
  expect(worker.active()).toBe(0);
});

it("a second job of the same link ends at once, and takes nothing from the first one's claim", async () => {
  const linkId = await newLink("006A");
  const { links: worker, reconciled, answer, untilWaiting, beat } = slowWorker("reconcile");
  const first = worker.work({ sync, linkId }, signal);
  await untilWaiting();
  await worker.work({ sync, linkId }, signal);
  for (let seconds = 0; seconds < 60; seconds += 10) {
    await beat();
    expect(await claimOfAnother()).toEqual([]);
  }
  answer();
  await first;
  expect(reconciled).toEqual(["006A"]);
});
