import { describe, expect, it } from "@jest/globals";
import type { Clock, Failure } from "@cosell/connector";
import type { FailureAction } from "@cosell/engine";
import { queueBehaviour } from "./queue-behaviour.ts";

const now = Date.parse("2026-11-21T09:00:00Z");
const clock: Clock = { now: () => now, sleep: () => Promise.resolve() };
const minute = 60_000;

type Kind = Failure["kind"];
const of = (kind: Kind, more: object = {}): Failure => ({ kind, message: "Why.", ...more }) as Failure;

/** How long a link waits, milliseconds: each case by chance, so many are looked at. */
function waits(failure: Failure, { attempt = 9, earlier = 0 } = {}): readonly number[] {
  return Array.from({ length: 200 }, () => {
    const action = queueBehaviour(failure, attempt, clock, earlier);
    if (action.kind !== "later") throw new Error(action.kind);
    return action.retryAt - now;
  });
}

describe("what a failure does to a link in the queue", () => {
  it.each<readonly [Kind, FailureAction["kind"]]>([
    ["auth", "stop"],
    ["config", "stop"],
    ["aborted", "stop"],
    ["invalid", "park"],
    ["permission", "park"],
    ["missing", "park"],
    ["merged", "park"],
    ["bug", "park"],
    ["throttled", "later"],
    ["quota", "later"],
    ["conflict", "again"],
    ["unknown-outcome", "again"],
    ["transient", "again"],
  ])("%s: %s", (kind, expected) => {
    expect(queueBehaviour(of(kind), 0, clock, 0).kind).toBe(expected);
  });

  it.each<Kind>(["conflict", "unknown-outcome", "transient"])("%s does not stay in hand for ever", (kind) => {
    const tries = [0, 1, 2, 3, 4].map((attempt) => queueBehaviour(of(kind), attempt, clock, 0).kind);
    expect(tries.at(-1)).toBe("later");
    expect(tries.lastIndexOf("again")).toBeLessThan(3);
  });

  it("waits ever longer between the tries of a link, half an hour to an hour at most, never all at once", () => {
    // Twice as far apart as chance can move them.
    const longest = [0, 2, 4, 6, 8].map((earlier) => Math.max(...waits(of("transient"), { earlier })));
    expect(longest).toEqual(longest.toSorted((one, other) => one - other));
    expect(Math.max(...waits(of("transient"), { earlier: 1000 }))).toBeLessThanOrEqual(60 * minute);
    expect(Math.min(...waits(of("transient"), { earlier: 1000 }))).toBeGreaterThanOrEqual(30 * minute);
    expect(new Set(waits(of("transient"), { earlier: 5 })).size).toBeGreaterThan(100);
  });

  it("waits for a throttle as long as the server says, however often it came, and holds it against nobody", () => {
    const throttled = of("throttled", { retryAfterMs: 3000 });
    expect(Math.min(...waits(throttled, { earlier: 1000 }))).toBeGreaterThanOrEqual(3000);
    expect(Math.max(...waits(throttled, { earlier: 1000 }))).toBeLessThanOrEqual(6000);
    expect(queueBehaviour(throttled, 0, clock, 0)).toMatchObject({ counts: false });
  });

  it("waits for the day's budget until it opens", () => {
    const quota = of("quota", { resetAt: now + 5 * minute });
    expect(Math.min(...waits(quota))).toBeGreaterThanOrEqual(5 * minute);
    expect(Math.max(...waits(quota))).toBeLessThanOrEqual(5 * minute + 2000);
    expect(queueBehaviour(quota, 0, clock, 0)).toMatchObject({ counts: false });
  });
});
