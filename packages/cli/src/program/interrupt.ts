import { FailureError } from "@cosell/connector";

/** How the user stops a command. */
export interface Interrupt {
  /** Aborts at the first signal, with a failure of kind `aborted`. */
  readonly signal: AbortSignal;
  /** The exit code that tells the shell which signal it was; `undefined` while nobody interrupted. */
  exitCode(): number | undefined;
  /** How long work may take to stop from now on, if that is longer than it was. */
  stopWithin(limitMs: number): void;
  /** Stops listening. */
  release(): void;
}

/** One key press may reach us twice: from the terminal, and passed on by the process that started us. */
const samePressMs = 250;
/** Work that has not come to a stop by then never will: a call that does not end, a server that does not answer. */
const longestStopMs = 20_000;
const codes = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;
type Signal = keyof typeof codes;

/**
 * The first SIGINT, SIGTERM or SIGHUP asks the work to stop where its state is consistent, the second ends the process
 * at once; so does the time limit. The death of the process that started us (a wrapper with an IPC channel) counts as
 * SIGTERM.
 */
export function listenForInterrupt(note: (text: string) => void, limitMs = longestStopMs): Interrupt {
  const controller = new AbortController();
  let code: number | undefined;
  let firstAt = 0;
  let limit: NodeJS.Timeout | undefined;
  let within = limitMs;
  const stop = (signal: Signal): void => {
    if (code === undefined) {
      code = codes[signal];
      firstAt = Date.now();
      // Keeps the process up: work that waits for nothing any more would end it with another exit code.
      limit = setTimeout(() => giveUp(signal), within);
      controller.abort(
        new FailureError({ kind: "aborted", message: "Stopped on request; what was done so far is recorded." }),
      );
      if (signal === "SIGINT") note("Stopping … (once more ends at once)");
    } else if (Date.now() - firstAt > samePressMs) {
      process.exit(codes[signal]);
    }
  };
  const giveUp = (signal: Signal): void => {
    note(
      `The work did not stop within ${within / 1000} s after ${signal}: ended here. What was done is recorded; run the command again to go on.`,
    );
    process.exit(codes[signal]);
  };
  const onDisconnect = (): void => stop("SIGTERM");
  const signals = Object.keys(codes) as Signal[];
  for (const signal of signals) process.on(signal, stop);
  process.once("disconnect", onDisconnect);
  process.channel?.unref();
  return {
    signal: controller.signal,
    exitCode: () => code,
    stopWithin: (longer) => {
      within = Math.max(within, longer);
    },
    release: () => {
      clearTimeout(limit);
      for (const signal of signals) process.off(signal, stop);
      process.off("disconnect", onDisconnect);
    },
  };
}
