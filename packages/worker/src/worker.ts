import type { Clock, Connection, JsonValue, Logger, WebhookChange } from "@cosell/connector";
import type { Engine } from "@cosell/engine";
import type { StateStore } from "@cosell/state";
import type { JobRunner, JobRunnerOptions } from "./jobs/job-runner.ts";
import type { Health } from "./http/start-http.ts";
import type { Alarms } from "./telemetry/alarms.ts";
import type { Metrics } from "./telemetry/metrics.ts";

/** One sync that the worker keeps in step. */
export interface WorkerSync {
  /** Its name in the configuration. */
  readonly name: string;
  readonly engine: Engine;
  readonly connectionName: string;
  readonly connection: Connection;
  /** The partner account and catalog whose quota it uses: `default/AWS`. */
  readonly account: string;
  /** Does AWS take our credentials? One cheap read. */
  readonly checkPartnerCentral: () => Promise<boolean>;
  /** How often both sides are asked for changes, milliseconds. */
  readonly pollMs: number;
}

export interface WorkerOptions {
  readonly syncs: readonly WorkerSync[];
  readonly store: StateStore;
  /** BullMQ's, or the one in this process. */
  readonly openRunner: (options: JobRunnerOptions) => Promise<JobRunner>;
  /** Name of this process in claims. */
  readonly owner: string;
  /** Links in work at the same time, per partner account. */
  readonly concurrency: number;
  /** Asks for nothing new: only what is marked is done. @defaultValue false */
  readonly drain?: boolean;
  readonly metrics: Metrics;
  readonly alarms: Alarms;
  /** A newer version has changed the state: this process can store nothing any more. Told once; whoever runs it ends it. */
  readonly onOutdated?: () => void;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** A worker at work. */
export interface RunningWorker {
  /** Takes events of AWS: stores their marks, then sees to it that they are worked on at once. */
  receiveEvents(events: readonly JsonValue[]): Promise<void>;
  /** Takes what a CRM told of by itself. */
  receiveChanges(connection: string, changes: readonly WebhookChange[]): Promise<void>;
  health(): Promise<Health>;
  /** Brings the gauges up to date, before they are read. */
  measure(): Promise<void>;
  /** Resolves when nothing is left to do now. */
  drained(signal?: AbortSignal): Promise<void>;
  /** Takes no new work, lets links in hand end for `withinMs`, then gives them back. */
  close(withinMs: number): Promise<void>;
}
