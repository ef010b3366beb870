import { setImmediate as nextTurn } from "node:timers/promises";
import { type Clock, FailureError } from "@cosell/connector";
import type { CallOptions } from "./partner-central.ts";
import { quotaLimits, quotaOf, type QuotaClass, type QuotaLimit } from "./model/quotas.ts";
import { createSlidingWindow, type SlidingWindow } from "./sliding-window.ts";

/** Every call to AWS passes it, so that a partner account's quota is never exceeded, whoever calls. */
export interface QuotaGate {
  /**
   * Resolves when the call may go out now. Throws `FailureError`: `aborted` when the signal says so first, `quota` with
   * `resetAt` when the day's budget is used up. A gate that learns from how calls end gives a permit.
   */
  acquire(operation: string, options?: CallOptions): Promise<QuotaPermit | undefined>;
}

/** One call that may go out now. */
export interface QuotaPermit {
  /** The call is over. `throttled`: AWS refused it for its rate. Never throws. */
  done(outcome: "answered" | "throttled" | "no-answer"): void;
}

/** How a gate in memory is made. */
export interface MemoryQuotaGateOptions {
  readonly clock: Clock;
  /** Limits that AWS granted instead of its defaults. */
  readonly limits?: Partial<Readonly<Record<QuotaClass, QuotaLimit>>>;
  /**
   * Milliseconds added to every second that is waited, since calls may travel faster one after the other.
   * @defaultValue 50
   */
  readonly marginMs?: number;
}

type Priority = NonNullable<CallOptions["priority"]>;

interface Waiting {
  /** Since when it waits, later by its handicap. Milliseconds. */
  readonly place: number;
  readonly admit: () => void;
  readonly refuse: (error: Error) => void;
}

/**
 * How much later than it came a call counts as having come, milliseconds: the urgent go first, and nobody starves, since
 * a handicap is used up by waiting. A background call that has waited a minute goes before every new one.
 */
export const quotaHandicaps: Readonly<Record<Priority, number>> = { urgent: 0, normal: 5_000, background: 60_000 };

/**
 * The gate of one process. Reads share one budget and so do writes; a call waits until its class has sent fewer calls
 * than allowed in the second before. Urgent calls go before normal ones, those before background ones, but for those
 * that have waited long ({@link quotaHandicaps}); within a priority, first come first served. It forgets at the process's end: the day's count begins anew.
 */
export function createMemoryQuotaGate(options: MemoryQuotaGateOptions): QuotaGate {
  const lanes = new Map<string, Lane>();
  return {
    acquire(operation, callOptions = {}) {
      const quota = quotaOf(operation);
      // A call with a rate of its own has a lane of its own.
      const name = quota.class === "other" ? operation : quota.class;
      let lane = lanes.get(name);
      if (lane === undefined) {
        const limit = options.limits?.[quota.class] ?? (quota.class === "other" ? quota : quotaLimits[quota.class]);
        lane = createLane(limit, options.clock, options.marginMs ?? 50);
        lanes.set(name, lane);
      }
      return lane.enter(callOptions);
    },
  };
}

interface Lane {
  enter(options: CallOptions): Promise<undefined>;
}

function createLane(limit: QuotaLimit, clock: Clock, marginMs: number): Lane {
  const window = createSlidingWindow(limit, marginMs);
  const waiting = new Set<Waiting>();
  let pumping = false;

  async function pump(): Promise<void> {
    if (pumping) return;
    pumping = true;
    try {
      for (let next = first(waiting); next !== undefined; next = first(waiting)) {
        const wait = window.waitMs(clock.now());
        // Somebody more urgent may come meanwhile, or the one who waits may leave: look again after the sleep.
        if (wait > 0) {
          await clock.sleep(wait);
        } else {
          admit(next, waiting, window, clock.now());
          // On a clock that jumps when somebody sleeps, who was let through must go before the next one sleeps.
          await nextTurn();
        }
      }
    } catch (error) {
      for (const one of waiting) one.refuse(error as Error);
      waiting.clear();
    } finally {
      pumping = false;
    }
  }

  return {
    enter({ signal, priority = "normal" }) {
      return new Promise((resolve, reject) => {
        const leave = (): void => {
          waiting.delete(one);
          reject(aborted());
        };
        const one: Waiting = {
          place: clock.now() + quotaHandicaps[priority],
          admit: () => {
            signal?.removeEventListener("abort", leave);
            resolve(undefined);
          },
          refuse: (error) => {
            signal?.removeEventListener("abort", leave);
            reject(error);
          },
        };
        if (signal?.aborted === true) {
          reject(aborted());
          return;
        }
        signal?.addEventListener("abort", leave, { once: true });
        waiting.add(one);
        void pump();
      });
    },
  };
}

/** Whose turn it is; of equals, who came first. */
function first(waiting: ReadonlySet<Waiting>): Waiting | undefined {
  let next: Waiting | undefined;
  for (const one of waiting) if (next === undefined || one.place < next.place) next = one;
  return next;
}

function admit(next: Waiting, waiting: Set<Waiting>, window: SlidingWindow, now: number): void {
  waiting.delete(next);
  const resetAt = window.fullUntil(now);
  if (resetAt === undefined) {
    window.record(now);
    next.admit();
    return;
  }
  next.refuse(
    new FailureError({
      kind: "quota",
      message: `The day's budget of calls to AWS is used up. The next call is free at ${new Date(resetAt).toISOString()}; AWS raises the limit on request (Service Quotas).`,
      resetAt,
    }),
  );
}

function aborted(): FailureError {
  return new FailureError({ kind: "aborted", message: "The call was stopped while it waited for its turn." });
}
