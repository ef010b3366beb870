import { FailureError, failureOf, type JsonObject } from "@cosell/connector";
import { type RawBuilder, sql } from "kysely";
import type { Backend, Queries } from "./backend.ts";
import { type ColumnKind, type ExportedTable, exportedTables } from "./exported-tables.ts";
import { newerState } from "./migrate.ts";
import { migrations } from "./migrations.ts";
import type { StateLine } from "./store.ts";

const batchSize = 200;

/**
 * Fills an empty state from an export, in one transaction. Throws `config` for a state that holds something, an export of
 * a newer schema and a line that does not fit; then nothing is stored.
 */
export const importAll = async (
  backend: Backend,
  lines: AsyncIterable<StateLine>,
): Promise<{ readonly rows: number }> => {
  let begun = false;
  return backend.write(async (transaction) => {
    // The lines can be read once only.
    if (begun)
      throw new FailureError({
        kind: "transient",
        code: "import-disturbed",
        message: `Another process disturbed the import into ${backend.location}. Nothing was stored. End it and run the import again.`,
      });
    begun = true;
    await requireEmpty(transaction, backend.location);
    const rows = await takeLines(transaction, lines, backend.location);
    for (const { name, counter } of exportedTables)
      if (counter !== undefined) await backend.countOn(transaction, name, counter);
    return { rows };
  });
};

const requireEmpty = async (queries: Queries, location: string): Promise<void> => {
  for (const { name } of exportedTables.slice(1)) {
    const { rows } = await sql`select 1 from ${sql.table(name)} limit 1`.execute(queries);
    if (rows.length > 0)
      throw new FailureError({
        kind: "config",
        code: "state-not-empty",
        message: `${location} is not empty: its table ${name} has rows. An import fills an empty state only. Point state.url at a new place and run it again.`,
      });
  }
};

const takeLines = async (queries: Queries, lines: AsyncIterable<StateLine>, location: string): Promise<number> => {
  let number = 0;
  let rows = 0;
  let schema = 0;
  let batch: { readonly table: ExportedTable; readonly first: number; readonly rows: JsonObject[] } | undefined;
  const flush = async (): Promise<void> => {
    if (batch !== undefined) await insert(queries, batch);
    rows += batch?.rows.length ?? 0;
    batch = undefined;
  };
  for await (const line of lines) {
    number += 1;
    const table = exportedTables.find(({ name }) => name === line.table);
    if (table === undefined) throw unfit(number, `this version of Cosell knows no table "${line.table}"`);
    if (table.name === "schema_version") {
      schema = Math.max(schema, wholeNumber(line.row["version"]) ?? 0);
      if (schema > migrations.length) throw newerState("The export", schema, migrations.length);
      continue;
    }
    if (schema === 0)
      throw unfit(
        number,
        `no line of the table schema_version stands before it. The file is no export, or not its beginning (into ${location})`,
      );
    const row = broughtForward(table.name, line.row, schema);
    const wrong = misfit(table, row);
    if (wrong !== undefined) throw unfit(number, `table ${table.name}: ${wrong}`);
    if (batch !== undefined && (batch.table !== table || batch.rows.length >= batchSize)) await flush();
    batch ??= { table, first: number, rows: [] };
    batch.rows.push(row);
  }
  await flush();
  if (schema === 0) throw unfit(0, "it holds no line");
  return rows;
};

const broughtForward = (table: string, row: JsonObject, schema: number): JsonObject =>
  migrations.slice(schema).reduce((before, step) => step.bringForward?.(table, before) ?? before, row);

const insert = async (
  queries: Queries,
  {
    table,
    first,
    rows,
  }: { readonly table: ExportedTable; readonly first: number; readonly rows: readonly JsonObject[] },
): Promise<void> => {
  const names = Object.keys(table.columns);
  const columns = sql.join(names.map((name) => sql.ref(name)));
  const values = sql.join(rows.map((row): RawBuilder<unknown> => sql`(${sql.join(names.map((name) => row[name]))})`));
  try {
    await sql`insert into ${sql.table(table.name)} (${columns}) values ${values}`.execute(queries);
  } catch (error) {
    if (failureOf(error)?.kind !== "bug") throw error;
    throw unfit(
      first,
      `one of the ${rows.length} rows of table ${table.name} from there on stands twice, or belongs to a link that is not in the export`,
      error,
    );
  }
};

const unfit = (line: number, what: string, cause?: unknown): FailureError =>
  new FailureError(
    {
      kind: "config",
      code: "import-unfit",
      message: `The export cannot be read${line === 0 ? "" : ` at row ${line}`}: ${what}. Nothing was stored. Make the export again with \`cosell state export\`.`,
    },
    { cause },
  );

/** What is wrong with a row, without its values: they may be secret. */
const misfit = ({ columns }: ExportedTable, row: JsonObject): string | undefined => {
  const unknown = Object.keys(row).find((name) => !(name in columns));
  if (unknown !== undefined) return `it has no column "${unknown}"`;
  const wrong = Object.entries(columns).find(([name, kind]) => !fits(row[name], kind));
  return wrong && `column ${wrong[0]} must hold ${described[wrong[1]]}`;
};

const described: Readonly<Record<ColumnKind, string>> = {
  text: "a text",
  "text?": "a text or null",
  json: "JSON as text",
  "json?": "JSON as text, or null",
  number: "a whole number",
  "number?": "a whole number or null",
};

const fits = (value: JsonObject[string] | undefined, kind: ColumnKind): boolean => {
  if (value === null) return kind.endsWith("?");
  if (kind.startsWith("number")) return wholeNumber(value) !== undefined;
  return typeof value === "string" && (kind.startsWith("text") || isJson(value));
};

const wholeNumber = (value: unknown): number | undefined =>
  typeof value === "number" && Number.isSafeInteger(value) ? value : undefined;

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};
