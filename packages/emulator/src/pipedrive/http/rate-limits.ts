import type { EmulatorClock, EmulatorResponse } from "../../kernel/index.ts";
import type { CompanySettings, PipedriveSettings } from "../settings.ts";

/** What the limits say to one call. */
export interface Judgement {
  /** Set when the call is refused. */
  readonly refusal?: EmulatorResponse;
  readonly headers: Readonly<Record<string, string>>;
}

/** Counts calls per token in two seconds, searches apart, and the company's budget of the day. */
export interface RateLimits {
  judge(token: string, company: CompanySettings, cost: number, isSearch: boolean): Judgement;
}

const window = 2000;
const day = 86_400_000;

export function createRateLimits(clock: EmulatorClock, settings: () => PipedriveSettings): RateLimits {
  const counts = new Map<string, number>();
  const count = (name: string, milliseconds: number, by: number): number => {
    const key = `${name} ${Math.floor(clock.now() / milliseconds)}`;
    const used = (counts.get(key) ?? 0) + by;
    counts.set(key, used);
    // Windows that are over are forgotten, now and then.
    if (counts.size > 1000) for (const known of counts.keys()) if (counts.size > 500) counts.delete(known);
    return used;
  };
  return {
    judge: (token, { companyId, burstLimit, searchLimit, dailyTokens }, cost, isSearch) => {
      const { limits, budgetHeaders } = settings();
      const used = count(`day ${companyId}`, day, cost);
      const calls = count(`${isSearch ? "search" : "burst"} ${token}`, window, 1);
      const most = isSearch ? searchLimit : burstLimit;
      const headers = {
        "x-ratelimit-limit": String(most),
        "x-ratelimit-remaining": String(Math.max(0, most - calls)),
        "x-ratelimit-reset": String(Math.ceil((window - (clock.now() % window)) / 1000)),
        ...(budgetHeaders && {
          "x-daily-ratelimit-token-limit": String(dailyTokens),
          "x-daily-ratelimit-token-remaining": String(Math.max(0, dailyTokens - used)),
        }),
      };
      return limits && (used > dailyTokens || calls > most) ? { headers, refusal: tooMany() } : { headers };
    },
  };
}

/** 429; the headers say whether it is the burst or the day. The body's form is not documented. */
export function tooMany(): EmulatorResponse {
  return { status: 429, body: { success: false, error: "request over limit", code: 429 } };
}
