import type { Connection, ConnectorContext } from "@cosell/connector";
import { changes } from "./changes.ts";
import { check } from "./check.ts";
import type { PipedriveConfig } from "./config.ts";
import { crmObject } from "./crm-objects.ts";
import { keepDescriptions, schemaOf } from "./describe.ts";
import { find } from "./find.ts";
import { canonicalId } from "./pipedrive-id.ts";
import { quotaOf } from "./quota.ts";
import { type Reading, read } from "./read.ts";
import { createSession } from "./session.ts";
import { keepUsers } from "./users.ts";
import { write } from "./write.ts";

/** A connection to one company. Sends nothing: the first call asks for a token where one is needed. */
export function connect(config: PipedriveConfig, context: ConnectorContext): Promise<Connection> {
  const session = createSession(config, context);
  const descriptions = keepDescriptions(session, context);
  const reading: Reading = { session, descriptions, users: keepUsers(session, context) };
  return Promise.resolve({
    check: () => check(session),
    describe: async (object) => {
      descriptions.forget();
      return schemaOf(await descriptions.of(object));
    },
    changes: (request) => changes(session, descriptions, context, request),
    read: (request) => read(reading, request),
    find: (request) => find(reading, request),
    write: (operations) => write(reading, operations),
    quota: () => Promise.resolve(quotaOf(session.budget())),
    canonicalRef: canonicalId,
    recordUrl: (object, ref) =>
      `${session.baseUrl() ?? "https://app.pipedrive.com"}/${crmObject(object).singular}/${canonicalId(ref)}`,
    close: () => {
      session.close();
      return Promise.resolve();
    },
  });
}
