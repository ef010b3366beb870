import { FailureError, type Logger } from "@cosell/connector";
import { Kysely, PostgresDialect, sql } from "kysely";
import pg from "pg";
import type { Backend, Queries } from "../backend.ts";
import { migrate, newerState, requireKnownSchema } from "../migrate.ts";
import { migrations, type Serial } from "../migrations.ts";
import type { Tables } from "../tables.ts";
import { type Beginning, kyselyPool } from "./kysely-pool.ts";
import { type PostgresPlace, readPostgresUrl } from "./postgres-url.ts";
import { patientWrite } from "./patient-write.ts";
import { decodeText } from "./text-encoding.ts";

/** `url` is `postgres://…`. `lockTimeoutMs`: how long to wait for another process that holds a lock, or for a connection. */
export interface PostgresOptions {
  readonly url: string;
  readonly logger: Logger;
  readonly lockTimeoutMs: number;
}

const serial: Serial = { type: "bigserial", define: (column) => column.primaryKey() };

/**
 * Opens the state in a PostgreSQL database, or makes it there, in a schema of its own. Throws `config` for a server that
 * refuses the user, for a database that is missing, is not UTF-8 or is newer; `transient` for a server that does not answer.
 */
export const openPostgres = async ({ url, logger, lockTimeoutMs }: PostgresOptions): Promise<Backend> => {
  const place = readPostgresUrl(url);
  const { location, schema } = place;
  const pool = poolOf(place, lockTimeoutMs);
  // Between two statements nobody listens to a connection that ends; the next statement tells.
  pool.on("connect", (client) => client.on("error", () => undefined));
  pool.on("error", () => logger.debug("an idle connection to the state's server ended", { location }));
  try {
    await bringUpToDate(pool, place, logger);
  } catch (error) {
    await pool.end();
    throw error;
  }

  const queries = queriesOf(pool, location, workBeginning(schema, location));
  let ended: Promise<void> | undefined;
  return {
    queries,
    location,
    write: patientWrite(queries, location, lockTimeoutMs),
    leaseTime: () => sql<number>`(extract(epoch from statement_timestamp()) * 1000)::bigint`,
    snapshot: async () => {
      const transaction = await queries
        .startTransaction()
        .setIsolationLevel("repeatable read")
        .setAccessMode("read only")
        .execute();
      // The moment is fixed by the first read.
      await transaction.selectFrom("schema_version").select("version").limit(1).execute();
      return {
        queries: transaction,
        end: () =>
          transaction
            .rollback()
            .execute()
            .then(() => undefined),
      };
    },
    countOn: async (transaction, table, column) => {
      await sql`select setval(pg_get_serial_sequence(${table}, ${column}), (select coalesce(max(${sql.ref(column)}), 0) + 1 from ${sql.table(table)}), false)`.execute(
        transaction,
      );
    },
    close: () => (ended ??= pool.end()),
  };
};

const poolOf = (
  { host, port, user, password, database, schema, ssl, statementTimeoutMs }: PostgresPlace,
  lockTimeoutMs: number,
): pg.Pool => {
  const types = new pg.TypeOverrides();
  // bigint: times and counters, all within what a number holds exactly.
  types.setTypeParser(pg.types.builtins.INT8, Number);
  types.setTypeParser(pg.types.builtins.TEXT, decodeText);
  return new pg.Pool({
    ...(host === undefined ? {} : { host }),
    ...(port === undefined ? {} : { port }),
    ...(user === undefined ? {} : { user }),
    ...(password === undefined ? {} : { password }),
    ...(database === undefined ? {} : { database }),
    ssl,
    types,
    options: `-c search_path=${schema}`,
    application_name: "cosell",
    client_encoding: "UTF8",
    keepAlive: true,
    allowExitOnIdle: true,
    connectionTimeoutMillis: Math.max(lockTimeoutMs, 1000),
    lock_timeout: lockTimeoutMs,
    statement_timeout: statementTimeoutMs,
    // For a server, or a network, that has fallen silent.
    query_timeout: statementTimeoutMs * 1.5,
    // A process that hangs in a step must not keep its locks.
    idle_in_transaction_session_timeout: statementTimeoutMs,
  });
};

const queriesOf = (pool: pg.Pool, location: string, beginning: Beginning): Queries =>
  new Kysely<Tables>({ dialect: new PostgresDialect({ pool: kyselyPool(pool, location, beginning) }) });

/** The lock that migrations take against every write: one per schema of a database. */
const lockKey = (schema: string): string => `hashtextextended('cosell state ${schema}', 0)`;

/** A write holds off migrations, and looks whether one has come since this process was started. */
const workBeginning = (schema: string, location: string): Beginning => ({
  sql: `begin; select pg_advisory_xact_lock_shared(${lockKey(schema)}); select pg_current_xact_id()::text as id, (select max(needs) from schema_version) as needs`,
  begun: (results) => {
    const { id, needs } = (results[2]?.rows[0] ?? {}) as { readonly id?: string; readonly needs?: number };
    if (needs !== undefined && needs > migrations.length) throw newerState(location, needs, migrations.length);
    return id;
  },
});

/** Nobody writes, and nobody else migrates. */
const migrationBeginning = (schema: string): Beginning => ({
  sql: `begin; set local statement_timeout = 0; select pg_advisory_xact_lock(${lockKey(schema)}); create schema if not exists "${schema}"`,
  begun: () => undefined,
});

const bringUpToDate = async (pool: pg.Pool, { location, schema }: PostgresPlace, logger: Logger): Promise<void> => {
  const queries = queriesOf(pool, location, migrationBeginning(schema));
  const { rows } = await sql<{ readonly encoding: string; readonly found: boolean }>`
    select current_setting('server_encoding') as encoding, to_regclass('schema_version') is not null as found`.execute(
    queries,
  );
  const [server] = rows;
  if (server?.encoding !== "UTF8")
    throw new FailureError({
      kind: "config",
      code: "encoding",
      message: `${location} keeps texts as ${server?.encoding ?? "unknown"}, which cannot hold every name. Make a database with encoding UTF8 and name it in state.url.`,
    });
  if (server.found) {
    const { version } = await queries
      .selectFrom("schema_version")
      .select((select) => select.fn.max("version").as("version"))
      .executeTakeFirstOrThrow();
    if (version > migrations.length) return requireKnownSchema(queries, location);
    if (version === migrations.length) return;
  }
  const steps = await migrate({ location, write: (work) => queries.transaction().execute(work) }, serial);
  logger.debug("state opened", { location, migrations: steps.length });
};
