import type { Clock, Failure } from "@cosell/connector";

/**
 * What a deal's failure does next.
 * `again`: observe and decide again in this run, after the wait · `later`: leave it, retry at a time · `park`: until
 * something changes or a person replays it · `stop`: the whole run cannot go on.
 */
export type FailureAction =
  | { readonly kind: "again"; readonly waitMs: number }
  | {
      readonly kind: "later";
      readonly retryAt: number;
      /** Does it count as an attempt of the link? @defaultValue true */
      readonly counts?: boolean;
    }
  | { readonly kind: "park" }
  | { readonly kind: "stop" };

/**
 * Says what a failure does to a deal in hand. `attempt` counts the tries of this reconcile from 0, `earlier` the
 * reconciles in a row before this one that failed.
 */
export type FailurePolicy = (failure: Failure, attempt: number, clock: Clock, earlier: number) => FailureAction;

/** Tries of one deal in one run, the first included. */
const tries = 5;
const second = 1000;
const longestWait = 60 * second;

/** What each kind of failure does to a deal in hand when one run does all: a person waits for its end. */
export function actionFor(failure: Failure, attempt: number, clock: Clock): FailureAction {
  const backoff = Math.min(second * 2 ** attempt, longestWait);
  switch (failure.kind) {
    case "auth":
    case "config":
    case "aborted":
      return { kind: "stop" };
    case "quota":
      return { kind: "later", retryAt: failure.resetAt ?? clock.now() + 3600 * second };
    case "throttled":
      return attempt < tries
        ? { kind: "again", waitMs: failure.retryAfterMs ?? backoff }
        : { kind: "later", retryAt: clock.now() + longestWait };
    case "conflict":
    case "unknown-outcome":
      return attempt < tries ? { kind: "again", waitMs: 0 } : { kind: "later", retryAt: clock.now() + longestWait };
    case "transient":
      return attempt < tries
        ? { kind: "again", waitMs: backoff }
        : { kind: "later", retryAt: clock.now() + longestWait };
    case "invalid":
    case "permission":
    case "missing":
    case "merged":
    case "bug":
      return { kind: "park" };
  }
}
