import type { Queries } from "./backend.ts";
import { linkOf } from "./rows.ts";
import { type LinkMark, markColumns, markStateOf, saveMarks } from "./mark-rows.ts";
import { claim, release } from "./mark-state.ts";
import type { ClaimedLink } from "./store.ts";

/** Who claims what until when; times are milliseconds. */
export interface ClaimRequest {
  readonly sync: string;
  readonly owner: string;
  readonly limit: number;
  /** Only these records. */
  readonly crmRefs?: readonly string[] | undefined;
  readonly now: number;
  readonly until: number;
}

/** Takes the oldest marks that nobody works on and whose failure, if any, may be tried again. */
export const claimOldest = async (
  queries: Queries,
  { sync, owner, limit, crmRefs, now, until }: ClaimRequest,
): Promise<readonly ClaimedLink[]> => {
  const rows = await queries
    .selectFrom("marks")
    .innerJoin("links", "links.id", "marks.link_id")
    .leftJoin("failures", "failures.link_id", "marks.link_id")
    .where("marks.sync", "=", sync)
    .where("marks.marked_at", "is not", null)
    .where((or) => or.or([or("marks.claimed_until", "is", null), or("marks.claimed_until", "<=", now)]))
    .where((or) => or.or([or("failures.retry_at", "is", null), or("failures.retry_at", "<=", now)]))
    .$if(crmRefs !== undefined, (query) => query.where("links.crm_ref", "in", crmRefs ?? []))
    .orderBy("marks.marked_at")
    .orderBy("marks.position")
    .limit(limit)
    .selectAll("links")
    .select(markColumns)
    .execute();
  const claims = rows.map((row) => ({
    link: linkOf(row),
    position: row.position,
    state: claim(markStateOf(row), owner, until),
  }));
  await saveMarks(
    queries,
    claims.map(({ link, position, state }) => ({ linkId: link.id, position, sync, state })),
  );
  return claims.map(({ link, state }) => ({ link, generation: state.generation, reasons: state.reasons }));
};

/** Prolongs those of the claims that `owner` still holds. */
export const renewClaims = async (
  queries: Queries,
  owner: string,
  linkIds: readonly string[],
  until: number,
): Promise<void> => {
  await queries
    .updateTable("marks")
    .set({ claimed_until: until })
    .where("claimed_by", "=", owner)
    .where("link_id", "in", linkIds)
    .execute();
};

/** Gives back those of the claims that `owner` still holds. */
export const releaseClaims = async (queries: Queries, owner: string, linkIds: readonly string[]): Promise<void> => {
  const held = (await marksOf(queries, linkIds)).filter(({ state }) => state.owner === owner);
  await saveMarks(
    queries,
    held.map((mark) => ({ ...mark, state: release(mark.state) })),
  );
};

/** The marks of links; a link that was never marked is not among them. */
export const marksOf = async (queries: Queries, linkIds: readonly string[]): Promise<readonly LinkMark[]> => {
  const rows = await queries
    .selectFrom("marks")
    .where("link_id", "in", linkIds)
    .select(["marks.link_id", "marks.position", "marks.sync", ...markColumns])
    .execute();
  return rows.map((row) => ({
    linkId: row.link_id,
    position: row.position,
    sync: row.sync,
    state: markStateOf(row),
  }));
};

/** The owners whose claims have not run out, with the links of each. */
export const claimOwners = async (
  queries: Queries,
  sync: string,
  now: number,
): Promise<readonly { readonly owner: string; readonly linkIds: readonly string[] }[]> => {
  const rows = await queries
    .selectFrom("marks")
    .where("sync", "=", sync)
    .where("marked_at", "is not", null)
    .where("claimed_until", ">", now)
    .select(["claimed_by", "link_id"])
    .orderBy("position")
    .execute();
  const owners = Map.groupBy(rows, (row) => row.claimed_by ?? "");
  return [...owners].map(([owner, claims]) => ({ owner, linkIds: claims.map((row) => row.link_id) }));
};
