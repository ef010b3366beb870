import { FailureError } from "@cosell/connector";
import { z } from "zod";
import { apiPaths } from "./api-paths.ts";
import type { Session } from "./session.ts";

const details = z.object({
  portalId: z.union([z.int(), z.string()]).transform(String),
  timeZone: z.string(),
  companyCurrency: z.string(),
  uiDomain: z.string().default("app.hubspot.com"),
});

/** Whose portal it is. */
export type Account = z.output<typeof details>;

/** The portal behind a session, asked for once. */
export interface AccountKeeper {
  get(): Promise<Account>;
}

export function keepAccount(session: Session): AccountKeeper {
  let known: Account | undefined;
  return {
    get: async () => {
      if (known) return known;
      const answer = details.safeParse(await session.call({ method: "GET", path: apiPaths.account, overBudget: true }));
      if (!answer.success)
        throw new FailureError({
          kind: "config",
          message: "What answers at baseUrl is not HubSpot: check the address.",
        });
      known = answer.data;
      return known;
    },
  };
}
