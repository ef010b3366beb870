import { FailureError, failureOf } from "@cosell/connector";
import type { BegunCall } from "@cosell/state";

/**
 * AWS refuses the signature of a machine whose clock differs by more than this: what AWS stamped earlier than that before
 * a call is not of that call. Milliseconds.
 */
export const clockSkewMs = 5 * 60_000;

/**
 * Did a call that was made for the first time surely do nothing? It was refused, or never left this machine. After an
 * answer that was lost, or an error of ours, it may have arrived.
 */
export function surelyNotDone(error: unknown): boolean {
  const kind = failureOf(error)?.kind;
  return kind !== undefined && kind !== "unknown-outcome" && kind !== "bug";
}

/** Throws `conflict` for a call that another run of the same deal has begun meanwhile: its outcome is looked for first. */
export function requireNew(call: BegunCall): BegunCall {
  if (call.isNew) return call;
  throw new FailureError({
    kind: "conflict",
    code: "call-pending",
    message: `Another run has begun the ${call.step} of this deal. Its outcome is looked for before anything is sent again.`,
  });
}
