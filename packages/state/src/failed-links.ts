import type { Queries } from "./backend.ts";
import { batches } from "./batches.ts";
import { markColumns, markStateOf, saveMarks } from "./mark-rows.ts";
import { mark } from "./mark-state.ts";
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

/** Marks failed links and lets them be claimed at once. Returns how many. */
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
    .leftJoin("marks", "marks.link_id", "failures.link_id")
    .$if(sync !== undefined, (query) => query.where("links.sync", "=", sync ?? ""))
    .select(["links.id", "links.position", "links.sync", ...markColumns])
    .execute();
  const failed = rows.filter((row) => wanted?.has(row.id) ?? true);
  for (const batch of batches(failed.map((row) => row.id)))
    await queries.updateTable("failures").set({ retry_at: now }).where("link_id", "in", batch).execute();
  await saveMarks(
    queries,
    failed.map((row) => ({
      linkId: row.id,
      position: row.position,
      sync: row.sync,
      state: mark(markStateOf(row), now, ["replay"]),
    })),
  );
  return failed.length;
};
