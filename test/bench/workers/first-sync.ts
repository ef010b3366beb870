import { quotaOf } from "@cosell/partner-central/model";
import type { LoggedRequest } from "@cosell/emulator";
import { openState } from "@cosell/state";
import { silentLogger, systemClock } from "@cosell/connector";
import { startEmulatorProcess } from "../../workers/support/emulators.ts";
import { createInstallation } from "../../workers/support/installation.ts";
import { stopProgram } from "../../workers/support/program.ts";
import { duplicatesOf } from "../../workers/support/aws-side.ts";
import { median } from "./numbers.ts";
import { type Ground, placeToRun } from "./ground.ts";
import { startProgress } from "./progress.ts";

/** What a first sync of a company by some workers came to. */
export interface FirstSync {
  /** Share of the write calls that AWS allowed, over the middle of the run: neither its start nor its last links. */
  readonly quotaUse: number;
  readonly throttles: number;
  /** Opportunities beyond the first of a record. */
  readonly duplicates: number;
  readonly writes: number;
  readonly seconds: number;
  /** Links that failed, for whatever reason. */
  readonly failed: number;
  /** A write call as AWS sees it: median of its milliseconds in the server. */
  readonly callMs: number;
}

/** Syncs a company of `deals` for the first time with so many processes, at `writesPerSecond`. */
export async function measureFirstSync(
  ground: Ground,
  {
    processes,
    deals,
    writesPerSecond,
    concurrency,
  }: {
    readonly processes: number;
    readonly deals: number;
    readonly writesPerSecond: number;
    readonly concurrency: number;
  },
): Promise<FirstSync> {
  const quotas = {
    write: { perSecond: writesPerSecond, perDay: 10_000_000 },
    read: { perSecond: 10 * writesPerSecond, perDay: 10_000_000 },
  };
  const place = await placeToRun();
  const emulators = await startEmulatorProcess(ground.folder, { deals, quotas });
  const installation = createInstallation({
    ...{ urls: emulators.urls, stateUrl: place.stateUrl, queue: place.queue, quotas },
    worker: { concurrency, pollSeconds: 3600, stopSeconds: 5 },
  });
  const store = await openState({ url: place.stateUrl, clock: systemClock, logger: silentLogger });
  try {
    const programs = await Promise.all(
      Array.from({ length: processes }, () => installation.startWorker([], ground.environment)),
    );
    const allAtWork = Date.now();
    const progress = startProgress(`first sync, ${processes} processes`);
    for (;;) {
      await systemClock.sleep(500);
      const { links, dirty } = await store.counts();
      const all = Object.values(links).reduce((sum, count) => sum + count, 0);
      if (all > 0 && dirty === 0) break;
      progress(`${all - dirty} of ${all} deals`);
      const dead = programs.find(({ process }) => process.exitCode !== null);
      if (dead !== undefined) throw new Error(`a worker ended:\n${dead.stderr()}`);
    }
    const { failed } = await store.counts();
    await Promise.all(programs.map(stopProgram));
    const calls = (await emulators.requests()).filter(({ server }) => server === "partnerCentralSelling");
    return {
      ...usage(calls, { perSecond: writesPerSecond, allAtWork }),
      failed,
      duplicates: await duplicatesOf(emulators),
    };
  } finally {
    await store.close();
    await emulators.stop();
    installation.remove();
    await place.clear();
  }
}

function usage(
  calls: readonly LoggedRequest[],
  { perSecond, allAtWork }: { readonly perSecond: number; readonly allAtWork: number },
): Omit<FirstSync, "failed" | "duplicates"> {
  const counted = calls.filter(({ operation, status }) => quotaOf(operation).class === "write" && status !== 429);
  const at = (index: number): number => counted[index]?.at ?? 0;
  const last = counted.length - 1;
  const from = Math.max(
    Math.ceil(0.03 * last),
    counted.findIndex((call) => call.at >= allAtWork),
  );
  const to = Math.floor(0.95 * last);
  return {
    quotaUse: (to - from) / (((at(to) - at(from)) / 1000) * perSecond),
    throttles: calls.filter(({ status }) => status === 429).length,
    writes: counted.length,
    seconds: (at(last) - at(0)) / 1000,
    callMs: median(counted.map(({ durationMs = 0 }) => durationMs)),
  };
}
