import { type Connection, FailureError } from "@cosell/connector";
import type { StateStore } from "@cosell/state";
import type { Configuration, ConfiguredConnection } from "../configuration/configuration.ts";
import { loadConfiguration } from "../configuration/load.ts";
import { UsageError } from "../failure/findings-error.ts";
import type { CommandContext } from "../program/command.ts";
import { openStore } from "../session/open-store.ts";

/** One CRM, tried and open, for a command that only looks at it. */
export interface ConnectionSession {
  readonly configuration: Configuration;
  readonly configured: ConfiguredConnection;
  readonly connection: Connection;
  readonly store: StateStore;
}

/** Opens a configured CRM, does the work, closes it whatever happens. Tokens that it renews are kept. */
export async function withConnection<Result>(
  context: CommandContext,
  choose: (configuration: Configuration) => ConfiguredConnection,
  work: (session: ConnectionSession) => Promise<Result>,
): Promise<Result> {
  const { clock, signal } = context;
  const configuration = await loadConfiguration(context.options.config, context.environment);
  const configured = choose(configuration);
  const logger = await context.logger(configuration.secrets);
  const store = await openStore(configuration, { logger, clock });
  try {
    const tokens = store.tokens(configured.name);
    const connection = await configured.connector.connect(configured.config, { clock, logger, signal, tokens });
    try {
      const check = await connection.check();
      if (!check.ok) throw new FailureError(check.failure);
      return await work({ configuration, configured, connection, store });
    } finally {
      await connection.close();
    }
  } finally {
    await store.close();
  }
}

/** The connection that is meant: the one that is named, or the only one to that CRM. @throws UsageError naming what there is */
export function chooseConnection(connector: string, name: string | undefined) {
  return ({ connections }: Configuration): ConfiguredConnection => {
    const fitting = Object.values(connections).filter((connection) => connection.connector.name === connector);
    const names = fitting.map((connection) => connection.name).join(", ");
    const [only, ...others] = name === undefined ? fitting : fitting.filter((connection) => connection.name === name);
    if (only !== undefined && others.length === 0) return only;
    if (only !== undefined) throw new UsageError(`Say which connection is meant with --connection: ${names}.`);
    const asked = name === undefined ? "The configuration has no connection" : `No connection "${name}"`;
    throw new UsageError(`${asked} to ${connector}${names === "" ? "." : `; there is ${names}.`}`);
  };
}
