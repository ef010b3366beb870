import type { Queries } from "./backend.ts";
import { linkOf } from "./rows.ts";
import type { Link } from "./store.ts";

/**
 * Linked, clean links without a standing failure whose AWS side was last read whole before `before`, or never: the longest
 * ago first. A parked deal waits for a change: looking at it would send again what AWS has refused.
 */
export const leastObserved = async (
  queries: Queries,
  sync: string,
  { before, limit }: { readonly before: number; readonly limit: number },
): Promise<readonly Link[]> => {
  const rows = await queries
    .selectFrom("links")
    .leftJoin("marks", "marks.link_id", "links.id")
    .leftJoin("failures", "failures.link_id", "links.id")
    .where("links.sync", "=", sync)
    .where("failures.link_id", "is", null)
    .where("links.status", "=", "linked")
    .where("links.opportunity_id", "is not", null)
    .where("marks.marked_at", "is", null)
    .where((or) => or.or([or("links.observed_at", "is", null), or("links.observed_at", "<", before)]))
    .selectAll("links")
    .orderBy("links.observed_at", (order) => order.asc().nullsFirst())
    .orderBy("links.position")
    .limit(limit)
    .execute();
  return rows.map(linkOf);
};
