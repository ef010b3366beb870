import { type Clock, FailureError } from "@cosell/connector";
import type { BudgetUse } from "./quota.ts";

/** Keeps one connection's calls below its portal's limits. Nothing is shared: another portal's calls do not count here. */
export interface RateBucket {
  /** Resolves when the call may go. Throws `throttled` when that would take too long. */
  take(kind: "call" | "search"): Promise<void>;
  /** HubSpot told its limits. */
  heard(use: BudgetUse): void;
  /** HubSpot refused a call for being too fast. */
  pause(kind: "call" | "search", milliseconds: number): void;
}

/** Longer waits are the engine's to plan. */
const longestWaitMs = 30_000;

interface Window {
  readonly length: number;
  limit: number;
  /** When the last calls began, or will begin. */
  readonly begun: number[];
  blockedUntil: number;
}

/** A sliding window of ten seconds for calls, and one of a second for searches, which HubSpot counts apart. */
export function createRateBucket(
  { clock, signal }: { readonly clock: Clock; readonly signal: AbortSignal | undefined },
  limits: { readonly callsPerTenSeconds: number; readonly searchesPerSecond: number },
): RateBucket {
  const windows: Readonly<Record<"call" | "search", Window>> = {
    call: { length: 10_000, limit: limits.callsPerTenSeconds, begun: [], blockedUntil: 0 },
    search: { length: 1000, limit: limits.searchesPerSecond, begun: [], blockedUntil: 0 },
  };
  return {
    take: async (kind) => {
      const window = windows[kind];
      const now = clock.now();
      while ((window.begun[0] ?? now) <= now - window.length) window.begun.shift();
      const before = window.begun.at(-window.limit);
      const start = Math.max(now, window.blockedUntil, before === undefined ? 0 : before + window.length);
      const wait = start - now;
      if (wait > longestWaitMs)
        throw new FailureError({
          kind: "throttled",
          message: "The portal's calls of the next seconds are spoken for.",
          retryAfterMs: wait,
        });
      window.begun.push(start);
      if (wait > 0) await clock.sleep(wait, signal);
    },
    heard: ({ burst, seenAt }) => {
      if (!burst || burst.max < 1) return;
      windows.call.limit = Math.floor(burst.max);
      // Others use the portal too.
      if (burst.remaining < 1) windows.call.blockedUntil = seenAt + burst.intervalMs;
    },
    pause: (kind, milliseconds) => {
      windows[kind].blockedUntil = Math.max(windows[kind].blockedUntil, clock.now() + milliseconds);
    },
  };
}
