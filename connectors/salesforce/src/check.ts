import { clockWarning, type ConnectionCheck } from "@cosell/connector";
import { z } from "zod";
import { classify } from "./classify.ts";
import { quotaOf } from "./quota.ts";
import type { Session } from "./session.ts";

/** Who a token belongs to (OpenID Connect Core 1.0, "UserInfo Response", with Salesforce's `organization_id`). */
const userInfo = z.object({ preferred_username: z.string(), organization_id: z.string() });

/** Tries the credentials. Refused ones are an answer, never thrown. */
export async function check(session: Session): Promise<ConnectionCheck> {
  try {
    const answer = await session.call({ method: "GET", path: "/services/oauth2/userinfo", overBudget: true });
    const known = userInfo.safeParse(answer);
    if (!known.success)
      return {
        ok: false,
        failure: { kind: "config", message: "What answers at instanceUrl is not Salesforce: check the address." },
      };
    // One call of the API proper: a user may log in and still have no access to the API.
    await session.call({ method: "GET", path: "/limits", overBudget: true });
    const quota = quotaOf(session.budget());
    const warning = clockWarning(session.time, "Salesforce");
    return {
      ok: true,
      user: known.data.preferred_username,
      organization: known.data.organization_id,
      ...(quota && { detail: `${quota.used} of ${quota.limit} API calls used in the last 24 hours` }),
      ...(warning !== undefined && { warning }),
    };
  } catch (error) {
    return { ok: false, failure: classify(error) };
  }
}
