import type { JsonObject } from "@cosell/connector";
import { sql } from "kysely";
import type { Backend, Queries } from "./backend.ts";
import { type ExportedTable, exportedTables } from "./exported-tables.ts";
import type { StateLine } from "./store.ts";

const pageSize = 500;

/** Every row of every table, all as of the moment of the first one. */
export async function* exportAll({ snapshot }: Backend): AsyncGenerator<StateLine> {
  const { queries, end } = await snapshot();
  try {
    for (const table of exportedTables)
      for await (const row of rowsOf(queries, table)) yield { table: table.name, row };
  } finally {
    await end();
  }
}

/** A page at a time, by the key: memory holds one page, however large the table. */
async function* rowsOf(queries: Queries, { name, key }: ExportedTable): AsyncGenerator<JsonObject> {
  const order = sql.join(key.map((column) => sql.ref(column)));
  let last: JsonObject | undefined;
  for (;;) {
    const after =
      last === undefined ? sql`` : sql`where (${order}) > (${sql.join(key.map((column) => last?.[column]))})`;
    const { rows } =
      await sql<JsonObject>`select * from ${sql.table(name)} ${after} order by ${order} limit ${sql.lit(pageSize)}`.execute(
        queries,
      );
    yield* rows;
    last = rows.at(-1);
    if (rows.length < pageSize) return;
  }
}
