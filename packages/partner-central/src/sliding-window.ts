import type { QuotaLimit } from "./model/quotas.ts";

/** Remembers when calls went out, and says when the next one may. */
export interface SlidingWindow {
  /** Milliseconds until the rate allows one more call; 0 means now. */
  waitMs(now: number): number;
  /** When the day's budget is used up: the time at which a call is free again. */
  fullUntil(now: number): number | undefined;
  record(now: number): void;
}

const second = 1000;
const day = 24 * 60 * 60 * second;

/** Exact, not bucketed: in no second and in no 24 hours more calls than allowed. */
export function createSlidingWindow(limit: QuotaLimit, marginMs: number): SlidingWindow {
  const kept = Math.max(limit.perSecond, limit.perDay ?? 0);
  // A ring of the last `kept` calls, which grows as they come.
  const times: number[] = [];
  let calls = 0;
  const indexOf = (back: number): number => (calls - back) % kept;
  /** When the call that is `back` calls ago went out. */
  const ago = (back: number): number | undefined => (back > calls ? undefined : times[indexOf(back)]);
  return {
    waitMs(now) {
      // Calls of a future that a clock, set back, took back: as if they went out just now, so that nobody waits for hours.
      for (let back = 1; (ago(back) ?? now) > now && back <= limit.perSecond; back++) times[indexOf(back)] = now;
      const earlier = ago(limit.perSecond);
      return earlier === undefined ? 0 : Math.max(0, earlier + second + marginMs - now);
    },
    fullUntil(now) {
      const earlier = limit.perDay === undefined ? undefined : ago(limit.perDay);
      return earlier !== undefined && earlier <= now && now < earlier + day ? earlier + day : undefined;
    },
    record(now) {
      times[calls % kept] = now;
      calls++;
    },
  };
}
