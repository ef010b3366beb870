import type { Queries } from "./backend.ts";
import { batches } from "./batches.ts";
import { type LockedLink, lockLinks } from "./link-locks.ts";
import { marksOf, saveMarks } from "./mark-rows.ts";
import { clean, mark } from "./mark-state.ts";
import type { MarkPriority } from "./store.ts";

/** Why a link is to be reconciled, and how soon. */
export interface Wish {
  readonly reasons: readonly string[];
  readonly priority: MarkPriority;
}

/** Marks links that are locked, no more than one statement can take. Returns how many were clean before. */
export const markLocked = async (
  queries: Queries,
  links: readonly LockedLink[],
  now: number,
  wishOf: (link: LockedLink) => Wish,
): Promise<number> => {
  if (links.length === 0) return 0;
  const marks = await marksOf(
    queries,
    links.map(({ id }) => id),
  );
  const states = new Map(marks.map(({ linkId, state }) => [linkId, state]));
  const marked = links.map((link) => {
    const before = states.get(link.id) ?? clean;
    const { reasons, priority } = wishOf(link);
    const state = mark(before, now, reasons, priority);
    return { linkId: link.id, position: link.position, sync: link.sync, before, state };
  });
  await saveMarks(queries, marked);
  return marked.filter(({ before }) => before.markedAt === undefined).length;
};

/** Marks links by their ids; unknown ones are left out. Returns how many were clean before. */
export const markLinks = async (
  queries: Queries,
  linkIds: readonly string[],
  wish: Wish,
  now: number,
): Promise<number> => {
  let newlyDirty = 0;
  for (const batch of batches([...new Set(linkIds)]))
    newlyDirty += await markLocked(queries, await lockLinks(queries, "id", batch), now, () => wish);
  return newlyDirty;
};
