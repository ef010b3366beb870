import type { Queries } from "./backend.ts";
import { fieldStateOf } from "./rows.ts";
import type { FieldState } from "./store.ts";

/** What is not agreed, by link, in the order in which it was given. Links without any are left out. */
export const fieldStatesOf = async (
  queries: Queries,
  linkIds: readonly string[],
): Promise<ReadonlyMap<string, readonly FieldState[]>> => {
  const rows = await queries
    .selectFrom("field_states")
    .where("link_id", "in", linkIds)
    .orderBy("id")
    .selectAll()
    .execute();
  const byLink = Map.groupBy(rows, (row) => row.link_id);
  return new Map([...byLink].map(([linkId, states]) => [linkId, states.map(fieldStateOf)]));
};
