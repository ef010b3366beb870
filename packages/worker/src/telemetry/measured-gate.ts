import type { QuotaGate } from "@cosell/partner-central";
import { type QuotaClass, type QuotaLimit, quotaLimits, quotaOf } from "@cosell/partner-central/model";
import type { Metrics } from "./metrics.ts";

/** The same gate, whose waits and calls are counted. `limits`: what AWS granted instead of its defaults. */
export function measuredGate(
  gate: QuotaGate,
  account: string,
  metrics: Metrics,
  limits: Partial<Readonly<Record<QuotaClass, QuotaLimit>>> = {},
): QuotaGate {
  for (const quota of ["read", "write"] as const) {
    metrics.quotaLimit(account, quota, limits[quota] ?? quotaLimits[quota]);
  }
  return {
    async acquire(operation, options) {
      const quota = quotaOf(operation).class;
      const from = performance.now();
      const permit = await gate.acquire(operation, options);
      metrics.quotaWait(account, quota, (performance.now() - from) / 1000);
      return {
        done(outcome) {
          metrics.awsCall(account, operation, quota, outcome);
          permit?.done(outcome);
        },
      };
    },
  };
}
