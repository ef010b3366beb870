import {
  type Clock,
  type Connection,
  type ConnectionCheck,
  type Failure,
  failureOf,
  type Logger,
  type SchemaSnapshot,
  type TokenStorage,
} from "@cosell/connector";
import type { MappingDocument } from "@cosell/core";
import type { ConfiguredConnection, PartnerAccount } from "../configuration/configuration.ts";
import { describeSchema } from "../mapping/describe-schema.ts";
import { openPartnerCentral } from "./open-partner-central.ts";

interface Surroundings {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly signal: AbortSignal;
}

/** A CRM that was tried. */
export interface TriedConnection {
  readonly check: ConnectionCheck;
  /** What a mapping can reach there, described live; `undefined` when the CRM does not answer. */
  readonly schema: (document: Pick<MappingDocument, "crm">) => Promise<SchemaSnapshot | undefined>;
  readonly close: () => Promise<void>;
}

/** A check keeps nothing: tokens that it gets are forgotten. */
function forgetfulTokens(): TokenStorage {
  const tokens = new Map<string, string>();
  return { get: async (key) => tokens.get(key), set: async (key, value) => void tokens.set(key, value) };
}

/** Connects and tries the credentials. Throws nothing that the CRM is to blame for. */
export async function tryConnection(
  { connector, config }: ConfiguredConnection,
  surroundings: Surroundings,
): Promise<TriedConnection> {
  let connection: Connection;
  try {
    connection = await connector.connect(config, { ...surroundings, tokens: forgetfulTokens() });
  } catch (error) {
    return {
      check: { ok: false, failure: expected(error) },
      schema: async () => undefined,
      close: async () => undefined,
    };
  }
  const check = await connection.check();
  return {
    check,
    schema: async (document) => (check.ok ? describeSchema(connection, connector.name, document) : undefined),
    close: () => connection.close(),
  };
}

/** One cheap read at AWS: credentials, permission, catalog. */
export async function checkPartnerCentral(
  account: PartnerAccount,
  { clock, logger, signal }: Surroundings,
): Promise<ConnectionCheck> {
  const client = await openPartnerCentral(account, { clock, logger });
  try {
    await client.call("ListSolutions", { MaxResults: 1 }, { signal });
    return { ok: true, user: credentialsOf(account), organization: `catalog ${account.catalog}` };
  } catch (error) {
    return { ok: false, failure: expected(error) };
  } finally {
    client.close();
  }
}

function credentialsOf({ profile, credentials }: PartnerAccount): string {
  if (credentials !== undefined) return `access key ${credentials.accessKeyId}`;
  return profile === undefined ? "AWS's default credentials" : `AWS profile ${profile}`;
}

function expected(error: unknown): Failure {
  const failure = failureOf(error);
  if (failure === undefined || failure.kind === "aborted") throw error;
  return failure;
}
