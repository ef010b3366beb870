import type { Clock, Failure } from "@cosell/connector";
import type { FailureAction } from "@cosell/engine";

const second = 1000;
const minute = 60 * second;
/** Longest wait between two tries of one link. */
const longestMs = 30 * minute;
/** Tries in hand: what is over in a moment needs no second turn. */
const triesInHand = 3;

/**
 * What each kind of failure does to a link in the queue: the one place that says so. `earlier` counts the reconciles in a
 * row that failed before this one.
 *
 * | kind | what happens |
 * |---|---|
 * | `conflict` | observed and decided again at once |
 * | `unknown-outcome` | at once as well: observing is looking, and nothing is repeated before |
 * | `transient` | once more in hand, then later, ever later, spread by chance |
 * | `throttled` | later, when the server said; the wait does not grow, since the link is not to blame |
 * | `quota` | when the day's budget opens again |
 * | `auth` `config` | stops the connection, which is paused and told of once; the link keeps its mark |
 * | `invalid` `permission` `missing` `merged` `bug` | parked until something changes or a person replays it |
 * | `aborted` | given back as it was |
 */
export function queueBehaviour(failure: Failure, attempt: number, clock: Clock, earlier: number): FailureAction {
  switch (failure.kind) {
    case "conflict":
    case "unknown-outcome":
      return attempt < triesInHand ? { kind: "again", waitMs: 0 } : later(clock, earlier);
    case "transient":
      return attempt === 0 ? { kind: "again", waitMs: jitter(second / 2) } : later(clock, earlier);
    case "throttled":
      return { kind: "later", retryAt: clock.now() + jitter(failure.retryAfterMs ?? 5 * second), counts: false };
    case "quota":
      return { kind: "later", retryAt: (failure.resetAt ?? clock.now() + 60 * minute) + jitter(second), counts: false };
    case "auth":
    case "config":
    case "aborted":
      return { kind: "stop" };
    case "invalid":
    case "permission":
    case "missing":
    case "merged":
    case "bug":
      return { kind: "park" };
  }
}

function later(clock: Clock, earlier: number): FailureAction {
  return { kind: "later", retryAt: clock.now() + jitter(Math.min(2 * second * 2 ** Math.min(earlier, 20), longestMs)) };
}

/** Between once and twice the time: those who failed together do not come back together. */
function jitter(milliseconds: number): number {
  return Math.round(milliseconds * (1 + Math.random()));
}
