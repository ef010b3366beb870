import { randomUUID } from "node:crypto";
import type { EmulatorClock, EmulatorResponse } from "../../kernel/index.ts";
import type { HubspotSettings, PortalSettings } from "../settings.ts";
import type { Caller } from "./sessions.ts";

/** What the limits say to one call. */
export interface Judgement {
  /** Set when the call is refused. */
  readonly refusal?: EmulatorResponse;
  readonly headers: Readonly<Record<string, string>>;
}

/** Counts calls per portal: in ten seconds, per day, and searches per second, which have a limit of their own. */
export interface RateLimits {
  judge(caller: Caller, portal: PortalSettings, isSearch: boolean): Judgement;
  /** Calls of the app itself, to its journal. Set when one is refused. */
  judgeApp(): EmulatorResponse | undefined;
}

/** Calls of the journal in one second (HubSpot, "Webhooks journal and management APIs", rate limits). */
const appLimit = 100;

const interval = 10_000;

export function createRateLimits(clock: EmulatorClock, settings: () => HubspotSettings): RateLimits {
  const counts = new Map<string, number>();
  const count = (window: string, milliseconds: number, now: number): number => {
    const key = `${window} ${Math.floor(now / milliseconds)}`;
    const used = (counts.get(key) ?? 0) + 1;
    counts.set(key, used);
    // Windows that are over are forgotten, now and then.
    if (counts.size > 1000) for (const known of counts.keys()) if (counts.size > 500) counts.delete(known);
    return used;
  };
  return {
    judgeApp: () => {
      const calls = count("app", 1000, clock.now());
      if (!settings().limits || calls <= appLimit) return undefined;
      return { ...tooMany("SECONDLY", "secondly"), headers: { "retry-after": "1" } };
    },
    judge: (caller, { portalId, tenSecondLimit, dailyLimit, searchesPerSecond }, isSearch) => {
      const enforced = settings().limits;
      const now = clock.now();
      const today = count(`day ${portalId}`, 86_400_000, now);
      if (enforced && today > dailyLimit) return { headers: {}, refusal: tooMany("DAILY", "daily") };
      if (isSearch) {
        const searches = count(`search ${portalId}`, 1000, now);
        return enforced && searches > searchesPerSecond
          ? { headers: {}, refusal: tooMany("SECONDLY", "secondly") }
          : { headers: {} };
      }
      const burst = count(`burst ${portalId}`, interval, now);
      const headers = {
        "x-hubspot-ratelimit-max": String(tenSecondLimit),
        "x-hubspot-ratelimit-remaining": String(Math.max(0, tenSecondLimit - burst)),
        "x-hubspot-ratelimit-interval-milliseconds": String(interval),
        ...(!caller.isApp && {
          "x-hubspot-ratelimit-daily": String(dailyLimit),
          "x-hubspot-ratelimit-daily-remaining": String(Math.max(0, dailyLimit - today)),
        }),
      };
      return enforced && burst > tenSecondLimit
        ? { headers, refusal: tooMany("TEN_SECONDLY_ROLLING", "ten_secondly_rolling") }
        : { headers };
    },
  };
}

/** 429 as HubSpot words it. */
export function tooMany(policyName: string, limit: string): EmulatorResponse {
  return {
    status: 429,
    body: {
      status: "error",
      message: `You have reached your ${limit} limit.`,
      errorType: "RATE_LIMIT",
      correlationId: randomUUID(),
      policyName,
    },
  };
}
