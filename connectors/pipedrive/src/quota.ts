import { type ConnectionQuota, type Failure, FailureError } from "@cosell/connector";

/** The company's tokens of the day, from the headers `x-daily-ratelimit-token-…`. */
export interface BudgetUse {
  readonly limit: number;
  readonly remaining: number;
  /** When Pipedrive said so, milliseconds since 1970. */
  readonly seenAt: number;
}

/** The day ends at midnight where Pipedrive's server stands, which nobody tells: so one call looks again after this. */
const lookAgainAfterMs = 15 * 60_000;

/** How long a burst is counted (Pipedrive, "Rate limiting"). */
const burstMs = 2000;

/** The budget in an answer's headers; they are missing at times. */
export function budgetOf(headers: Headers, seenAt: number): BudgetUse | undefined {
  const [limit, remaining] = ["limit", "remaining"].map((name) => numberIn(headers, `x-daily-ratelimit-token-${name}`));
  return limit === undefined || remaining === undefined || limit <= 0 ? undefined : { limit, remaining, seenAt };
}

/** The contract's form of the budget. Pipedrive counts tokens, not calls: a list costs 10, a write 5, a search 20. */
export function quotaOf(use: BudgetUse | undefined): ConnectionQuota | undefined {
  return use && { used: use.limit - use.remaining, limit: use.limit, period: "day" };
}

/** Leaves the head-room to the company's other integrations. Throws `quota`. */
export function refuseBeyondHeadroom(use: BudgetUse | undefined, headroom: number, now: number): void {
  if (!use || use.limit - use.remaining < use.limit * (1 - headroom)) return;
  const resetAt = use.seenAt + lookAgainAfterMs;
  if (now >= resetAt) return;
  throw new FailureError({
    kind: "quota",
    message: `The company has used ${use.limit - use.remaining} of ${use.limit} API tokens of today; Cosell leaves the rest to others (quotaHeadroom).`,
    resetAt,
  });
}

/** What 429 means: the day's budget is used up, or calls came too fast. Only the headers tell which. */
export function tooManyCalls(headers: Headers, now: number): Failure {
  const code = "ERROR_HTTP_429";
  if (budgetOf(headers, now)?.remaining === 0) {
    const message = "The company's API tokens of today are used up.";
    return { kind: "quota", message, code, resetAt: now + lookAgainAfterMs };
  }
  const seconds = numberIn(headers, "retry-after") ?? numberIn(headers, "x-ratelimit-reset");
  const retryAfterMs = seconds === undefined ? burstMs : seconds * 1000;
  return { kind: "throttled", message: "Pipedrive asks for a pause.", code, retryAfterMs };
}

function numberIn(headers: Headers, name: string): number | undefined {
  const text = headers.get(name);
  return text !== null && /^\d+(\.\d+)?$/.test(text) ? Number(text) : undefined;
}
