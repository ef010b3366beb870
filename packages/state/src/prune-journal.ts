import type { Backend } from "./backend.ts";
import { pagesOf } from "./pages.ts";

/**
 * Removes lines of the journal older than `before`, but for the newest `keepPerLink` of each link. In many short
 * transactions: others write between them, and what is done stays done. Returns how many lines went.
 */
export const pruneOldLines = async (
  { queries, write }: Backend,
  { before, keepPerLink }: { readonly before: number; readonly keepPerLink: number },
): Promise<number> => {
  let removed = 0;
  const linkPages = pagesOf((after, limit) =>
    queries
      .selectFrom("links")
      .where("position", ">", after)
      .select(["id", "position"])
      .orderBy("position")
      .limit(limit)
      .execute(),
  );
  for await (const links of linkPages)
    removed += await write(async (transaction) => {
      const lines = await transaction
        .deleteFrom("journal")
        .where(
          "link_id",
          "in",
          links.map(({ id }) => id),
        )
        .where("at", "<", before)
        // The newest line that goes; none for a link with fewer lines.
        .where("id", "<=", (select) =>
          select
            .selectFrom("journal as newer")
            .whereRef("newer.link_id", "=", "journal.link_id")
            .select("newer.id")
            .orderBy("newer.id", "desc")
            .limit(1)
            .offset(keepPerLink),
        )
        .executeTakeFirstOrThrow();
      return Number(lines.numDeletedRows);
    });
  return removed;
};
