import type { Connection, ConnectorContext } from "@cosell/connector";
import { changes } from "./changes.ts";
import { check } from "./check.ts";
import type { SalesforceConfig } from "./config.ts";
import { describeObject, keepDescriptions, schemaOf } from "./describe.ts";
import { quotaOf } from "./quota.ts";
import { read } from "./read.ts";
import { canonicalId } from "./salesforce-id.ts";
import { createSession } from "./session.ts";
import { write } from "./write.ts";

/** A connection to one org. Sends nothing: the first call asks for the token, and `check` tells whether it is given. */
export function connect(config: SalesforceConfig, context: ConnectorContext): Promise<Connection> {
  const session = createSession(config, context);
  const descriptions = keepDescriptions(session);
  return Promise.resolve({
    check: () => check(session),
    describe: async (object) => {
      descriptions.forget();
      return schemaOf(await describeObject(session, object));
    },
    changes: (request) => changes(session, descriptions, context, request),
    read: (request) => read(session, descriptions, request),
    write: (operations) => write(session, descriptions, operations),
    quota: () => Promise.resolve(quotaOf(session.budget())),
    canonicalRef: canonicalId,
    close: () => Promise.resolve(),
  });
}
