import { type RawBuilder, sql } from "kysely";
import type { Queries } from "./backend.ts";
import { batches } from "./batches.ts";
import { lockLinks } from "./link-locks.ts";
import { linkOf } from "./rows.ts";
import { isHeld, type LinkMark, markColumns, marksOf, markStateOf, saveMarks } from "./mark-rows.ts";
import { claim, release } from "./mark-state.ts";
import type { Claim, ClaimedLink, StateStore } from "./store.ts";

/** What time it is: by this process, for marks and retries, and by that which all share, for leases. Milliseconds. */
export interface ClaimTimes {
  readonly now: number;
  readonly leaseTime: RawBuilder<number>;
}

/** Who claims what for how long; times are milliseconds. */
export interface ClaimRequest extends ClaimTimes {
  readonly sync: string;
  readonly owner: string;
  readonly limit: number;
  /** Only these records. */
  readonly crmRefs?: readonly string[] | undefined;
  /** Only these links. */
  readonly linkIds?: readonly string[] | undefined;
  readonly leaseMs: number;
}

/** Takes the most urgent marks that nobody works on and whose failure, if any, may be tried again. */
export const claimMostUrgent = async (queries: Queries, request: ClaimRequest): Promise<readonly ClaimedLink[]> => {
  const { crmRefs, linkIds, limit } = request;
  if (crmRefs === undefined && linkIds === undefined) return claimOnce(queries, request);
  const claimed: ClaimedLink[] = [];
  const parts =
    linkIds === undefined
      ? batches(crmRefs ?? []).map((part) => ({ crmRefs: part }))
      : batches(linkIds).map((part) => ({ linkIds: part }));
  for (const part of parts)
    claimed.push(...(await claimOnce(queries, { ...request, ...part, limit: limit - claimed.length })));
  return claimed;
};

/** The links that could be claimed at `now`, in the order of claims. */
const claimableLinks = (queries: Queries, sync: string, { now, leaseTime }: ClaimTimes) =>
  queries
    .selectFrom("marks")
    .innerJoin("links", "links.id", "marks.link_id")
    .leftJoin("failures", "failures.link_id", "marks.link_id")
    .where("marks.sync", "=", sync)
    .where("marks.due_at", "is not", null)
    .where((or) => or.or([or("marks.claimed_until", "is", null), or("marks.claimed_until", "<=", leaseTime)]))
    .where((or) => or.or([or("failures.retry_at", "is", null), or("failures.retry_at", "<=", now)]))
    .orderBy("marks.due_at")
    .orderBy("marks.position");

const claimOnce = async (
  queries: Queries,
  { sync, owner, limit, crmRefs, linkIds, leaseMs, ...times }: ClaimRequest,
): Promise<readonly ClaimedLink[]> => {
  // Another transaction's links are passed over, not waited for. The second look is at what stands once ours are locked.
  const locked = await claimableLinks(queries, sync, times)
    .$if(crmRefs !== undefined, (query) => query.where("links.crm_ref", "in", crmRefs ?? []))
    .$if(linkIds !== undefined, (query) => query.where("links.id", "in", linkIds ?? []))
    .limit(limit)
    .select(["links.id", times.leaseTime.as("lease_time")])
    .forNoKeyUpdate(["links", "marks"])
    .skipLocked()
    .execute();
  const from = locked[0]?.lease_time ?? times.now;
  const claims: (LinkMark & { readonly claimed: ClaimedLink })[] = [];
  for (const batch of batches(locked.map(({ id }) => id))) {
    const rows = await claimableLinks(queries, sync, times)
      .where("links.id", "in", batch)
      .selectAll("links")
      .select([...markColumns, "failures.streak"])
      .execute();
    for (const row of rows) {
      const state = claim(markStateOf(row), owner, from + leaseMs);
      const claimed = {
        link: linkOf(row),
        generation: state.generation,
        reasons: state.reasons,
        markedAt: state.markedAt ?? times.now,
        attempts: row.streak ?? 0,
      };
      claims.push({ linkId: row.id, position: row.position, sync, state, claimed });
    }
  }
  await saveMarks(queries, claims);
  return claims.map(({ claimed }) => claimed);
};

/** What a claim would take. */
export const claimable = async (
  queries: Queries,
  sync: string,
  { limit, ...times }: { readonly limit: number } & ClaimTimes,
): ReturnType<StateStore["claimable"]> => {
  const rows = await claimableLinks(queries, sync, times)
    .limit(limit)
    .select(["marks.link_id", "marks.priority", "marks.marked_at"])
    .execute();
  return rows.map((row) => ({
    linkId: row.link_id,
    priority: row.priority ?? "normal",
    markedAt: row.marked_at ?? times.now,
  }));
};

/** Has nobody else taken the link since this claim? */
export const holdsClaim = async (queries: Queries, claim: Claim): Promise<boolean> => {
  const [mark] = await marksOf(queries, [claim.linkId]);
  return isHeld(mark, claim);
};

/** Prolongs those of the claims that `owner` still holds. */
export const renewClaims = async (
  queries: Queries,
  owner: string,
  linkIds: readonly string[],
  { leaseTime, leaseMs }: { readonly leaseTime: RawBuilder<number>; readonly leaseMs: number },
): Promise<void> => {
  await lockLinks(queries, "id", linkIds);
  await queries
    .updateTable("marks")
    .set({ claimed_until: sql<number>`${leaseTime} + ${leaseMs}` })
    .where("claimed_by", "=", owner)
    .where("link_id", "in", linkIds)
    .execute();
};

/** Gives back those of the claims that `owner` still holds. */
export const releaseClaims = async (queries: Queries, owner: string, linkIds: readonly string[]): Promise<void> => {
  await lockLinks(queries, "id", linkIds);
  const held = (await marksOf(queries, linkIds)).filter(({ state }) => state.owner === owner);
  await saveMarks(
    queries,
    held.map((mark) => ({ ...mark, state: release(mark.state) })),
  );
};

/** The owners whose claims have not run out, with the links of each. */
export const claimOwners = async (
  queries: Queries,
  sync: string,
  leaseTime: RawBuilder<number>,
): Promise<readonly { readonly owner: string; readonly linkIds: readonly string[] }[]> => {
  const rows = await queries
    .selectFrom("marks")
    .where("sync", "=", sync)
    .where("marked_at", "is not", null)
    .where("claimed_until", ">", leaseTime)
    .select(["claimed_by", "link_id"])
    .orderBy("position")
    .execute();
  const owners = Map.groupBy(rows, (row) => row.claimed_by ?? "");
  return [...owners].map(([owner, claims]) => ({ owner, linkIds: claims.map((row) => row.link_id) }));
};
