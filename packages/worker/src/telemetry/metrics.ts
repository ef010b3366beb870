import type { Failure } from "@cosell/connector";
import type { QuotaClass, QuotaLimit } from "@cosell/partner-central/model";
import type { Pause, StateCounts } from "@cosell/state";
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";

/**
 * What a worker counts. Labels are names of the configuration, operations and kinds: never a deal's. Counters and
 * histograms are this process's own and are added up over processes; gauges tell of what all of them share, so that the
 * greatest is taken. `docs/worker.md` lists them.
 */
export interface Metrics {
  reconciled(sync: string, outcome: "changed" | "unchanged" | "failed" | "busy"): void;
  /** From the oldest mark to the end of the reconcile that answered it. */
  applied(sync: string, side: "crm" | "aws", seconds: number): void;
  failed(sync: string, kind: Failure["kind"]): void;
  awsCall(account: string, operation: string, quota: QuotaClass, outcome: "answered" | "throttled" | "no-answer"): void;
  quotaWait(account: string, quota: QuotaClass, seconds: number): void;
  quotaLimit(account: string, quota: QuotaClass, limit: QuotaLimit): void;
  webhook(source: string, outcome: string): void;
  /** Events of AWS, by what a sync made of them. */
  events(sync: string, outcome: "accepted" | "echo", count: number): void;
  /** Messages of an event queue. */
  messages(source: "sqs", outcome: "taken" | "foreign" | "failed", count: number): void;
  intake(sync: string, source: string, changes: number): void;
  links(sync: string, counts: StateCounts): void;
  queue(name: string, counts: Readonly<Record<string, number>>): void;
  connection(name: string, up: boolean): void;
  paused(scope: string, name: string, paused: boolean): void;
  /** All pauses that there are: others have ended, whichever process ended them. */
  pauses(standing: readonly Pick<Pause, "scope" | "name">[]): void;
  text(): Promise<{ readonly type: string; readonly text: string }>;
  /** What this process did since it began. */
  totals(): WorkerTotals;
}

export interface WorkerTotals {
  readonly changed: number;
  readonly unchanged: number;
  readonly failed: number;
  /** Calls at AWS that were throttled. */
  readonly throttles: number;
}

const seconds = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3600];

/** A registry of its own: two workers in one process do not mix. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const counter = <Label extends string>(name: string, help: string, labelNames: readonly Label[]): Counter<Label> =>
    new Counter({ name: `cosell_${name}`, help, labelNames, registers });
  const gauge = <Label extends string>(name: string, help: string, labelNames: readonly Label[]): Gauge<Label> =>
    new Gauge({ name: `cosell_${name}`, help, labelNames, registers });
  const histogram = <Label extends string>(
    name: string,
    help: string,
    labelNames: readonly Label[],
  ): Histogram<Label> => new Histogram({ name: `cosell_${name}`, help, labelNames, buckets: seconds, registers });

  const reconciles = counter("reconciles_total", "Reconciled links", ["sync", "outcome"]);
  const latency = histogram("change_to_applied_seconds", "From a change to its end", ["sync", "side"]);
  const failures = counter("failures_total", "Failed reconciles", ["sync", "kind"]);
  const calls = counter("aws_calls_total", "Calls to Partner Central", ["account", "operation", "quota", "outcome"]);
  const waits = histogram("quota_wait_seconds", "Waiting for the account's quota", ["account", "quota"]);
  const limits = gauge("quota_limit_calls", "Calls that AWS allows in a window", ["account", "quota", "window"]);
  const webhooks = counter("webhook_requests_total", "Webhook requests", ["source", "outcome"]);
  const events = counter("events_total", "Events of AWS", ["sync", "outcome"]);
  const messages = counter("messages_total", "Messages of an event queue", ["source", "outcome"]);
  const changes = counter("changes_total", "Changes found by polls", ["sync", "source"]);
  const links = gauge("links", "Links by where they stand", ["sync", "status"]);
  const unsettled = gauge("unsettled_links", "Links with something that is not agreed", ["sync", "kind"]);
  const depths = gauge("queue_jobs", "Jobs by state", ["queue", "state"]);
  const connections = gauge("connection_up", "1: reachable with our credentials", ["connection"]);
  const pauses = gauge("paused", "1: stands still", ["scope", "name"]);

  const totals = { changed: 0, unchanged: 0, failed: 0, throttles: 0 };
  return {
    reconciled(sync, outcome) {
      reconciles.inc({ sync, outcome });
      if (outcome !== "busy") totals[outcome] += 1;
    },
    applied: (sync, side, value) => latency.observe({ sync, side }, value),
    failed: (sync, kind) => failures.inc({ sync, kind }),
    awsCall(account, operation, quota, outcome) {
      calls.inc({ account, operation, quota, outcome });
      if (outcome === "throttled") totals.throttles += 1;
    },
    quotaWait: (account, quota, value) => waits.observe({ account, quota }, value),
    quotaLimit(account, quota, { perSecond, perDay }) {
      limits.set({ account, quota, window: "second" }, perSecond);
      if (perDay !== undefined) limits.set({ account, quota, window: "day" }, perDay);
    },
    webhook: (source, outcome) => webhooks.inc({ source, outcome }),
    events: (sync, outcome, count) => events.inc({ sync, outcome }, count),
    messages: (source, outcome, count) => messages.inc({ source, outcome }, count),
    intake: (sync, source, count) => changes.inc({ sync, source }, count),
    links(sync, counts) {
      for (const [status, count] of Object.entries(counts.links)) links.set({ sync, status }, count);
      for (const kind of ["dirty", "held", "deferred", "conflicts", "failed"] as const) {
        unsettled.set({ sync, kind }, counts[kind]);
      }
    },
    queue(queue, counts) {
      for (const [state, count] of Object.entries(counts)) depths.set({ queue, state }, count);
    },
    connection: (connection, up) => connections.set({ connection }, up ? 1 : 0),
    paused: (scope, name, paused) => pauses.set({ scope, name }, paused ? 1 : 0),
    pauses(standing) {
      pauses.reset();
      for (const { scope, name } of standing) pauses.set({ scope, name }, 1);
    },
    totals: () => ({ ...totals }),
    text: async () => ({ type: registry.contentType, text: await registry.metrics() }),
  };
}
