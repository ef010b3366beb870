import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { FailureError, silentLogger, systemClock } from "@cosell/connector";
import type { Engine, LinkWork } from "@cosell/engine";
import { openState, type StateStore } from "@cosell/state";
import { createInlineRunner } from "./jobs/inline-runner.ts";
import { startWorker } from "./start-worker.ts";
import { createMetrics } from "./telemetry/metrics.ts";
import type { RunningWorker, WorkerSync } from "./worker.ts";

const owner = "worker";
let folder: string;
let store: StateStore;
let worker: RunningWorker | undefined;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "cosell-worker-"));
  store = await openState({ url: `sqlite:${join(folder, "state.db")}`, clock: systemClock, logger: silentLogger });
});
afterEach(async () => {
  await worker?.close(0);
  worker = undefined;
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

type Reconcile = (work: LinkWork, signal: AbortSignal | undefined) => Promise<void>;

/** A sync whose links are claimed in the real state, and reconciled as the test says: then they are clean. */
function syncOf(name: string, account: string, reconcile: Reconcile): WorkerSync {
  const engine: Pick<Engine, "claim" | "reconcile"> = {
    claim: async (linkIds, { owner: by, leaseMs }) =>
      (await store.claim(name, by, { limit: linkIds.length, leaseMs, linkIds })).map((claimed) => ({
        claimed,
        crm: { status: "missing", ref: claimed.link.crmRef },
      })),
    reconcile: async (work, { owner: by, signal }) => {
      const { link, generation } = work.claimed;
      try {
        await reconcile(work, signal);
      } catch (error) {
        await store.release(by, [link.id]);
        throw error;
      }
      await store.settle(link.id, { settles: { owner: by, generation } });
      return { failed: false, tally: { created: false, submitted: false, updated: false, crmWrites: 0 } } as Awaited<
        ReturnType<Engine["reconcile"]>
      >;
    },
  };
  return {
    name,
    account,
    engine,
    connectionName: "crm",
    pollMs: 60_000,
  } as unknown as WorkerSync;
}

async function start(syncs: readonly WorkerSync[], concurrency = 1): Promise<RunningWorker> {
  worker = await startWorker({
    ...{ syncs, store, owner, concurrency, drain: true, metrics: createMetrics() },
    ...{ clock: systemClock, logger: silentLogger },
    alarms: { raise: () => Promise.resolve(), clear: () => Promise.resolve(), close: () => Promise.resolve() },
    openRunner: (runner) => Promise.resolve(createInlineRunner({ ...runner, clock: systemClock })),
  });
  return worker;
}

const mark = (sync: string, count: number): Promise<number> =>
  store.intake(
    sync,
    "crm",
    Array.from({ length: count }, (_, index) => ({ side: "crm", ref: `${sync}-${index}`, reason: "changed" })),
    undefined,
  );

describe("a worker", () => {
  it("lets no sync of an account wait until another one's backlog is done", async () => {
    await mark("large", 600);
    await mark("small", 5);
    const order: string[] = [];
    const note: Reconcile = async ({ claimed }) => void order.push(claimed.link.sync);
    const running = await start([syncOf("large", "one", note), syncOf("small", "one", note)], 8);
    await running.drained();
    expect(order).toHaveLength(605);
    // At first each has half of what the lane takes; the rest of the backlog comes after.
    expect(order.lastIndexOf("small")).toBeLessThan(400);
  });

  it("works for one account while another one waits for its quota", async () => {
    await mark("stuck", 20);
    await mark("free", 20);
    let done = 0;
    const until = new AbortController();
    const running = await start([
      syncOf("stuck", "one", () => pause(60_000, undefined, { signal: until.signal }).catch(() => undefined)),
      syncOf("free", "two", async () => void (done += 1)),
    ]);
    while (done < 20) await pause(10);
    expect((await store.counts("stuck")).dirty).toBe(20);
    until.abort();
    await running.drained();
  });

  it("that is stopped lets links in hand end in time, and gives back those that take longer", async () => {
    await mark("deals", 3);
    const began: string[] = [];
    const running = await start(
      [
        syncOf("deals", "one", async ({ claimed }, signal) => {
          began.push(claimed.link.crmRef);
          await pause(claimed.link.crmRef === "deals-0" ? 50 : 60_000, undefined, { signal }).catch(() => {
            throw new FailureError({ kind: "aborted", message: "Stopped." });
          });
        }),
      ],
      2,
    );
    while (began.length < 2) await pause(10);
    await running.close(300);
    worker = undefined;
    expect(await store.claimOwners("deals")).toEqual([]);
    const left = (await store.claimable("deals", { limit: 10 })).length;
    expect(left).toBe(2);
  });

  it("works off what is marked while it works", async () => {
    await mark("deals", 1);
    const seen: string[] = [];
    const running = await start([
      syncOf("deals", "one", async ({ claimed }) => {
        seen.push(claimed.link.crmRef);
        if (seen.length === 1) await store.markLinks([claimed.link.id], "again");
      }),
    ]);
    await running.drained();
    expect(seen).toEqual(["deals-0", "deals-0"]);
  });

  it("gives what a CRM told to the engines of its connection, and hands out what they marked", async () => {
    const told: string[] = [];
    const done: string[] = [];
    const syncs = ["crm", "crm", "other"].map((connectionName, index): WorkerSync => {
      const name = `sync-${index}`;
      const sync = syncOf(name, "one", async () => void done.push(name));
      const receiveChanges: Engine["receiveChanges"] = async (changes) => {
        told.push(`${name} ${changes.map(({ kind }) => kind).join()}`);
        await mark(name, 1);
        return changes.length;
      };
      return { ...sync, connectionName, engine: { ...sync.engine, receiveChanges } };
    });
    const running = await start(syncs);
    await running.receiveChanges("crm", [{ kind: "merge", object: "Deal", ref: "1", survivor: "2" }]);
    await running.drained();
    expect(told).toEqual(["sync-0 merge", "sync-1 merge"]);
    expect(done.toSorted()).toEqual(["sync-0", "sync-1"]);
  });
});
