import type { Connection, ConnectorContext } from "@cosell/connector";
import { changes } from "./changes.ts";
import { check } from "./check.ts";
import type { SalesforceConfig } from "./config.ts";
import { describeObject, keepDescriptions, schemaOf } from "./describe.ts";
import { find } from "./find.ts";
import { quotaOf } from "./quota.ts";
import { read } from "./read.ts";
import { narrowToRecordTypes } from "./record-types.ts";
import { recordUrl } from "./record-url.ts";
import { canonicalId } from "./salesforce-id.ts";
import { createSession } from "./session.ts";
import { write } from "./write.ts";

/** A connection to one org. Sends nothing: the first call asks for the token, and `check` tells whether it is given. */
export function connect(config: SalesforceConfig, context: ConnectorContext): Promise<Connection> {
  const closing = new AbortController();
  const signal = context.signal ? AbortSignal.any([context.signal, closing.signal]) : closing.signal;
  const session = createSession(config, { ...context, signal });
  const descriptions = keepDescriptions(session);
  return Promise.resolve({
    check: () => check(session),
    describe: async (object) => {
      descriptions.forget();
      const description = await describeObject(session, object);
      return narrowToRecordTypes(session, description, schemaOf(description));
    },
    changes: (request) => changes(session, descriptions, context, request),
    read: (request) => read(session, descriptions, request),
    find: (request) => find(session, descriptions, request),
    write: (operations) => write(session, descriptions, operations),
    quota: () => Promise.resolve(quotaOf(session.budget())),
    canonicalRef: canonicalId,
    recordUrl: (_object, ref) => recordUrl(session.address(), ref),
    close: async () => closing.abort(),
  });
}
