import type { Queries } from "./backend.ts";
import type { Pause } from "./store.ts";

/** Stores a pause; one of the same thing gives way, with its reason, unless it is to stand. Returns whether there was none. */
export const storePause = async (
  queries: Queries,
  { scope, name, path, reason }: Omit<Pause, "at">,
  now: number,
  { unlessPaused = false }: { readonly unlessPaused?: boolean },
): Promise<boolean> => {
  const made = await queries
    .insertInto("pauses")
    .values({ scope, name, path, reason, at: now })
    .onConflict((conflict) => conflict.columns(["scope", "name", "path"]).doNothing())
    .returning("scope")
    .execute();
  if (made.length > 0) return true;
  if (!unlessPaused)
    await queries
      .updateTable("pauses")
      .set({ reason, at: now })
      .where((where) => where.and({ scope, name, path }))
      .execute();
  return false;
};

/** Ends a pause. Returns whether there was one. */
export const endPause = async (
  queries: Queries,
  { scope, name, path }: Pick<Pause, "scope" | "name" | "path">,
): Promise<boolean> => {
  const ended = await queries
    .deleteFrom("pauses")
    .where((where) => where.and({ scope, name, path }))
    .returning("scope")
    .execute();
  return ended.length > 0;
};

/** The pauses that stand, oldest first. */
export const allPauses = (queries: Queries): Promise<readonly Pause[]> =>
  queries.selectFrom("pauses").selectAll().orderBy("at").orderBy("scope").orderBy("name").orderBy("path").execute();
