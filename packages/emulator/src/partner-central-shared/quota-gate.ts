import { quotaOf, type OperationQuota } from "@cosell/partner-central/model";
import { throttled } from "./refusal.ts";

const second = 1000;
const day = 24 * 3600 * second;

/** Counts calls per account and class, by the emulator's clock. Refused calls cost nothing. */
export interface QuotaGate {
  /** Throws a throttling refusal when the account has used up what AWS allows. */
  pass(account: string, operation: string, now: number): void;
}

/** A gate that has seen no calls. @param quota what an operation may. @defaultValue AWS's own limits */
export function createQuotaGate(quota: (operation: string) => OperationQuota = quotaOf): QuotaGate {
  const passed = new Map<string, { times: number[]; start: number }>();
  return {
    pass: (account, operation, now) => {
      const limit = quota(operation);
      const key = `${account}/${limit.class === "other" ? operation : limit.class}`;
      const calls = passed.get(key) ?? { times: [], start: 0 };
      passed.set(key, calls);
      while ((calls.times[calls.start] ?? Infinity) <= now - day) calls.start += 1;
      if (calls.times.length - calls.start >= (limit.perDay ?? Infinity)) {
        throw throttled(`The account has made ${limit.perDay ?? 0} ${limit.class} calls within 24 hours.`);
      }
      const earliest = calls.times[Math.max(calls.start, calls.times.length - limit.perSecond)];
      const full = calls.times.length - calls.start >= limit.perSecond;
      if (full && earliest !== undefined && earliest > now - second && earliest <= now) {
        throw throttled(`The rate of ${limit.perSecond} ${limit.class} calls per second is exceeded.`);
      }
      calls.times.push(now);
      if (calls.start > 10_000) {
        calls.times = calls.times.slice(calls.start);
        calls.start = 0;
      }
    },
  };
}
