import { type ConnectionQuota, FailureError } from "@cosell/connector";

/** The org's API calls of the last 24 hours, from the header `Sforce-Limit-Info`. */
export interface BudgetUse {
  readonly used: number;
  readonly limit: number;
  /** When Salesforce said so, milliseconds since 1970. */
  readonly seenAt: number;
}

/** Calls fall out of the rolling day all the time, but Salesforce only tells with an answer: so one call looks again after this. */
const lookAgainAfterMs = 15 * 60_000;

/** The contract's form of the budget. */
export function quotaOf(use: BudgetUse | undefined): ConnectionQuota | undefined {
  return use && { used: use.used, limit: use.limit, period: "rolling-day" };
}

/** Leaves the head-room to the org's other integrations. Throws `quota`. */
export function refuseBeyondHeadroom(use: BudgetUse | undefined, headroom: number, now: number): void {
  if (!use || use.used < use.limit * (1 - headroom)) return;
  const resetAt = use.seenAt + lookAgainAfterMs;
  if (now >= resetAt) return;
  throw new FailureError({
    kind: "quota",
    message: `The org has used ${use.used} of ${use.limit} API calls of the last 24 hours; Cosell leaves the rest to others (quotaHeadroom).`,
    resetAt,
  });
}
