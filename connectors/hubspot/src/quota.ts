import { type ConnectionQuota, FailureError } from "@cosell/connector";

/** A portal's limits, as its last answer told them (`X-HubSpot-RateLimit-…`). */
export interface BudgetUse {
  readonly burst?: { readonly max: number; readonly remaining: number; readonly intervalMs: number };
  /** Not told to OAuth apps. */
  readonly day?: { readonly limit: number; readonly remaining: number };
  /** When HubSpot said so, milliseconds since 1970. */
  readonly seenAt: number;
}

/** The day ends at the portal's midnight; an answer tells when the budget is back, so one call looks again after this. */
const lookAgainAfterMs = 15 * 60_000;

/** The limits in an answer's headers; `undefined` for an answer without any, such as a search's. */
export function budgetOf(headers: Headers, seenAt: number): BudgetUse | undefined {
  const number = (name: string): number => Number(headers.get(`x-hubspot-ratelimit-${name}`) ?? Number.NaN);
  const burst = { max: number("max"), remaining: number("remaining"), intervalMs: number("interval-milliseconds") };
  const day = { limit: number("daily"), remaining: number("daily-remaining") };
  const isWhole = (numbers: object): boolean => Object.values(numbers).every((value) => Number.isFinite(value));
  if (!isWhole(burst) && !isWhole(day)) return undefined;
  return { ...(isWhole(burst) && { burst }), ...(isWhole(day) && { day }), seenAt };
}

/** The contract's form: the day where HubSpot tells it, else the ten seconds. */
export function quotaOf(use: BudgetUse | undefined): ConnectionQuota | undefined {
  if (use?.day) return { used: use.day.limit - use.day.remaining, limit: use.day.limit, period: "day" };
  return use?.burst && { used: use.burst.max - use.burst.remaining, limit: use.burst.max, period: "ten-seconds" };
}

/** Leaves the head-room to the portal's other integrations. Throws `quota`. */
export function refuseBeyondHeadroom(use: BudgetUse | undefined, headroom: number, now: number): void {
  if (!use?.day) return;
  const { limit, remaining } = use.day;
  const used = limit - remaining;
  const resetAt = use.seenAt + lookAgainAfterMs;
  if (used < limit * (1 - headroom) || now >= resetAt) return;
  throw new FailureError({
    kind: "quota",
    message: `The portal has used ${used} of ${limit} API calls of today; Cosell leaves the rest to others (quotaHeadroom).`,
    resetAt,
  });
}
