import { Queue, Worker } from "bullmq";
import { freePort } from "../../../scripts/test-servers/private-server.mjs";
import { silentLogger, systemClock } from "@cosell/connector";
import { openState, type StateStore } from "@cosell/state";
import { startEmulatorProcess } from "../../workers/support/emulators.ts";
import { createInstallation } from "../../workers/support/installation.ts";
import { stopProgram } from "../../workers/support/program.ts";
import { type Ground, type Place, placeToRun } from "./ground.ts";
import { median } from "./numbers.ts";
import { type ObservedWorker, observeWorker } from "./observed-worker.ts";
import { type Progress, startProgress } from "./progress.ts";

/** Early and late in a long run, MiB. */
export interface Growth {
  readonly early: number;
  readonly late: number;
}

/** What links cost whose reconcile finds that nothing is to be done. */
export interface NoChange {
  /** Links in a second whose mapped values are as they were: our own write come back, or another field. No call at AWS. */
  readonly echoesPerSecond: number;
  /** CPU time of the worker for one of them, milliseconds: also true on a machine that is busy with other things. */
  readonly echoCpuMs: number;
  /** Links in a second that are looked at on both sides: a read of the CRM (in batches), one at AWS, one decision. */
  readonly looksPerSecond: number;
  readonly lookCpuMs: number;
  /** Jobs in a second that BullMQ alone does, with the same Redis and as many at a time. */
  readonly bullmqPerSecond: number;
  readonly reconciles: number;
  /** Resident memory of the worker's process: median of the second tenth of the reconciles, and of the last. */
  readonly memoryMiB: Growth;
  /** Its heap after the collections: the least of the second tenth, and of the last. */
  readonly heapMiB: Growth;
}

const sync = "opportunities";

/**
 * Lets one worker reconcile the same links again and again, `reconciles` in all: they are marked anew while it works, so
 * that it never waits for marks.
 */
export async function measureNoChange(
  ground: Ground,
  {
    deals,
    reconciles,
    concurrency,
  }: { readonly deals: number; readonly reconciles: number; readonly concurrency: number },
): Promise<NoChange> {
  const unlimited = { perSecond: 1_000_000, perDay: 1_000_000_000 };
  const [place, port] = await Promise.all([placeToRun(), freePort()]);
  const emulators = await startEmulatorProcess(ground.folder, { deals });
  const installation = createInstallation({
    ...{ urls: emulators.urls, stateUrl: place.stateUrl, queue: place.queue },
    quotas: { read: unlimited, write: unlimited },
    worker: { concurrency, pollSeconds: 3600, stopSeconds: 5, http: { port } },
  });
  const store = await openState({ url: place.stateUrl, clock: systemClock, logger: silentLogger });
  try {
    const program = await installation.startWorker([], ground.environment);
    const worker = observeWorker(program.process.pid ?? 0, port);
    await untilClean(store, 1, startProgress("no change, its first sync"));
    const linkIds: string[] = [];
    for await (const { id, opportunityId } of store.links({ sync })) if (opportunityId !== undefined) linkIds.push(id);
    const marked = { store, linkIds, worker };
    // What the first sync has left: a record's version that is not known yet, code that is not compiled yet.
    await keepMarked(marked, "crm:changed", 2 * linkIds.length);
    const looks = await keepMarked(marked, "bench:look", Math.min(reconciles, 3 * linkIds.length));
    const echoes = await keepMarked(marked, "crm:changed", reconciles);
    const done = await worker.reconciles();
    await stopProgram(program);
    const tenth = Math.max(1, Math.floor(echoes.samples.length / 10));
    const [early, late] = [echoes.samples.slice(tenth, 2 * tenth), echoes.samples.slice(-tenth)];
    const residentOf = (samples: readonly Sample[]): number => median(samples.map(({ resident }) => resident));
    const heapOf = (samples: readonly Sample[]): number => Math.min(...samples.map(({ heap }) => heap));
    return {
      ...{ echoesPerSecond: echoes.perSecond, echoCpuMs: echoes.cpuMs },
      ...{ looksPerSecond: looks.perSecond, lookCpuMs: looks.cpuMs },
      bullmqPerSecond: await bullmqAlone(place, concurrency),
      reconciles: done,
      memoryMiB: { early: residentOf(early), late: residentOf(late) },
      heapMiB: { early: heapOf(early), late: heapOf(late) },
    };
  } finally {
    await store.close();
    await emulators.stop();
    installation.remove();
    await place.clear();
  }
}

interface Sample {
  readonly resident: number;
  readonly heap: number;
}

interface Kept {
  readonly perSecond: number;
  /** Of one reconcile. */
  readonly cpuMs: number;
  readonly samples: readonly Sample[];
}

/** Marks links again as soon as half of them are done, until so many reconciles were made. */
async function keepMarked(
  {
    store,
    linkIds,
    worker,
  }: { readonly store: StateStore; readonly linkIds: readonly string[]; readonly worker: ObservedWorker },
  reason: string,
  count: number,
): Promise<Kept> {
  const progress = startProgress(`no change (${reason})`);
  await untilClean(store, 0, progress);
  await store.markLinks(linkIds, reason);
  // The rhythm in which marks of others are noticed is not what is measured.
  const before = await worker.reconciles();
  while ((await worker.reconciles()) === before) await systemClock.sleep(5);
  const [first, from, cpu] = [await worker.reconciles(), performance.now(), worker.cpuMs()];
  const samples: Sample[] = [];
  let done = 0;
  while (done < count) {
    const { dirty } = await store.counts(sync);
    if (dirty < linkIds.length / 2) await store.markLinks(linkIds, reason);
    samples.push({ resident: worker.residentMiB(), heap: await worker.heapMiB() });
    await systemClock.sleep(50);
    done = (await worker.reconciles()) - first;
    progress(`${done} of ${count} links`);
  }
  const seconds = (performance.now() - from) / 1000;
  return { perSecond: done / seconds, cpuMs: (worker.cpuMs() - cpu) / done, samples };
}

/** Waits until at least so many links exist and none is marked. */
async function untilClean(store: StateStore, least: number, progress: Progress): Promise<void> {
  for (;;) {
    const { links, dirty } = await store.counts(sync);
    const all = Object.values(links).reduce((sum, count) => sum + count, 0);
    if (dirty === 0 && all >= least) return;
    progress(`${all - dirty} of ${all} links`);
    await systemClock.sleep(50);
  }
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
