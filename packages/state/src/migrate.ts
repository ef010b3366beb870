import { FailureError } from "@cosell/connector";
import type { Backend } from "./backend.ts";
import { migrations, type Migration, type Serial } from "./migrations.ts";

/**
 * Brings the database to the newest schema, in one transaction. Throws `config` for one that a newer version made.
 * Returns the names of the steps taken.
 */
export const migrate = async (
  backend: Backend,
  serial: Serial,
  steps: readonly Migration[] = migrations,
): Promise<readonly string[]> =>
  backend.write(async (transaction) => {
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
    if (version > steps.length) throw newerState(backend.location, version, steps.length);
    const missing = steps.slice(version);
    for (const [index, step] of missing.entries()) {
      await step.up(transaction.schema, serial);
      await transaction
        .insertInto("schema_version")
        .values({ version: version + index + 1, name: step.name })
        .execute();
    }
    return missing.map((step) => step.name);
  });

const newerState = (location: string, found: number, known: number): FailureError =>
  new FailureError({
    kind: "config",
    code: "newer-state",
    message:
      `${location} was made by a newer version of Cosell (schema ${found}; this version knows up to ${known}). ` +
      "Nothing was changed. Update Cosell, or point state.url at another place.",
  });
