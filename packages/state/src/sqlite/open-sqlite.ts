import { closeSync, chmodSync, mkdirSync, openSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout } from "node:timers/promises";
import { FailureError, failureOf, type Logger } from "@cosell/connector";
import { Kysely, sql } from "kysely";
import type { Backend } from "../backend.ts";
import { migrate, requireKnownSchema } from "../migrate.ts";
import type { Serial } from "../migrations.ts";
import type { Tables } from "../tables.ts";
import { kyselyDatabase } from "./kysely-database.ts";
import { snapshotOf } from "./snapshot.ts";
import { sqliteDialect } from "./sqlite-dialect.ts";
import { damaged, explained, lockedCode, notState } from "./sqlite-failures.ts";

/** Written into the file's header ("CSLL"): tells our files from another program's. */
const applicationId = 0x43534c4c;

/** Up to this size the file is examined whole when it is opened: some 50 ms. Damage in a larger one is found when it is read. */
const examinedBytes = 64 * 1024 * 1024;

/** The smallest page of SQLite. It takes a shorter file for an empty one, and would write over it. */
const smallestBytes = 512;

/** How long one statement waits for a lock: short, for it stops the process. Longer waiting is done between statements. */
const blockingWaitMs = 20;

const serial: Serial = { type: "integer", define: (column) => column.primaryKey().autoIncrement() };

/** `path` is a file's, or `:memory:`. `lockTimeoutMs`: how long to wait for another process that writes. */
export interface SqliteOptions {
  readonly path: string;
  readonly logger: Logger;
  readonly lockTimeoutMs: number;
}

/**
 * Opens the state in an SQLite file, or makes it, readable by its owner only: it holds tokens and deals. Throws `config`
 * for a file that is no state, is damaged, is newer or may not be written, before anything in it is changed.
 */
export const openSqlite = async ({ path, logger, lockTimeoutMs }: SqliteOptions): Promise<Backend> => {
  const location = path === ":memory:" ? path : resolve(path);
  const patiently = waitForLock(lockTimeoutMs);
  const database = explained(location, () => openFile(location));
  try {
    await patiently(async () => explained(location, () => identify(database, location)));
    explained(location, () => restrict(location, logger));
    await patiently(async () => explained(location, () => prepareFile(database)));
    const backend = backendOf(database, location, patiently);
    const write: Backend["write"] = (work) => patiently(() => backend.queries.transaction().execute(work));
    const steps = await migrate({ write, location }, serial);
    logger.debug("state opened", { location, migrations: steps.length });
    return backend;
  } catch (error) {
    database.close();
    throw error;
  }
};

const openFile = (location: string): DatabaseSync => {
  if (location !== ":memory:") {
    mkdirSync(dirname(location), { recursive: true, mode: 0o700 });
    closeSync(openSync(location, "a", 0o600));
    const { size } = statSync(location);
    if (size > 0 && size < smallestBytes) throw new FailureError(notState(location, "not an SQLite database"));
  }
  return new DatabaseSync(location, { timeout: blockingWaitMs });
};

/** Only reads. */
const identify = (database: DatabaseSync, location: string): void => {
  const id = numberOf(database, "pragma application_id");
  const tables = numberOf(database, "select count(*) from sqlite_master");
  if (id !== applicationId && (id !== 0 || tables > 0))
    throw new FailureError(notState(location, "another program's SQLite database"));
  const bytes = numberOf(database, "pragma page_count") * numberOf(database, "pragma page_size");
  if (bytes > examinedBytes) return;
  const [verdict] = Object.values(database.prepare("pragma quick_check(1)").get() ?? {});
  if (verdict !== "ok") throw new FailureError(damaged(location));
};

/** A state file of ours that others can read: another user's umask, or a restored backup. */
const restrict = (location: string, logger: Logger): void => {
  if (location === ":memory:") return;
  const { mode, uid } = statSync(location);
  if ((mode & 0o077) === 0) return;
  const owned = uid === process.getuid?.();
  if (owned) chmodSync(location, 0o600);
  logger.warn("other users of this machine could read the state file", { location, mended: owned });
};

/** FULL: what was committed survives a power cut too, not only the end of the process. */
const prepareFile = (database: DatabaseSync): void => {
  database.exec("pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on");
  if (numberOf(database, "pragma application_id") === 0) database.exec(`pragma application_id = ${applicationId}`);
};

const numberOf = (database: DatabaseSync, sql: string): number =>
  Number(Object.values(database.prepare(sql).get() ?? {})[0]);

/** A write that looks first whether the tables are still those that this version knows. */
const backendOf = (database: DatabaseSync, location: string, patiently: Patiently): Backend => {
  const queries = new Kysely<Tables>({ dialect: sqliteDialect(kyselyDatabase(database, location)) });
  return {
    queries,
    location,
    write: (work) =>
      patiently(() =>
        queries.transaction().execute(async (transaction) => {
          await requireKnownSchema(transaction, location);
          return work(transaction);
        }),
      ),
    leaseTime: (now) => sql<number>`${now}`,
    // Between transactions: a copy cannot be made in one.
    snapshot: () => queries.connection().execute(() => snapshotOf(database, location)),
    // AUTOINCREMENT goes on above the highest number by itself.
    countOn: () => Promise.resolve(),
    close: () =>
      // Through Kysely, so that it comes after the transaction in hand.
      queries.connection().execute(async () => {
        if (database.isOpen) database.close();
      }),
  };
};

type Patiently = <Result>(work: () => Promise<Result>) => Promise<Result>;

/** Repeats work that found the file locked. In real time, whatever the store's clock says: the lock is another process's. */
const waitForLock =
  (timeoutMs: number): Patiently =>
  async (work) => {
    const until = performance.now() + timeoutMs;
    for (;;) {
      try {
        return await work();
      } catch (error) {
        if (failureOf(error)?.code !== lockedCode || performance.now() >= until) throw error;
        await setTimeout(5 + Math.random() * 20);
      }
    }
  };
