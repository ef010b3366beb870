import { FailureError } from "@cosell/connector";
import type { Selectable } from "kysely";
import type { Queries } from "./backend.ts";
import { pages } from "./pages.ts";
import { linkOf } from "./rows.ts";
import type { Link, LinkFilter } from "./store.ts";
import type { LinksTable } from "./tables.ts";

/** Reads the links that carry all of these values, at most one by the keys that the callers use. */
export const findLink = async (
  queries: Queries,
  key: Partial<Pick<Selectable<LinksTable>, "id" | "sync" | "crm_ref" | "opportunity_id">>,
): Promise<Link | undefined> => {
  const row = await queries
    .selectFrom("links")
    .where((where) => where.and(key))
    .selectAll()
    .executeTakeFirst();
  return row && linkOf(row);
};

/** The link, locked until the transaction ends, or the failure `missing`. */
export const requireLink = async (queries: Queries, id: string): Promise<Link> => {
  const row = await queries.selectFrom("links").where("id", "=", id).selectAll().forNoKeyUpdate().executeTakeFirst();
  if (row === undefined)
    throw new FailureError({
      kind: "missing",
      code: "unknown-link",
      message: `The state store has no link ${id}. It may come from a state that was replaced; nothing was stored.`,
    });
  return linkOf(row);
};

/** All links that match, in the order of their making. */
export async function* allLinks(
  queries: Queries,
  filter: LinkFilter & { readonly dirty?: true },
): AsyncGenerator<Link> {
  const { sync, status, linked, dirty } = filter;
  const rows = pages((after, limit) => {
    let query = queries.selectFrom("links").where("links.position", ">", after);
    if (sync !== undefined) query = query.where("links.sync", "=", sync);
    if (status !== undefined) query = query.where("links.status", "=", status);
    if (linked !== undefined) query = query.where("links.opportunity_id", linked ? "is not" : "is", null);
    if (dirty !== undefined)
      query = query.where((where) =>
        where.exists(
          where
            .selectFrom("marks")
            .whereRef("marks.link_id", "=", "links.id")
            .where("marks.marked_at", "is not", null)
            .select("marks.link_id"),
        ),
      );
    return query.selectAll("links").orderBy("links.position").limit(limit).execute();
  });
  for await (const row of rows) yield linkOf(row);
}
