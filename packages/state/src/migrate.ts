import { FailureError } from "@cosell/connector";
import type { Backend, Queries } from "./backend.ts";
import { migrations, type Migration, type Serial } from "./migrations.ts";

/**
 * Brings the database to the newest schema, in one transaction. A newer one is left as it is if processes of this version
 * may work on it; else throws `config`. Returns the names of the steps taken.
 */
export const migrate = async (
  { write, location }: Pick<Backend, "write" | "location">,
  serial: Serial,
  steps: readonly Migration[] = migrations,
): Promise<readonly string[]> =>
  write(async (transaction) => {
    await transaction.schema
      .createTable("schema_version")
      .ifNotExists()
      .addColumn("version", "integer", (column) => column.primaryKey().notNull())
      .addColumn("name", "text", (column) => column.notNull())
      .execute();
    const { version } = await transaction
      .selectFrom("schema_version")
      .select((select) => select.fn.coalesce(select.fn.max("version"), select.lit(0)).as("version"))
      .executeTakeFirstOrThrow();
    if (version > steps.length) await requireKnownSchema(transaction, location, steps.length);
    const missing = steps.slice(version);
    for (const step of missing) await step.up(transaction.schema, serial, transaction);
    for (const [index, { name, olderMayWork = false }] of missing.entries()) {
      const own = version + index + 1;
      await transaction
        .insertInto("schema_version")
        .values({ version: own, name, needs: olderMayWork ? 0 : own })
        .execute();
    }
    return missing.map((step) => step.name);
  });

/**
 * Throws `config` when the tables have been changed by a newer version in a way that `known` does not allow for. Asked in
 * every write: the newer version may have come while this process was running.
 */
export const requireKnownSchema = async (
  queries: Queries,
  location: string,
  known: number = migrations.length,
): Promise<void> => {
  const { needs } = await queries
    .selectFrom("schema_version")
    .select((select) => select.fn.max("needs").as("needs"))
    .executeTakeFirstOrThrow();
  if (needs > known) throw newerState(location, needs, known);
};

/** The state's tables are newer than a process that knows schema `known` can work with. */
export const newerState = (location: string, found: number, known: number): FailureError =>
  new FailureError({
    kind: "config",
    code: "newer-state",
    message:
      `${location} was made by a newer version of Cosell (schema ${found}; this version knows up to ${known}). ` +
      "Nothing was changed. Update Cosell, or point state.url at another place.",
  });
