import { type Failure, failureOf, FailureError } from "@cosell/connector";

/** The failure of anything that was thrown: what is no `FailureError` is a bug of ours. */
export function failureFrom(error: unknown): Failure {
  return (
    failureOf(error) ?? {
      kind: "bug",
      message: `An error that Cosell did not expect: ${error instanceof Error ? error.message : String(error)}.`,
    }
  );
}

/** Throws the abort of a signal as a failure. */
export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw new FailureError({ kind: "aborted", message: "Stopped on request." });
}
