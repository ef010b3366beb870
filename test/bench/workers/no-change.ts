import { readFileSync } from "node:fs";
import { Queue, Worker } from "bullmq";
import { silentLogger, systemClock } from "@cosell/connector";
import { openState, type StateStore } from "@cosell/state";
import { startEmulatorProcess } from "../../workers/support/emulators.ts";
import { createInstallation } from "../../workers/support/installation.ts";
import { stopProgram } from "../../workers/support/program.ts";
import { type Ground, type Place, placeToRun } from "./ground.ts";
import { median } from "./numbers.ts";

/** What links cost whose reconcile finds that nothing is to be done. */
export interface NoChange {
  /** Links in a second whose mapped values are as they were: our own write come back, or another field. No call at AWS. */
  readonly echoesPerSecond: number;
  /** Links in a second that are looked at on both sides: a read of the CRM (in batches), one at AWS, one decision. */
  readonly looksPerSecond: number;
  /** Jobs in a second that BullMQ alone does, with the same Redis and as many at a time. */
  readonly bullmqPerSecond: number;
  readonly reconciles: number;
  /** Resident memory of the worker's process, MiB: median of the second tenth of the reconciles, and of the last. */
  readonly memoryMiB: { readonly early: number; readonly late: number };
}

const sync = "opportunities";

/** Lets one worker reconcile the same links again and again, `reconciles` in all. */
export async function measureNoChange(
  ground: Ground,
  {
    deals,
    reconciles,
    concurrency,
  }: { readonly deals: number; readonly reconciles: number; readonly concurrency: number },
): Promise<NoChange> {
  const unlimited = { perSecond: 1_000_000, perDay: 1_000_000_000 };
  const place = await placeToRun();
  const emulators = await startEmulatorProcess(ground.folder, { deals });
  const installation = createInstallation({
    ...{ urls: emulators.urls, stateUrl: place.stateUrl, queue: place.queue },
    quotas: { read: unlimited, write: unlimited },
    worker: { concurrency, pollSeconds: 3600, stopSeconds: 5 },
  });
  const store = await openState({ url: place.stateUrl, clock: systemClock, logger: silentLogger });
  try {
    const worker = await installation.startWorker([], ground.environment);
    const { pid = 0 } = worker.process;
    await untilClean(store, 1);
    const linkIds: string[] = [];
    for await (const { id, opportunityId } of store.links({ sync })) if (opportunityId !== undefined) linkIds.push(id);
    const round = async (reason: string): Promise<number> => {
      const from = performance.now();
      await store.markLinks(linkIds, reason);
      await untilClean(store, 0);
      return linkIds.length / ((performance.now() - from) / 1000);
    };
    await round("crm:changed");
    const looks = [await round("bench:look"), await round("bench:look"), await round("bench:look")];
    const echoes: number[] = [];
    const memory: number[] = [];
    const rounds = Math.max(10, Math.ceil(reconciles / linkIds.length));
    for (let number = 0; number < rounds; number += 1) {
      echoes.push(await round("crm:changed"));
      memory.push(residentMiB(pid));
    }
    await stopProgram(worker);
    const tenth = Math.max(1, Math.floor(rounds / 10));
    return {
      echoesPerSecond: median(echoes),
      looksPerSecond: median(looks),
      bullmqPerSecond: await bullmqAlone(place, concurrency),
      reconciles: (rounds + looks.length + 1) * linkIds.length,
      memoryMiB: { early: median(memory.slice(tenth, 2 * tenth)), late: median(memory.slice(-tenth)) },
    };
  } finally {
    await store.close();
    await emulators.stop();
    installation.remove();
    await place.clear();
  }
}

/** Waits until at least so many links exist and none is marked. */
async function untilClean(store: StateStore, least: number): Promise<void> {
  for (;;) {
    const { links, dirty } = await store.counts(sync);
    if (dirty === 0 && Object.values(links).reduce((sum, count) => sum + count, 0) >= least) return;
    await systemClock.sleep(25);
  }
}

function residentMiB(pid: number): number {
  const [, kilobytes] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
  return Number(kilobytes) / 1024;
}

/** What BullMQ does with jobs that do nothing. */
async function bullmqAlone({ queue: { url, prefix } }: Place, concurrency: number): Promise<number> {
  const jobs = 20_000;
  const { hostname: host, port } = new URL(url);
  const connection = { host, port: Number(port || "6379"), maxRetriesPerRequest: null };
  const queue = new Queue("nothing", { connection, prefix });
  for (let added = 0; added < jobs; added += 1000) {
    await queue.addBulk(
      Array.from({ length: 1000 }, (_, index) => ({
        ...{ name: "nothing", data: { linkId: `${added + index}` } },
        opts: { jobId: `job-${added + index}`, priority: 3, removeOnComplete: true, attempts: 1 },
      })),
    );
  }
  const from = performance.now();
  let done = 0;
  await new Promise<void>((resolve) => {
    const worker = new Worker(
      "nothing",
      async () => {
        done += 1;
        if (done === jobs) setImmediate(() => void worker.close().then(resolve));
      },
      { connection, prefix, concurrency },
    );
    worker.on("error", () => undefined);
  });
  const seconds = (performance.now() - from) / 1000;
  await queue.close();
  return jobs / seconds;
}
