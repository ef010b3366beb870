import { AsyncResource } from "node:async_hooks";
import PQueue from "p-queue";
import type { Clock } from "@cosell/connector";
import type { MarkPriority } from "@cosell/state";
import type { JobRunner, JobRunnerOptions, LinkJob, RecurringTask } from "./job-runner.ts";

/** p-queue runs the greatest first. */
const weights: Readonly<Record<MarkPriority, number>> = { urgent: 3, high: 2, normal: 1, low: 0 };

/** So few links wait that whoever hands out is told: before nothing is left. */
const low = 100;

/** All work in this process, without Redis: for a small installation. The same work, in the same order. */
export function createInlineRunner(options: JobRunnerOptions & { readonly clock: Clock }): JobRunner {
  const { lanes, concurrency, tasks, work, onLow, onError, clock } = options;
  const stop = new AbortController();
  const stopped = (): boolean => stop.signal.aborted;
  const queues = new Map(lanes.map((lane) => [lane, new PQueue({ concurrency })]));
  const waiting = new Map<string, LinkJob>();
  const running = new Set<string>();
  const rhythms = tasks.map((task) => beat(task));

  async function beat(task: RecurringTask): Promise<void> {
    while (!stopped()) {
      await perform(task);
      try {
        await clock.sleep(task.everyMs, stop.signal);
      } catch {
        return; // Stopped.
      }
    }
  }

  async function perform(task: RecurringTask): Promise<void> {
    if (running.has(task.name) || stopped()) return;
    running.add(task.name);
    try {
      await task.run(stop.signal);
    } catch (error) {
      if (!stopped()) onError(task.name, error);
    } finally {
      running.delete(task.name);
    }
  }

  function enqueue(queue: PQueue, lane: string, job: LinkJob): void {
    const id = `${lane} ${job.linkId}`;
    const known = waiting.get(id);
    if (known !== undefined && weights[known.priority] >= weights[job.priority]) return;
    waiting.set(id, job);
    if (known !== undefined) {
      queue.setPriority(id, weights[job.priority]);
      return;
    }
    // Bound to whoever handed it out: the queue would run it in the trace of whatever ended last.
    const run = AsyncResource.bind(async (): Promise<void> => {
      waiting.delete(id);
      if (stopped()) return;
      try {
        await work(job, stop.signal);
      } catch (error) {
        if (!stopped()) onError(job.linkId, error);
      }
      if (queue.size <= low) onLow?.(lane);
    });
    void queue.add(run, { id, priority: weights[job.priority] });
  }

  return {
    dispatch(lane, jobs) {
      const queue = queues.get(lane);
      if (queue !== undefined) for (const job of jobs) enqueue(queue, lane, job);
      return Promise.resolve();
    },
    waiting: (lane) => Promise.resolve(queues.get(lane)?.size ?? 0),
    async nudge(name) {
      const task = tasks.find((one) => one.name === name);
      if (task !== undefined) await perform(task);
    },
    counts: () =>
      Promise.resolve(
        Object.fromEntries(
          [...queues].map(([lane, queue]) => [`reconcile-${lane}`, { waiting: queue.size, active: queue.pending }]),
        ),
      ),
    health: () => Promise.resolve({ ok: true, detail: "in this process" }),
    async close(withinMs) {
      for (const queue of queues.values()) queue.clear();
      const idle = Promise.all([...queues.values()].map((queue) => queue.onIdle()));
      const limit = new AbortController();
      await Promise.race([idle, clock.sleep(withinMs, limit.signal).catch(() => undefined)]);
      limit.abort();
      stop.abort();
      await Promise.all([idle, ...rhythms]);
    },
  };
}
