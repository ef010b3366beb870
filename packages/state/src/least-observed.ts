import { sql } from "kysely";
import type { Queries } from "./backend.ts";
import { linkOf } from "./rows.ts";
import type { Link, StateStore } from "./store.ts";

/** When AWS's side of a link was last read whole; while it never was, when the link was made. */
const lookedAt = sql<number>`coalesce(links.observed_at, links.created_at)`;

/**
 * Linked, clean links without a standing failure that are due for a look, the longest ago first; see {@link StateStore}.
 * A parked deal waits for a change: looking at it would send again what AWS has refused.
 */
export const leastObserved = async (
  queries: Queries,
  sync: string,
  { before, seldom = { stages: [], before }, limit }: Parameters<StateStore["leastObserved"]>[1],
): Promise<readonly Link[]> => {
  // A list of none is no SQL everywhere.
  const stages = seldom.stages.length > 0 ? seldom.stages : [""];
  const rows = await queries
    .selectFrom("links")
    .leftJoin("marks", "marks.link_id", "links.id")
    .leftJoin("failures", "failures.link_id", "links.id")
    .where("links.sync", "=", sync)
    .where("failures.link_id", "is", null)
    .where("links.status", "=", "linked")
    .where("links.opportunity_id", "is not", null)
    .where("marks.marked_at", "is", null)
    .where((when) =>
      when.or([
        when.and([when("links.stage", "in", stages), when(lookedAt, "<", seldom.before)]),
        when.and([
          when.or([when("links.stage", "is", null), when("links.stage", "not in", stages)]),
          when(lookedAt, "<", before),
        ]),
      ]),
    )
    .selectAll("links")
    .orderBy(lookedAt)
    .orderBy("links.position")
    .limit(limit)
    .execute();
  return rows.map(linkOf);
};
