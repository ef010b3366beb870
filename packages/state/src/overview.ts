import type { Queries } from "./backend.ts";
import type { ReasonCount, StateCounts } from "./store.ts";

/** Numbers over one sync, or over all. */
export const countAll = async (queries: Queries, sync: string | undefined): Promise<StateCounts> => {
  const links = queries
    .selectFrom("links")
    .$if(sync !== undefined, (query) => query.where("links.sync", "=", sync ?? ""));
  const [statuses, reviews, kinds, others] = await Promise.all([
    links
      .select((select) => ["status", select.fn.countAll().as("links")])
      .groupBy("status")
      .execute(),
    links
      .where("status", "=", "linked")
      .where("review_status", "is not", null)
      .select((select) => ["review_status", select.fn.countAll().as("links")])
      .groupBy("review_status")
      .execute(),
    links
      .innerJoin("field_states", "field_states.link_id", "links.id")
      .select((select) => ["kind", select.fn.count("links.id").distinct().as("links")])
      .groupBy("kind")
      .execute(),
    links
      .leftJoin("marks", "marks.link_id", "links.id")
      .leftJoin("failures", "failures.link_id", "links.id")
      .select((select) => [
        select.fn.count("marks.marked_at").as("dirty"),
        select.fn.count("failures.at").as("failed"),
        select
          .selectFrom("pending_calls")
          .innerJoin("links as callers", "callers.id", "pending_calls.link_id")
          .$if(sync !== undefined, (query) => query.where("callers.sync", "=", sync ?? ""))
          .select((inner) => inner.fn.countAll().as("calls"))
          .as("pending"),
      ])
      .executeTakeFirstOrThrow(),
  ]);
  const byStatus = new Map(statuses.map((row) => [row.status, Number(row.links)]));
  const byKind = new Map(kinds.map((row) => [row.kind, Number(row.links)]));
  return {
    links: {
      new: byStatus.get("new") ?? 0,
      linked: byStatus.get("linked") ?? 0,
      orphaned: byStatus.get("orphaned") ?? 0,
      lost: byStatus.get("lost") ?? 0,
      ignored: byStatus.get("ignored") ?? 0,
    },
    reviewStatus: Object.fromEntries(
      reviews.map((row): [string, number] => [row.review_status ?? "", Number(row.links)]),
    ),
    dirty: Number(others.dirty),
    held: byKind.get("held") ?? 0,
    deferred: byKind.get("deferred") ?? 0,
    conflicts: byKind.get("conflict") ?? 0,
    failed: Number(others.failed),
    pendingCalls: Number(others.pending),
  };
};

/** Groups of equal reasons, the one with most links first. */
export const reasonCounts = async (
  queries: Queries,
  sync: string | undefined,
  limit: number,
): Promise<readonly ReasonCount[]> => {
  const rows = await queries
    .selectFrom("field_states")
    .innerJoin("links", "links.id", "field_states.link_id")
    .$if(sync !== undefined, (query) => query.where("links.sync", "=", sync ?? ""))
    .select((select) => [
      "kind",
      "code",
      select.fn.min("reason").as("reason"),
      select.fn.count("links.id").distinct().as("links"),
    ])
    .groupBy(["kind", "code"])
    .orderBy("links", "desc")
    .orderBy("kind")
    .orderBy("code")
    .limit(limit)
    .execute();
  return rows.map((row) => ({ ...row, links: Number(row.links) }));
};
