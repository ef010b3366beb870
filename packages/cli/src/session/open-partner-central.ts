import type { Clock, Logger } from "@cosell/connector";
import type { PartnerCentral, PartnerCentralOptions } from "@cosell/partner-central";
import type { Configuration } from "../configuration/configuration.ts";

/** What the client needs from its surroundings. */
interface Surroundings {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly credentials?: PartnerCentralOptions["credentials"] | undefined;
}

/** A client of the configured Partner Central; this process is the only one that calls, so the quota is counted here. */
export async function openPartnerCentral(
  { catalog, region, endpoint }: Configuration["partnerCentral"],
  { clock, logger, credentials }: Surroundings,
): Promise<PartnerCentral> {
  const { createPartnerCentral, createMemoryQuotaGate } = await import("@cosell/partner-central");
  return createPartnerCentral({
    ...{ catalog, region, clock, logger },
    gate: createMemoryQuotaGate({ clock }),
    ...(endpoint !== undefined && { endpoint }),
    ...(credentials !== undefined && { credentials }),
  });
}
