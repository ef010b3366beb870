import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { Kysely } from "kysely";
import type { Backend } from "../backend.ts";
import type { Tables } from "../tables.ts";
import { kyselyDatabase } from "./kysely-database.ts";
import { sqliteDialect } from "./sqlite-dialect.ts";
import { explained } from "./sqlite-failures.ts";

/** A connection of its own that reads the file as it is now; of a state in memory, a copy. */
export const snapshotOf = async (database: DatabaseSync, location: string): ReturnType<Backend["snapshot"]> => {
  const reader = explained(location, () => {
    database.prepare("select 1"); // A closed store has no snapshot either.
    return location === ":memory:" ? copyOf(database) : new DatabaseSync(location, { readOnly: true });
  });
  const queries = new Kysely<Tables>({ dialect: sqliteDialect(kyselyDatabase(reader, location, "begin")) });
  const transaction = await queries.startTransaction().execute();
  // SQLite fixes the moment at the first read, not at `begin`.
  await transaction.selectFrom("schema_version").select("version").limit(1).execute();
  return {
    queries: transaction,
    end: async () => {
      await transaction.rollback().execute();
      reader.close();
    },
  };
};

const copyOf = (database: DatabaseSync): DatabaseSync => {
  const folder = mkdtempSync(join(tmpdir(), "cosell-snapshot-"));
  try {
    const file = join(folder, "state.db");
    database.prepare("vacuum into ?").run(file);
    return new DatabaseSync(file, { readOnly: true });
  } finally {
    // The open connection keeps the file's content until it closes.
    rmSync(folder, { recursive: true });
  }
};
