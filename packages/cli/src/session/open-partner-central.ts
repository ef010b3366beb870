import type { Clock, Logger, Tracer } from "@cosell/connector";
import type { MemoryQuotaGateOptions, PartnerCentral, PartnerCentralOptions, QuotaGate } from "@cosell/partner-central";
import { quotaLimits } from "@cosell/partner-central/model";
import type { PartnerAccount } from "../configuration/configuration.ts";

type QuotaLimits = NonNullable<MemoryQuotaGateOptions["limits"]>;

/** What a client needs from its surroundings. */
export interface ClientSurroundings {
  readonly clock: Clock;
  readonly logger: Logger;
  /** Sees every call. @defaultValue nobody does */
  readonly tracer?: Tracer | undefined;
  /** Counts the account's calls where others call for it too. @defaultValue a gate of this process */
  readonly gateOf?: ((account: PartnerAccount, limits: QuotaLimits) => QuotaGate) | undefined;
  /** Instead of those that the configuration names. */
  readonly credentials?: PartnerCentralOptions["credentials"] | undefined;
}

/** A client of one partner account; this process is the only one that calls, so the quota is counted here. */
export async function openPartnerCentral(
  account: PartnerAccount,
  surroundings: ClientSurroundings,
): Promise<PartnerCentral> {
  const { createPartnerCentral } = await import("@cosell/partner-central");
  return createPartnerCentral(await clientOptions(account, surroundings));
}

/** How a client of either service is made for a partner account. */
export async function clientOptions(
  account: PartnerAccount,
  { clock, logger, tracer, gateOf, credentials: given }: ClientSurroundings,
): Promise<PartnerCentralOptions> {
  const { catalog, region, endpoint, quotas, profile, credentials: keys } = account;
  const { createMemoryQuotaGate } = await import("@cosell/partner-central");
  const credentials =
    given ??
    (keys && {
      accessKeyId: keys.accessKeyId,
      secretAccessKey: keys.secretAccessKey.reveal(),
      ...(keys.sessionToken !== undefined && { sessionToken: keys.sessionToken.reveal() }),
    });
  return {
    ...{ catalog, region, clock, logger },
    gate: gateOf?.(account, limitsOf(quotas)) ?? createMemoryQuotaGate({ clock, limits: limitsOf(quotas) }),
    ...(tracer !== undefined && { tracer }),
    ...(endpoint !== undefined && { endpoint }),
    ...(credentials !== undefined && { credentials }),
    ...(credentials === undefined && profile !== undefined && { profile }),
  };
}

/** AWS's daily limit stays where only the rate was raised. */
function limitsOf(quotas: PartnerAccount["quotas"]): QuotaLimits {
  return Object.fromEntries(
    (["read", "write"] as const).flatMap((kind) => {
      const limit = quotas?.[kind];
      if (limit === undefined) return [];
      const { perSecond, perDay = quotaLimits[kind].perDay } = limit;
      return [[kind, { perSecond, ...(perDay !== undefined && { perDay }) }]];
    }),
  );
}
