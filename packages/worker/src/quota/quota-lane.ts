import { setTimeout as pause } from "node:timers/promises";
import { FailureError } from "@cosell/connector";
import { type CallOptions, quotaHandicaps, type QuotaPermit } from "@cosell/partner-central";
import type { QuotaLimit } from "@cosell/partner-central/model";
import { finishScript, grantScript, leaveScript } from "./quota-scripts.ts";
import type { RedisQuotaGateOptions } from "./redis-quota-gate.ts";

/** One process's callers of one class of calls. */
export interface QuotaLane {
  enter(call: CallOptions): Promise<QuotaPermit>;
  close(): Promise<void>;
}

interface LaneOptions extends RedisQuotaGateOptions {
  /** Tells this process from the others. */
  readonly process: string;
  readonly name: string;
  readonly limit: QuotaLimit;
}

interface Caller {
  /** It was stopped: what it is given is given back. */
  left: boolean;
  /** Its place: since when it waits, later by its handicap. By this process's own clock, milliseconds. */
  readonly place: number;
  readonly admit: (permit: QuotaPermit) => void;
  readonly refuse: (error: Error) => void;
}

/** Redis forgets who has not asked for three seconds. */
const longestPauseMs = 250;

/** Most permits asked for at once. */
const handful = 32;

/** Redis is not asked again within this: the permits that it has given ahead last longer. */
const shortestPauseMs = 20;

/** Two calls follow each other at this share of the quota's own distance, so that what was late is made up for; and no later than this. */
const paceShare = 0.8;
const longestPaceMs = 10;

/** A slot that is free so soon is given at once, to be used then: shorter than any urgency is worth, longer than any hiccup. */
const aheadMs = 100;

/** Waits for the process's callers: it asks Redis for the most urgent ones, and again when Redis says that it pays. */
export function createQuotaLane(options: LaneOptions): QuotaLane {
  const { redis, prefix, account, process, name, limit, logger, transitMs = 3000, patienceMs = 15_000 } = options;
  // The braces keep the keys of one lane on one node of a cluster.
  const key = (part: string): string => `${prefix}:{quota:${account}:${name}}:${part}`;
  const slots = Math.max(1, Math.floor(limit.perSecond));
  const windowMs = (1000 * slots) / limit.perSecond;
  const paceMs = Math.min(longestPaceMs, (paceShare * windowMs) / slots);
  const callers: Caller[] = [];
  let permits = 0;
  let pumping = false;
  let queued = false;
  let stretched = false;
  let sleep: AbortController | undefined;

  /** Until Redis says that asking pays, or somebody more urgent has come: their place in the queue is told at once. */
  async function rest(milliseconds: number): Promise<void> {
    sleep = new AbortController();
    await pause(milliseconds, undefined, { signal: sleep.signal }).catch(() => undefined);
    sleep = undefined;
  }

  async function grant(): Promise<readonly [number, number, number, ...number[]]> {
    const now = performance.now();
    const places = callers.slice(0, handful).map(({ place }) => Math.round(place - now));
    const keys = ["slots", "queue", "seen", "day", "state"].map(key);
    const answer = await grantScript(redis, keys, [
      ...[process, permits, slots, windowMs, transitMs, limit.perDay ?? 0, aheadMs, paceMs],
      ...places,
    ]);
    return answer as [number, number, number, ...number[]];
  }

  async function pump(): Promise<void> {
    if (pumping) return;
    pumping = true;
    let deafSince: number | undefined;
    while (callers.length > 0) {
      try {
        const asked = Math.min(callers.length, handful);
        const [waitMs, resetAt, stretch, ...delays] = await grant();
        deafSince = undefined;
        tellStretch(stretch > 1000);
        for (const delayMs of delays) {
          const admitted = permit(`${process}:${permits}`);
          permits += 1;
          const caller = callers.shift();
          // A caller that left meanwhile leaves its permit unused: it is given back at once.
          const admit = (): void => {
            if (caller === undefined || caller.left) admitted.done("answered");
            else caller.admit(admitted);
          };
          if (delayMs === 0) admit();
          else setTimeout(admit, delayMs);
        }
        if (resetAt > 0) refuseAll(usedUp(resetAt));
        queued = resetAt === 0 && delays.length < asked;
        if (resetAt === 0 && delays.length === 0)
          await rest(Math.min(Math.max(waitMs, shortestPauseMs), longestPauseMs));
      } catch (error) {
        deafSince ??= performance.now();
        if (performance.now() - deafSince > patienceMs) refuseAll(unreachable(error));
        else await pause(longestPauseMs);
      }
    }
    pumping = false;
    // Everybody left before their turn: others need not wait for us.
    if (queued) await leaveQueue();
  }

  async function leaveQueue(): Promise<void> {
    queued = false;
    const keys = [key("queue"), key("seen")];
    await leaveScript(redis, keys, [process]).catch(() => undefined);
  }

  function permit(id: string): QuotaPermit {
    return {
      done(outcome) {
        const keys = [key("slots"), key("state")];
        finishScript(redis, keys, [id, windowMs, outcome === "throttled" ? "1" : "0"])
          // The slot is freed by its longest transit then.
          .catch(() => undefined);
      },
    };
  }

  function refuseAll(error: Error): void {
    for (const caller of callers.splice(0)) caller.refuse(error);
  }

  function tellStretch(now: boolean): void {
    if (now === stretched) return;
    stretched = now;
    if (now) {
      logger.warn("AWS throttles below the configured quota: calls are sent more slowly", { account, quota: name });
    } else logger.info("calls are sent at the configured quota again", { account, quota: name });
  }

  return {
    enter({ signal, priority = "normal" }) {
      return new Promise((resolve, reject) => {
        const leave = (): void => {
          const index = callers.indexOf(caller);
          if (index !== -1) callers.splice(index, 1);
          caller.left = true;
          reject(aborted());
        };
        const caller: Caller = {
          left: false,
          place: performance.now() + quotaHandicaps[priority],
          admit: (admitted) => {
            signal?.removeEventListener("abort", leave);
            resolve(admitted);
          },
          refuse: (error) => {
            signal?.removeEventListener("abort", leave);
            reject(error);
          },
        };
        signal?.addEventListener("abort", leave, { once: true });
        const index = callers.findLastIndex(({ place }) => place <= caller.place);
        callers.splice(index + 1, 0, caller);
        if (index === -1) sleep?.abort();
        void pump();
      });
    },
    async close() {
      refuseAll(aborted());
      await leaveQueue();
    },
  };
}

/** What a waiting call is told when its own signal ends it. */
export function aborted(): FailureError {
  return new FailureError({ kind: "aborted", message: "The call was stopped while it waited for its turn." });
}

function usedUp(resetAt: number): FailureError {
  return new FailureError({
    kind: "quota",
    message: `The day's budget of calls to AWS is used up. The next call is free at ${new Date(resetAt).toISOString()}; AWS raises the limit on request (Service Quotas).`,
    resetAt,
  });
}

function unreachable(error: unknown): FailureError {
  return new FailureError(
    {
      kind: "transient",
      code: "quota-unreachable",
      message:
        "Redis, which counts the calls to AWS for all workers, does not answer: nothing is sent to AWS without it. The call is tried again later.",
    },
    { cause: error },
  );
}
