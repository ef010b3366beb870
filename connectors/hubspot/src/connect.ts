import type { Connection, ConnectorContext } from "@cosell/connector";
import { keepAccount } from "./account.ts";
import { changes } from "./changes.ts";
import { check } from "./check.ts";
import type { HubspotConfig } from "./config.ts";
import { describeObject, keepDescriptions, schemaOf } from "./describe.ts";
import { createJournalTier } from "./journal-tier.ts";
import { find } from "./find.ts";
import { canonicalId } from "./hubspot-id.ts";
import { keepPeople } from "./people.ts";
import { quotaOf } from "./quota.ts";
import { read } from "./read.ts";
import { recordUrl } from "./record-url.ts";
import { createSession } from "./session.ts";
import { write } from "./write.ts";

/**
 * A connection to one portal. Asks whose portal it is, since addresses of records name it; whether the credentials are
 * refused, `check` tells.
 */
export async function connect(config: HubspotConfig, context: ConnectorContext): Promise<Connection> {
  const closing = new AbortController();
  const signal = context.signal ? AbortSignal.any([context.signal, closing.signal]) : closing.signal;
  const ending = { ...context, signal };
  const session = createSession(config, ending);
  const descriptions = keepDescriptions(session);
  const account = keepAccount(session);
  const people = keepPeople(session, context.clock);
  const tier = createJournalTier(config, ending, { account, time: session.time });
  const known = await account.get().catch(() => undefined);
  return {
    check: () => check(session, account, tier, config),
    describe: async (object) => {
      descriptions.forget();
      return schemaOf(await describeObject(session, object));
    },
    changes: (request) => changes({ session, descriptions, context, tier }, request),
    read: (request) => read(session, descriptions, { account, people }, request),
    find: (request) => find(session, descriptions, request),
    write: (operations) => write(session, descriptions, account, operations),
    quota: () => Promise.resolve(quotaOf(session.budget())),
    canonicalRef: canonicalId,
    ...(known && { recordUrl: (object: string, ref: string) => recordUrl(known, object, ref) }),
    close: async () => closing.abort(),
  };
}
