import { setTimeout as pause } from "node:timers/promises";
import { Queue, Worker, type ConnectionOptions, type Job } from "bullmq";
import { BullMQOtel } from "bullmq-otel";
import type { MarkPriority } from "@cosell/state";
import type { Redis, RedisOptions } from "ioredis";
import { whileLocked } from "./lock.ts";
import { createSuspects } from "./suspects.ts";
import type { JobRunner, JobRunnerOptions, LinkJob, RecurringTask } from "./job-runner.ts";

/** BullMQ runs the least first; 0 would be before all. */
const ranks: Readonly<Record<MarkPriority, number>> = { urgent: 1, high: 2, normal: 3, low: 4 };

/**
 * A worker that dies is noticed within this, or twice this: its jobs go to another. Its links' claims in the state are
 * freed by their lease, or at once by a process of the same machine.
 */
const usualStalledMs = 5_000;

/** How often is looked whether Redis still knows the rhythms: one that lost everything knows none. */
const rememberMs = 2_000;

/** Between two looks whether a task that runs has ended. */
const nudgePauseMs = 20;

/** The queues of recurring tasks. */
const rhythms = { quick: "tasks", slow: "slow-tasks" } as const;

/** A link is handed out anew as long as it is dirty: a job that is lost or fails needs no second life of its own. */
const jobOptions = { removeOnComplete: true, removeOnFail: true, attempts: 1 } as const;

export interface BullRunnerOptions extends JobRunnerOptions {
  /** For BullMQ's own connections. */
  readonly connection: RedisOptions;
  /** For everything else: locks, health. */
  readonly redis: Redis;
  /** Begins every key. */
  readonly prefix: string;
  /** How often is looked for jobs whose worker has died; a job is held for twice this. Milliseconds. @defaultValue 5000 */
  readonly stalledMs?: number;
}

/**
 * Work over Redis, for any number of processes. A job is a link's id, and its id is the link's: a link never waits twice.
 * Rhythms are BullMQ's job schedulers; a task runs in one process at a time.
 */
