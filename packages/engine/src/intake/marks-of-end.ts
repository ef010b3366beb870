import { type Change, failureOf } from "@cosell/connector";
import type { Link, Mark } from "@cosell/state";
import type { EngineOptions } from "../engine.ts";
import { callPending, followMerge } from "../life/follow-merge.ts";

/**
 * What is marked because a record was deleted, or merged into another. Moves the link of a merged one, unless a call of the
 * survivor's is under way: no intake waits for that; both links are marked, and the merged one's reconcile moves it.
 */
export async function marksOfEnd(
  change: Exclude<Change, { readonly kind: "upsert" }>,
  link: Link,
  options: EngineOptions,
): Promise<readonly Mark[]> {
  // Moved before anything is marked: the survivor must not be taken for a new deal meanwhile.
  const moved = change.kind === "merge" ? await followUnlessPending(link, change.survivor, options) : link;
  // A delete that is known already stands in the feed's overlap for a while.
  const known = change.kind === "delete" && moved.status === "orphaned";
  const own: readonly Mark[] =
    moved.crmRef === change.ref && !known ? [{ side: "crm", ref: change.ref, reason: `crm:${change.kind}` }] : [];
  return change.kind === "merge" ? [...own, { side: "crm", ref: change.survivor, reason: "crm:merge" }] : own;
}

async function followUnlessPending(link: Link, survivor: string, options: EngineOptions): Promise<Link> {
  try {
    return await followMerge(link, survivor, options);
  } catch (error) {
    if (failureOf(error)?.code !== callPending) throw error;
    return link;
  }
}
