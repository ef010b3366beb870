import type { Clock, Logger } from "@cosell/connector";
import type { Health } from "../http/start-http.ts";

export interface WatchdogOptions {
  readonly health: () => Promise<Health>;
  /** How long what the worker depends on may be away before the process gives up. Milliseconds; asked at every look. */
  readonly patienceMs: () => number;
  /** Time between two looks, milliseconds. @defaultValue 10 seconds */
  readonly lookMs?: number;
  /** A look that has no answer by then is a bad one. Milliseconds. @defaultValue 8 seconds */
  readonly answerMs?: number;
  /** Ends the process: whoever runs it starts it anew, with new connections. */
  readonly giveUp: () => void;
  readonly clock: Pick<Clock, "sleep">;
  readonly logger: Logger;
}

/** Ends a process whose connections never come back by themselves, so that it does not sit there for ever. */
export async function watch(
  { health, patienceMs, lookMs = 10_000, answerMs = 8_000, giveUp, clock, logger }: WatchdogOptions,
  signal: AbortSignal,
): Promise<void> {
  // Not by the time of day, which jumps.
  let badSince: number | undefined;
  const isOver = async (): Promise<boolean> => {
    const began = performance.now();
    const ready = await isReady(health, (answered) => clock.sleep(answerMs, AbortSignal.any([answered, signal])));
    badSince = ready ? undefined : (badSince ?? began);
    return badSince !== undefined && performance.now() - badSince >= patienceMs();
  };
  while (!(await isOver())) {
    await clock.sleep(lookMs, signal).catch(() => undefined);
    if (signal.aborted) return;
  }
  logger.error("the state or the queue has not answered for long; the process ends to be started anew", {});
  giveUp();
}

/** A question that may never be answered. */
async function isReady(health: () => Promise<Health>, limit: (over: AbortSignal) => Promise<void>): Promise<boolean> {
  const answered = new AbortController();
  const late = limit(answered.signal).then(
    () => false,
    () => false,
  );
  const ready = health().then(
    (state) => state.ready,
    () => false,
  );
  try {
    return await Promise.race([ready, late]);
  } finally {
    answered.abort();
  }
}
