import { FailureError } from "@cosell/connector";

/** How the user stops a command. */
export interface Interrupt {
  /** Aborts at the first signal, with a failure of kind `aborted`. */
  readonly signal: AbortSignal;
  /** The exit code that tells the shell which signal it was; `undefined` while nobody interrupted. */
  exitCode(): number | undefined;
  /** Stops listening. */
  release(): void;
}

/** One key press may reach us twice: from the terminal, and passed on by the process that started us. */
const samePressMs = 250;
const codes = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;
type Signal = keyof typeof codes;

/**
 * The first SIGINT, SIGTERM or SIGHUP asks the work to stop where its state is consistent, the second ends the process
 * at once. The death of the process that started us (a wrapper with an IPC channel) counts as SIGTERM.
 */
export function listenForInterrupt(note: (text: string) => void): Interrupt {
  const controller = new AbortController();
  let code: number | undefined;
  let firstAt = 0;
  const stop = (signal: Signal): void => {
    if (code === undefined) {
      code = codes[signal];
      firstAt = Date.now();
      controller.abort(
        new FailureError({ kind: "aborted", message: "Stopped on request; what was done so far is recorded." }),
      );
      if (signal === "SIGINT") note("Stopping … (once more ends at once)");
    } else if (Date.now() - firstAt > samePressMs) {
      process.exit(codes[signal]);
    }
  };
  const onDisconnect = (): void => stop("SIGTERM");
  const signals = Object.keys(codes) as Signal[];
  for (const signal of signals) process.on(signal, stop);
  process.once("disconnect", onDisconnect);
  process.channel?.unref();
  return {
    signal: controller.signal,
    exitCode: () => code,
    release: () => {
      for (const signal of signals) process.off(signal, stop);
      process.off("disconnect", onDisconnect);
    },
  };
}
