import { failureOf } from "@cosell/connector";
import { releaseDeadOwners } from "@cosell/engine";
import type { LinkJob, RecurringTask } from "./jobs/job-runner.ts";
import { createStops } from "./lifecycle/stops.ts";
import { createLinkWorker } from "./links/link-work.ts";
import { inSpan } from "./telemetry/tracing.ts";
import type { RunningWorker, WorkerOptions, WorkerSync } from "./worker.ts";

/** Marks are looked for this often even when nobody said that there are any. */
const dispatchMs = 1000;
/** A lane that is low is filled at once, but no more often: links that come back at once must not keep everybody busy. */
const fillMs = 100;
const reapMs = 10_000;
const watchMs = 60_000;
/** Links that wait in a lane: enough to keep every worker busy, few enough that an urgent one is soon among them. */
const wanted = 500;

/**
 * Keeps syncs in step until it is closed. The engine does all work; the worker asks for changes in its rhythm, hands
 * marked links out, and sees to it that what stands still is told and begins again. Any number of these may run over one
 * state and one Redis.
 */
export async function startWorker(options: WorkerOptions): Promise<RunningWorker> {
  const { store, owner, concurrency, metrics, clock, logger, drain = false } = options;
  const syncs = new Map(options.syncs.map((sync) => [sync.name, sync]));
  const stops = createStops(options);
  const links = createLinkWorker({
    ...{ syncs, store, owner, metrics, clock, logger },
    isPaused: (sync) => stops.isPaused(sync),
    onStop: (sync, failure) => stops.stop(sync, failure),
  });

  async function dispatch(sync: WorkerSync): Promise<void> {
    if (await stops.isPaused(sync)) return;
    // Syncs of one account share its lane: none may fill it alone. What waits there already is not handed out again.
    const share = Math.ceil(wanted / options.syncs.filter(({ account }) => account === sync.account).length);
    const due = await store.claimable(sync.name, { limit: share });
    const jobs = due.map(({ linkId, priority }): LinkJob => ({ sync: sync.name, linkId, priority }));
    if (jobs.length > 0) await runner.dispatch(sync.account, jobs);
  }

  async function poll(sync: WorkerSync, signal: AbortSignal): Promise<void> {
    if (await stops.isPaused(sync)) return;
    // What is found is handed out within the span: its reconciles belong to this trace.
    await inSpan("intake", { "cosell.sync": sync.name, "cosell.source": "poll" }, async (span) => {
      try {
        const report = await sync.engine.intake({ signal });
        metrics.intake(sync.name, "crm", report.crmChanges);
        metrics.intake(sync.name, "aws", report.awsChanges);
        stops.well(sync);
      } catch (error) {
        const failure = failureOf(error);
        if (failure === undefined) throw error;
        span.set({ "cosell.failure": failure.kind });
        if (failure.kind !== "aborted") await stops.stop(sync, failure);
      }
      await dispatch(sync);
    });
  }

  const tasks = options.syncs.flatMap((sync): readonly RecurringTask[] => [
    { name: `dispatch.${sync.name}`, everyMs: dispatchMs, lane: "quick", run: () => dispatch(sync) },
    { name: `reap.${sync.name}`, everyMs: reapMs, lane: "quick", run: () => releaseDeadOwners(store, sync.name) },
    ...(drain
      ? []
      : ([
          { name: `poll.${sync.name}`, everyMs: sync.pollMs, lane: "quick", run: (signal) => poll(sync, signal) },
          { name: `watch.${sync.name}`, everyMs: watchMs, lane: "slow", run: () => stops.tryAgain(sync) },
        ] satisfies readonly RecurringTask[])),
  ]);
  const filledAt = new Map<string, number>();
  const runner = await options.openRunner({
    lanes: [...new Set(options.syncs.map(({ account }) => account))],
    concurrency,
    tasks,
    work: (job, signal) => links.work(job, signal),
    onPoison: (job) => links.park(job),
    onLow: (account) => {
      if (Math.abs(clock.now() - (filledAt.get(account) ?? 0)) < fillMs) return;
      filledAt.set(account, clock.now());
      for (const sync of options.syncs) if (account === sync.account) nudge(`dispatch.${sync.name}`);
    },
    onError: (where, error) => {
      logger.error("work failed and is tried again", { where, error: error instanceof Error ? error.name : "unknown" });
    },
  });

  /** Best effort: the rhythm does the same a little later. */
  function nudge(task: string): void {
    runner.nudge(task).catch(() => undefined);
  }

  return {
    async receiveEvents(events) {
      for (const sync of options.syncs) {
        await inSpan("intake", { "cosell.sync": sync.name, "cosell.source": "events" }, async () => {
          const report = await sync.engine.receive(events);
          metrics.events(sync.name, "accepted", report.accepted);
          metrics.events(sync.name, "echo", report.echoes);
          if (report.marked > 0) await runner.nudge(`dispatch.${sync.name}`);
          if (report.invitations > 0) await runner.nudge(`poll.${sync.name}`);
        });
      }
    },
    async receiveChanges(connection, changes) {
      for (const sync of options.syncs.filter(({ connectionName }) => connectionName === connection)) {
        await inSpan("intake", { "cosell.sync": sync.name, "cosell.source": "webhook" }, async () => {
          const own = await sync.engine.receiveChanges(changes);
          if (own > 0) await runner.nudge(`dispatch.${sync.name}`);
          // A related record: the poll knows whose it is.
          if (own < changes.length) await runner.nudge(`poll.${sync.name}`);
        });
      }
    },
    async health() {
      const queue = await runner.health();
      // A server that only reads is of no use, and a version that may not write has to be known before it tries.
      const state = await store.checkWritable().then(
        () => ({ ok: true, detail: "answers" }),
        (error: unknown) => {
          const failure = failureOf(error);
          const isOutdated = failure !== undefined && stops.isOutdated(failure);
          return { ok: false, detail: isOutdated ? "newer-state" : (failure?.kind ?? "bug") };
        },
      );
      return { ready: queue.ok && state.ok, parts: { queue, state } };
    },
    async measure() {
      for (const { name } of options.syncs) metrics.links(name, await store.counts(name));
      for (const [queue, counts] of Object.entries(await runner.counts())) metrics.queue(queue, counts);
      metrics.pauses((await store.pauses()).filter(({ path }) => path === ""));
    },
    async drained(signal) {
      for (;;) {
        const left = await Promise.all(options.syncs.map(({ name }) => store.claimable(name, { limit: 1 })));
        const claims = await Promise.all(options.syncs.map(({ name }) => store.claimOwners(name)));
        if (links.active() === 0 && left.flat().length === 0 && claims.flat().length === 0) return;
        await clock.sleep(200, signal);
      }
    },
    async close(withinMs) {
      await runner.close(withinMs);
      links.close();
    },
  };
}
