import type { Failure } from "@cosell/connector";
import { pauseOf } from "@cosell/engine";
import type { Pause } from "@cosell/state";
import type { WorkerOptions, WorkerSync } from "../worker.ts";

/** What stands still, why, and when it begins again. */
export interface Stops {
  isPaused(sync: WorkerSync): Promise<boolean>;
  /** Something more than a link has failed: credentials that are refused pause the connection, all else is told. */
  stop(sync: WorkerSync, failure: Failure): Promise<void>;
  /** The sync's sides answered. */
  well(sync: WorkerSync): void;
  /** Whether a failure says that a newer version has changed the state: then this process takes no work any more, which is told once. */
  isOutdated(failure: Failure): boolean;
  /** Looks whether what we paused works again. */
  tryAgain(sync: WorkerSync): Promise<void>;
}

/** Every job asks: the answer is kept for a moment. */
const freshMs = 2000;
/** A side that stumbles for this long is worth an alarm. */
const alarmAfterMs = 10 * 60_000;
/** The state's code for a schema that a newer version has made. */
const newerState = "newer-state";
/** Marks a pause as ours, to be ended by us. */
const ours = "Paused by the worker:";

/**
 * Stops what cannot go on and begins it again by itself. Refused credentials pause their connection (or, where AWS
 * refuses them, every sync of the account), with one alarm; a minute's look finds out when they work again. A person's
 * own pause is left alone.
 */
export function createStops({
  store,
  syncs,
  alarms,
  clock,
  metrics,
  logger,
  onOutdated,
}: Pick<WorkerOptions, "store" | "syncs" | "alarms" | "clock" | "metrics" | "logger" | "onOutdated">): Stops {
  let known: { readonly at: number; readonly pauses: Promise<readonly Pause[]> } | undefined;
  const failingSince = new Map<string, number>();
  const looking = new Map<string, Promise<void>>();

  const pauses = (): Promise<readonly Pause[]> => {
    if (known === undefined || Math.abs(clock.now() - known.at) > freshMs)
      known = { at: clock.now(), pauses: store.pauses() };
    return known.pauses;
  };
  const pause = async (scope: Pause["scope"], name: string, failure: Failure): Promise<void> => {
    const isNew = await store.pause(
      { scope, name, path: "", reason: `${ours} ${failure.message}` },
      { unlessPaused: true },
    );
    known = undefined;
    metrics.paused(scope, name, true);
    // Of all workers, the one whose pause it is tells.
    if (!isNew) return;
    const text = `${scope === "connection" ? "Connection" : "Sync"} ${name} stands still: ${failure.message} It goes on by itself once the credentials work again.`;
    await alarms.raise({ key: keyOf(scope, name), severity: "critical", text });
  };
  /** Which side refuses us? That side is paused. */
  const findRefusal = async (sync: WorkerSync, failure: Failure): Promise<void> => {
    const check = await sync.connection.check();
    metrics.connection(sync.connectionName, check.ok);
    if (!check.ok && (check.failure.kind === "auth" || check.failure.kind === "config")) {
      await pause("connection", sync.connectionName, check.failure);
      return;
    }
    for (const { name, account } of syncs) if (account === sync.account) await pause("sync", name, failure);
  };

  let outdated = false;
  const isOutdated = (failure: Failure): boolean => {
    if (failure.kind !== "config" || failure.code !== newerState) return false;
    if (!outdated) {
      outdated = true;
      logger.error(`This worker ends: ${failure.message}`, {});
      onOutdated?.();
    }
    return true;
  };
  return {
    isOutdated,
    isPaused: async (sync) =>
      outdated || pauseOf(await pauses(), { sync: sync.name, connection: sync.connectionName }) !== undefined,
    async stop(sync, failure) {
      // Nothing can be stored, not even a pause: the others go on.
      if (isOutdated(failure)) return;
      if (failure.kind === "auth" || failure.kind === "config") {
        // Many links fail at once for one reason: one look serves them all.
        const look = looking.get(sync.name) ?? findRefusal(sync, failure).finally(() => looking.delete(sync.name));
        looking.set(sync.name, look);
        await look;
        return;
      }
      const since = failingSince.get(sync.name) ?? clock.now();
      failingSince.set(sync.name, since);
      if (clock.now() - since < alarmAfterMs) return;
      const text = `Sync ${sync.name} has not got through for ${Math.round((clock.now() - since) / 60_000)} minutes: ${failure.message}`;
      await alarms.raise({ key: `failing:${sync.name}`, severity: "critical", text });
    },
    well(sync) {
      metrics.connection(sync.connectionName, true);
      if (failingSince.delete(sync.name)) void alarms.clear(`failing:${sync.name}`);
    },
    async tryAgain(sync) {
      const found = (await store.pauses()).filter(
        ({ scope, name, path, reason }) =>
          path === "" &&
          reason.startsWith(ours) &&
          (scope === "sync" ? name === sync.name : name === sync.connectionName),
      );
      for (const { scope, name, path } of found) {
        const works = scope === "connection" ? (await sync.connection.check()).ok : await sync.checkPartnerCentral();
        if (!works) continue;
        const isOver = await store.resume({ scope, name, path });
        known = undefined;
        metrics.paused(scope, name, false);
        if (isOver) await alarms.clear(keyOf(scope, name));
      }
    },
  };
}

const keyOf = (scope: Pause["scope"], name: string): string => `auth:${scope}:${name}`;
