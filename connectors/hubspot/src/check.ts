import { clockWarning, type ConnectionCheck } from "@cosell/connector";
import type { AccountKeeper } from "./account.ts";
import { apiPaths } from "./api-paths.ts";
import { classify } from "./classify.ts";
import type { HubspotConfig } from "./config.ts";
import type { JournalTier } from "./journal-tier.ts";
import { quotaOf } from "./quota.ts";
import type { Session } from "./session.ts";

/** Tries the credentials. Refused ones are an answer, never thrown. */
export async function check(
  session: Session,
  account: AccountKeeper,
  tier: JournalTier,
  { credentials, portalId: wanted }: HubspotConfig,
): Promise<ConnectionCheck> {
  try {
    const { portalId, companyCurrency, timeZone } = await account.get();
    if (wanted !== undefined && wanted !== portalId)
      return {
        ok: false,
        failure: { kind: "config", message: `The token opens portal ${portalId}, not ${wanted}: check portalId.` },
      };
    // One call of the CRM proper: a token may be good and still lack the scope for deals.
    await session.call({ method: "GET", path: apiPaths.properties("deals"), overBudget: true });
    const warning = clockWarning(session.time, "HubSpot");
    const quota = quotaOf(session.budget());
    const calls = quota?.period === "day" ? `, ${quota.used} of ${quota.limit} API calls used today` : "";
    return {
      ok: true,
      user: credentials.kind === "oauth" ? `app ${credentials.clientId}` : "private app",
      organization: portalId,
      detail: `time zone ${timeZone}, currency ${companyCurrency}${calls}, ${await tier.explain()}`,
      ...(warning !== undefined && { warning }),
    };
  } catch (error) {
    return { ok: false, failure: classify(error) };
  }
}
