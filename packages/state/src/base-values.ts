import type { Queries } from "./backend.ts";
import { fromJson } from "./rows.ts";
import type { BaseValue } from "./store.ts";

/** The last agreed values, by link and path. Links without any are left out. */
export const baseValuesOf = async (
  queries: Queries,
  linkIds: readonly string[],
): Promise<ReadonlyMap<string, ReadonlyMap<string, BaseValue>>> => {
  const rows = await queries.selectFrom("base_values").where("link_id", "in", linkIds).selectAll().execute();
  const byLink = Map.groupBy(rows, (row) => row.link_id);
  return new Map(
    [...byLink].map(([linkId, values]) => [
      linkId,
      new Map(values.map(({ path, crm, aws }) => [path, { crm: fromJson(crm), aws: fromJson(aws) }])),
    ]),
  );
};
