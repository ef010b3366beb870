import type { Org } from "../org.ts";

/** How many calls the org has taken of those it allows in 24 hours. */
export interface ApiUsage {
  /** Counts a call. @returns whether it is still allowed */
  count(): boolean;
  today(): { readonly used: number; readonly limit: number };
}

const hour = 3_600_000;

/** Counts by the hour and forgets hours that are a day old, so that the budget comes back bit by bit as Salesforce's does. */
export function createApiUsage(org: Org): ApiUsage {
  const hours = new Map<number, number>();
  const today = (): { readonly used: number; readonly limit: number } => {
    const oldest = Math.floor(org.clock.now() / hour) - 23;
    for (const at of hours.keys()) if (at < oldest) hours.delete(at);
    const used = [...hours.values()].reduce((sum, calls) => sum + calls, 0);
    return { used, limit: org.settings().dailyApiRequests };
  };
  return {
    today,
    count: () => {
      const { used, limit } = today();
      if (used >= limit) return false;
      const at = Math.floor(org.clock.now() / hour);
      hours.set(at, (hours.get(at) ?? 0) + 1);
      return true;
    },
  };
}
