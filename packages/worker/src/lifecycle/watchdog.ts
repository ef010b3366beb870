import type { Clock, Logger } from "@cosell/connector";
import type { Health } from "../http/start-http.ts";

export interface WatchdogOptions {
  readonly health: () => Promise<Health>;
  /** How long what the worker depends on may be away before the process gives up. Milliseconds. @defaultValue 10 minutes */
  readonly patienceMs?: number;
  /** Ends the process: whoever runs it starts it anew, with new connections. */
  readonly giveUp: () => void;
  readonly clock: Clock;
  readonly logger: Logger;
}

const lookMs = 10_000;
/** A look that has no answer by then is a bad one. */
const answerMs = 8_000;

/** Ends a process whose connections never come back by themselves, so that it does not sit there for ever. */
export async function watch(
  { health, patienceMs = 600_000, giveUp, clock, logger }: WatchdogOptions,
  signal: AbortSignal,
): Promise<void> {
  let badSince: number | undefined;
  while (!signal.aborted) {
    const ready = await Promise.race([
      health().then(
        (state) => state.ready,
        () => false,
      ),
      clock.sleep(answerMs, signal).then(
        () => false,
        () => true,
      ),
    ]);
    if (ready) badSince = undefined;
    else badSince ??= clock.now();
    if (badSince !== undefined && clock.now() - badSince >= patienceMs) {
      logger.error("the state or the queue has not answered for long; the process ends to be started anew", {});
      giveUp();
      return;
    }
    await clock.sleep(lookMs, signal).catch(() => undefined);
  }
}
