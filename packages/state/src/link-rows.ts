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

/** A link as it lies in the database. */
export type LinkRow = Selectable<LinksTable>;

/**
 * The links by their ids, no more than one statement can take, locked until the transaction ends: in the order of their
 * making, see {@link lockLinks}. Throws `missing` for one that is unknown.
 */
export const requireLinks = async (queries: Queries, ids: readonly string[]): Promise<ReadonlyMap<string, LinkRow>> => {
  const rows = await queries
    .selectFrom("links")
    .where("id", "in", ids)
    .selectAll()
    .orderBy("position")
    .forNoKeyUpdate()
    .execute();
  const found = new Map(rows.map((row) => [row.id, row]));
  const unknown = ids.find((id) => !found.has(id));
  if (unknown !== undefined) throw unknownLink(unknown);
  return found;
};

/** The link, locked until the transaction ends, or the failure `missing`. */
export const requireLink = async (queries: Queries, id: string): Promise<LinkRow> => {
  const row = (await requireLinks(queries, [id])).get(id);
  if (row === undefined) throw unknownLink(id);
  return row;
};

const unknownLink = (id: string): FailureError =>
  new FailureError({
    kind: "missing",
    code: "unknown-link",
    message: `The state store has no link ${id}. It may come from a state that was replaced; nothing was stored.`,
  });

/** All links that match, in the order of their making. */
export async function* allLinks(
  queries: Queries,
  filter: LinkFilter & { readonly dirty?: true },
): AsyncGenerator<Link> {
  const { sync, status, linked, dirty, notListedSince } = filter;
  const rows = pages((after, limit) => {
    let query = queries.selectFrom("links").where("links.position", ">", after);
    if (sync !== undefined) query = query.where("links.sync", "=", sync);
    if (status !== undefined) query = query.where("links.status", "=", status);
    if (linked !== undefined) query = query.where("links.opportunity_id", linked ? "is not" : "is", null);
    if (notListedSince !== undefined)
      query = query
        .where("links.created_at", "<=", notListedSince)
        .where((or) => or.or([or("links.listed_at", "is", null), or("links.listed_at", "<", notListedSince)]));
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
