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

/** How often is looked whether Redis still knows the rhythms, one that lost everything knows none, and whether they beat. */
const rememberMs = 2_000;

/** A beat that is further away than its rhythm and this was set by a clock that was ahead, or that has been put back since. */
const astrayMs = 5_000;

/** Between two looks whether a task that runs has ended. */
const nudgePauseMs = 20;

/** So many links done, and a lane may be low: well before it is empty, so that nobody waits for the next ones. */
const oftenTold = 50;

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
  const { connection, prefix, lanes, concurrency, tasks, work, onPoison, onLow, onError, redis } = options;
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
      .then((known) => (known === 0 ? schedule() : bringBack(Object.values(rhythm), byName)))
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
      let done = 0;
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
          done += 1;
          if (done % oftenTold === 0) onLow?.(lane);
        },
      );
      worker.on("drained", () => onLow?.(lane));
      return worker;
    }),
    workerOf(rhythms.quick, Math.max(2, tasks.length), runTask),
    workerOf(rhythms.slow, 1, runTask),
  ];

  return {
    async dispatch(lane, jobs) {
      const queue = reconcile.get(lane);
      if (queue === undefined || jobs.length === 0) return;
      const known = await knownRanks(redis, queue, jobs);
      await queue.addBulk(
        jobs
          .filter(({ linkId }) => !known.has(linkId))
          .map(({ sync, linkId, priority }) => ({
            name: "reconcile",
            data: { sync, linkId },
            opts: { jobId: linkId, priority: ranks[priority] },
          })),
      );
      const late = jobs.filter(({ linkId, priority }) => (known.get(linkId) ?? 0) > ranks[priority]);
      await Promise.all(
        late.map(async ({ linkId, priority }) => {
          const job = await queue.getJob(linkId);
          await job?.changePriority({ priority: ranks[priority] });
        }),
      );
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
        // A replica answers, and takes nothing.
        await redis.set(`${prefix}:health`, "asked", "PX", 60_000);
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

/** The ranks of those jobs that wait, or are worked on, already. */
async function knownRanks(redis: Redis, queue: Queue, jobs: readonly LinkJob[]): Promise<ReadonlyMap<string, number>> {
  const asking = redis.pipeline();
  for (const { linkId } of jobs) asking.hget(queue.toKey(linkId), "priority");
  const answers = (await asking.exec()) ?? [];
  return new Map(
    answers.flatMap(([error, rank], index) => {
      const linkId = jobs[index]?.linkId;
      if (error !== null) throw error;
      return typeof rank === "string" && linkId !== undefined ? [[linkId, Number(rank)]] : [];
    }),
  );
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

/** Rhythms that would stand still until a clock has come to where another one was. */
async function bringBack(queues: readonly Queue[], tasks: ReadonlyMap<string, RecurringTask>): Promise<void> {
  for (const queue of queues) {
    for (const { key, next = 0 } of await queue.getJobSchedulers()) {
      const task = tasks.get(key);
      if (task === undefined || next - Date.now() <= task.everyMs + astrayMs) continue;
      await queue.removeJobScheduler(key);
      await scheduleTask(queue, task);
    }
  }
}

/** Rhythms of a configuration that is gone. */
async function forgetOthers(queues: readonly Queue[], tasks: ReadonlyMap<string, RecurringTask>): Promise<void> {
  for (const queue of queues) {
    for (const { key } of await queue.getJobSchedulers()) {
      if (!tasks.has(key)) await queue.removeJobScheduler(key);
    }
  }
}
