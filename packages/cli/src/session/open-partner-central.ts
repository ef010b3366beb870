import type { Clock, Logger } from "@cosell/connector";
import type { MemoryQuotaGateOptions, PartnerCentral, PartnerCentralOptions } from "@cosell/partner-central";
import { quotaLimits } from "@cosell/partner-central/model";
import type { Configuration } from "../configuration/configuration.ts";

/** What the client needs from its surroundings. */
interface Surroundings {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly credentials?: PartnerCentralOptions["credentials"] | undefined;
}

/** A client of the configured Partner Central; this process is the only one that calls, so the quota is counted here. */
export async function openPartnerCentral(
  { catalog, region, endpoint, quotas }: Configuration["partnerCentral"],
  { clock, logger, credentials }: Surroundings,
): Promise<PartnerCentral> {
  const { createPartnerCentral, createMemoryQuotaGate } = await import("@cosell/partner-central");
  return createPartnerCentral({
    ...{ catalog, region, clock, logger },
    gate: createMemoryQuotaGate({ clock, limits: limitsOf(quotas) }),
    ...(endpoint !== undefined && { endpoint }),
    ...(credentials !== undefined && { credentials }),
  });
}

/** AWS's daily limit stays where only the rate was raised. */
function limitsOf(quotas: Configuration["partnerCentral"]["quotas"]): NonNullable<MemoryQuotaGateOptions["limits"]> {
  return Object.fromEntries(
    (["read", "write"] as const).flatMap((kind) => {
      const limit = quotas?.[kind];
      if (limit === undefined) return [];
      const { perSecond, perDay = quotaLimits[kind].perDay } = limit;
      return [[kind, { perSecond, ...(perDay !== undefined && { perDay }) }]];
    }),
  );
}
