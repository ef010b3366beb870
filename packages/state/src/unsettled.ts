import type { Queries } from "./backend.ts";
import { fieldStateOf, linkOf } from "./rows.ts";
import { pagesOf } from "./pages.ts";
import type { StateStore, UnsettledField } from "./store.ts";

/** What is not agreed, of one kind: the oldest link first, the fields of a link in the order in which they were given. */
export async function* allUnsettled(
  queries: Queries,
  { sync, kind, path, linkId }: Parameters<StateStore["unsettled"]>[0],
): AsyncGenerator<UnsettledField> {
  const matching = queries
    .selectFrom("field_states")
    .where("field_states.kind", "=", kind)
    .$if(path !== undefined, (query) => query.where("field_states.path", "=", path ?? ""));
  const linkPages = pagesOf((after, limit) =>
    queries
      .selectFrom("links")
      .where("links.position", ">", after)
      .where("links.id", "in", matching.select("field_states.link_id"))
      .$if(sync !== undefined, (query) => query.where("links.sync", "=", sync ?? ""))
      .$if(linkId !== undefined, (query) => query.where("links.id", "=", linkId ?? ""))
      .selectAll()
      .orderBy("links.position")
      .limit(limit)
      .execute(),
  );
  for await (const links of linkPages) {
    const states = await matching
      .where(
        "link_id",
        "in",
        links.map(({ id }) => id),
      )
      .selectAll()
      .orderBy("id")
      .execute();
    const byLink = Map.groupBy(states, (state) => state.link_id);
    for (const row of links)
      for (const state of byLink.get(row.id) ?? []) yield { link: linkOf(row), state: fieldStateOf(state) };
  }
}
