import type { DatabaseSync, SQLInputValue } from "node:sqlite";
import type { SqliteDatabase, SqliteStatement } from "kysely";
import { explained } from "./sqlite-failures.ts";

/** Statements kept prepared; the store has fewer, but for the bulk ones of odd lengths. */
const keptStatements = 200;

/**
 * Joins `node:sqlite` to Kysely's SQLite dialect. Every error is explained as a failure of `location`.
 * Unless `begin` says otherwise, a transaction takes the right to write at its beginning: one that reads first and writes later would lose against
 * another process without any waiting.
 */
export const kyselyDatabase = (
  database: DatabaseSync,
  location: string,
  begin: "begin immediate" | "begin" = "begin immediate",
): SqliteDatabase => {
  const prepareNew = (sql: string): SqliteStatement => {
    const statement = database.prepare(sql === "begin" ? begin : sql);
    return {
      reader: statement.columns().length > 0,
      all: (parameters) => explained(location, () => statement.all(...(parameters as SQLInputValue[]))),
      // A full disk can end the transaction before Kysely does; the first error is the one to tell.
      run: (parameters) =>
        sql === "rollback" && !database.isTransaction
          ? { changes: 0, lastInsertRowid: 0 }
          : explained(location, () => statement.run(...(parameters as SQLInputValue[]))),
      iterate: (parameters) => explained(location, () => statement.iterate(...(parameters as SQLInputValue[]))),
    };
  };

  const statements = new Map<string, SqliteStatement>();
  const prepare = (sql: string): SqliteStatement => {
    const known = statements.get(sql);
    if (known !== undefined) return known;
    const statement = explained(location, () => prepareNew(sql));
    const oldest = statements.size < keptStatements ? undefined : statements.keys().next().value;
    if (oldest !== undefined) statements.delete(oldest);
    statements.set(sql, statement);
    return statement;
  };

  return { prepare, close: () => database.close() };
};
