import { sql } from "kysely";
import type { Backend } from "./backend.ts";
import { exportedTables } from "./exported-tables.ts";
import type { StateInfo } from "./store.ts";

/** What the state is and how much it holds. */
export const infoOf = async ({ queries, location }: Backend): Promise<StateInfo> => {
  const rows: Record<string, number> = {};
  for (const { name } of exportedTables.slice(1)) {
    const counted = await sql<{ readonly rows: number }>`select count(*) as rows from ${sql.table(name)}`.execute(
      queries,
    );
    rows[name] = counted.rows[0]?.rows ?? 0;
  }
  const { schema } = await queries
    .selectFrom("schema_version")
    .select((select) => select.fn.max("version").as("schema"))
    .executeTakeFirstOrThrow();
  return { location, schema, rows };
};
