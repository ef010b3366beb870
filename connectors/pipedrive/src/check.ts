import { clockWarning, type ConnectionCheck } from "@cosell/connector";
import { z } from "zod";
import { classify } from "./classify.ts";
import { quotaOf } from "./quota.ts";
import type { Session } from "./session.ts";

/** Who a token belongs to (`GET /v1/users/me`). */
const me = z.object({ data: z.object({ name: z.string(), email: z.string(), company_name: z.string() }) });

/** Tries the credentials. Refused ones are an answer, never thrown. */
export async function check(session: Session): Promise<ConnectionCheck> {
  try {
    const known = me.safeParse(await session.call(({ users }) => users.getCurrentUser(), { overBudget: true }));
    if (!known.success)
      return {
        ok: false,
        failure: { kind: "config", message: "What answers at instanceUrl is not Pipedrive: check the address." },
      };
    const { name, email, company_name } = known.data.data;
    const quota = quotaOf(session.budget());
    const warning = clockWarning(session.time, "Pipedrive");
    return {
      ok: true,
      user: `${name} <${email}>`,
      organization: company_name,
      ...(quota && { detail: `${quota.used} of ${quota.limit} API tokens of today used` }),
      ...(warning !== undefined && { warning }),
    };
  } catch (error) {
    return { ok: false, failure: classify(error) };
  }
}