export async function createBullRunner(options: BullRunnerOptions): Promise<JobRunner> {
  const { connection, prefix, lanes, concurrency, tasks, work, onPoison, onIdle, onError, redis } = options;
  const { stalledMs: stalledInterval = usualStalledMs } = options;
  const stop = new AbortController();
  const byName = new Map(tasks.map((task) => [task.name, task]));
  // The same options; their types differ in how absent members are spelt.
  const shared = {
    connection: connection as ConnectionOptions,
    prefix,
    telemetry: new BullMQOtel({ tracerName: "bullmq" }),
  };

  const queueOf = (name: string): Queue => {
    const queue = new Queue(name, { ...shared, defaultJobOptions: jobOptions });
    queue.on("error", (error) => {
      onError(name, error);
    });
    return queue;
  };
  const workerOf = (name: string, parallel: number, process: (job: Job) => Promise<void>): Worker => {
    const settings = {
      ...{ concurrency: parallel, stalledInterval, lockDuration: 2 * stalledInterval },
      maxStalledCount: 1000,
    };
    const worker = new Worker(name, process, { ...shared, ...settings });
    worker.on("error", (error) => {
      onError(name, error);
    });
    return worker;
  };

  const reconcile = new Map(lanes.map((lane) => [lane, queueOf(queueName(lane))]));
  const rhythm = { quick: queueOf(rhythms.quick), slow: queueOf(rhythms.slow) };
  const schedule = async (): Promise<void> => {
    await Promise.all(tasks.map((task) => scheduleTask(rhythm[task.lane], task)));
    await redis.set(`${prefix}:rhythms`, "known");
  };
  await schedule();
  await forgetOthers(Object.values(rhythm), byName);
  const remembering = setInterval(() => {
    redis
      .exists(`${prefix}:rhythms`)
      .then((known) => (known === 0 ? schedule() : undefined))
      // Redis is away; whoever uses it says so.
      .catch(() => undefined);
  }, rememberMs);

  const runTask = async ({ name, repeatJobKey }: Job): Promise<void> => {
    const task = byName.get(name);
    if (task === undefined) return;
    const run = (): Promise<boolean> => whileLocked(redis, `${prefix}:task:${name}`, () => task.run(stop.signal));
    try {
      // Who was nudged has to see what the run under way may have passed already.
      while (!(await run()) && repeatJobKey === undefined && !stop.signal.aborted) await pause(nudgePauseMs);
    } catch (error) {
      if (!stop.signal.aborted) onError(name, error);
    }
  };
  const suspects = createSuspects(redis, `${prefix}:suspects`);
  const workers = [
    ...lanes.map((lane) => {
      const worker = workerOf(
        queueName(lane),
        concurrency,
        async ({ data, stalledCounter }: Job<Pick<LinkJob, "sync" | "linkId">>) => {
          try {
            const reconcile = (): Promise<void> => work(data, stop.signal);
            if (stalledCounter === 0) await reconcile();
            else await suspects.tryAlone(data.linkId, reconcile, () => onPoison(data));
          } catch (error) {
            if (!stop.signal.aborted) onError(data.linkId, error);
          }
        },
      );
      worker.on("drained", () => onIdle?.(lane));
      return worker;
    }),
    workerOf(rhythms.quick, Math.max(2, tasks.length), runTask),
    workerOf(rhythms.slow, 1, runTask),
  ];

  return {
    async dispatch(lane, jobs) {
      const queue = reconcile.get(lane);
      if (queue === undefined || jobs.length === 0) return;
      await queue.addBulk(
        jobs.map(({ sync, linkId, priority }) => ({
          name: "reconcile",
          data: { sync, linkId },
          opts: { jobId: linkId, priority: ranks[priority] },
        })),
      );
      for (const { linkId, priority } of jobs) {
        if (ranks[priority] > ranks.high) continue;
        const job = await queue.getJob(linkId);
        if (job !== undefined && job.priority > ranks[priority])
          await job.changePriority({ priority: ranks[priority] });
      }
    },
    waiting: async (lane) => (await reconcile.get(lane)?.getJobCountByTypes("waiting", "prioritized")) ?? 0,
    async nudge(name) {
      const task = byName.get(name);
      if (task !== undefined)
        await rhythm[task.lane].add(name, {}, { deduplication: { id: name, keepLastIfActive: true } });
    },
    async counts() {
      const queues = [...reconcile.values(), ...Object.values(rhythm)];
      return Object.fromEntries(
        await Promise.all(
          queues.map(async (queue) => [queue.name, await queue.getJobCounts("waiting", "prioritized", "active")]),
        ),
      ) as Record<string, Record<string, number>>;
    },
    async health() {
      try {
        await redis.ping();
        return { ok: true, detail: "answers" };
      } catch (error) {
        return { ok: false, detail: (error as Error).name };
      }
    },
    async close(withinMs) {
      clearInterval(remembering);
      const ended = Promise.all(workers.map((worker) => worker.close()));
      const limit = setTimeout(() => {
        stop.abort();
      }, withinMs);
      await ended;
      clearTimeout(limit);
      stop.abort();
      await Promise.all([...reconcile.values(), ...Object.values(rhythm)].map((queue) => queue.close()));
    },
  };
}

/** The queues of an installation. */
export function queueNames(lanes: readonly string[]): readonly string[] {
  return [...lanes.map(queueName), ...Object.values(rhythms)];
}

function queueName(lane: string): string {
  return `reconcile-${lane.replaceAll(/[^A-Za-z0-9_-]/g, "-")}`;
}

async function scheduleTask(queue: Queue, { name, everyMs }: RecurringTask): Promise<void> {
  await queue.upsertJobScheduler(name, { every: everyMs }, { name, opts: { ...jobOptions } });
}

/** Rhythms of a configuration that is gone. */
async function forgetOthers(queues: readonly Queue[], tasks: ReadonlyMap<string, RecurringTask>): Promise<void> {
  for (const queue of queues) {
    for (const { key } of await queue.getJobSchedulers()) {
      if (!tasks.has(key)) await queue.removeJobScheduler(key);
    }
  }
}
