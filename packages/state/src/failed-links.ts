import type { Queries } from "./backend.ts";
import { batches } from "./batches.ts";
import { lockLinks } from "./link-locks.ts";
import { markLocked } from "./mark-links.ts";
import { pages } from "./pages.ts";
import type { LinkFailure } from "./store.ts";

/** Failures that stand, in the order of their links' making. */
export async function* standingFailures(queries: Queries, sync: string | undefined): AsyncGenerator<LinkFailure> {
  const rows = pages((after, limit) =>
    queries
      .selectFrom("failures")
      .innerJoin("links", "links.id", "failures.link_id")
      .where("links.position", ">", after)
      .$if(sync !== undefined, (query) => query.where("links.sync", "=", sync ?? ""))
      .select(["links.position", "links.crm_ref", "links.opportunity_id", "links.title"])
      .selectAll("failures")
      .orderBy("links.position")
      .limit(limit)
      .execute(),
  );
  for await (const row of rows)
    yield {
      linkId: row.link_id,
      crmRef: row.crm_ref,
      opportunityId: row.opportunity_id ?? undefined,
      title: row.title ?? undefined,
      at: row.at,
      attempts: row.attempts,
      retryAt: row.retry_at ?? undefined,
      failure: JSON.parse(row.failure) as LinkFailure["failure"],
    };
}

/** Marks failed links, ahead of what comes by itself, and lets them be claimed at once. Returns how many. */
export const replayFailures = async (
  queries: Queries,
  sync: string | undefined,
  linkIds: readonly string[] | undefined,
  now: number,
): Promise<number> => {
  const wanted = linkIds && new Set(linkIds);
  const rows = await queries
    .selectFrom("failures")
    .innerJoin("links", "links.id", "failures.link_id")
    .$if(sync !== undefined, (query) => query.where("links.sync", "=", sync ?? ""))
    .select("links.id")
    .orderBy("links.position")
    .execute();
  let replayed = 0;
  for (const batch of batches(rows.map(({ id }) => id).filter((id) => wanted?.has(id) ?? true))) {
    const links = await lockLinks(queries, "id", batch);
    const failed = await queries
      .updateTable("failures")
      .set({ retry_at: now })
      .where("link_id", "in", batch)
      .returning("link_id")
      .execute();
    const stillFailed = new Set(failed.map((row) => row.link_id));
    await markLocked(
      queries,
      links.filter(({ id }) => stillFailed.has(id)),
      now,
      () => ({ reasons: ["replay"], priority: "high" }),
    );
    replayed += failed.length;
  }
  return replayed;
};
