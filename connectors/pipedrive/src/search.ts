import type { FindRequest } from "@cosell/connector";
import { z } from "zod";
import { inParallel } from "./concurrency.ts";
import type { CrmObject } from "./crm-objects.ts";
import type { Field } from "./fields.ts";
import { wantedOf } from "./find.ts";
import type { Session } from "./session.ts";

const hits = z.object({
  data: z.object({ items: z.array(z.object({ item: z.object({ id: z.number() }) })) }),
  additional_data: z.object({ next_cursor: z.string().nullish() }).nullish(),
});

/** Hits that are looked at for one text. Where there are more, the search is no help: the list is read. */
const mostHits = 100;

/** Longer texts are not given to the search. */
const longestTerm = 100;

/** Searches at once: Pipedrive allows ten in two seconds in every plan. */
const searchesAtOnce = 2;

/**
 * Ids of records that Pipedrive's search knows for the texts; `undefined` where the search is no way to find them: it looks
 * only into texts, wants two characters of a part, and gives the best hits, not all. It may lag some seconds behind.
 */
export async function searchIds(
  session: Session,
  crm: CrmObject,
  field: Field,
  match: FindRequest["match"],
  mostSearches: number,
): Promise<readonly number[] | undefined> {
  const fields = searchedField(crm, field);
  const terms = wantedOf(match);
  const exact = !("contains" in match);
  const isFit = (term: string): boolean => term.length >= (exact ? 1 : 2) && term.length <= longestTerm;
  if (!fields || terms.length > mostSearches || !terms.every(isFit)) return undefined;
  const found = await inParallel(terms, searchesAtOnce, async (term) => {
    const search = { term, exact_match: exact, fields, limit: mostHits } as const;
    const answer = hits.safeParse(await session.call((clients) => crm.search(clients, search)));
    if (!answer.success || answer.data.additional_data?.next_cursor) return undefined;
    return answer.data.data.items.map(({ item }) => item.id);
  });
  if (found.some((ids) => ids === undefined)) return undefined;
  return [...new Set(found.flatMap((ids) => ids ?? []))];
}

/** Where the search looks for a field's value: custom fields are searched together. */
function searchedField(crm: CrmObject, field: Field): "title" | "name" | "custom_fields" | undefined {
  if (field.part !== "value" || field.options) return undefined;
  if (field.code === crm.title) return field.code === "title" ? "title" : "name";
  return field.custom && (field.type === "string" || field.type === "text") ? "custom_fields" : undefined;
}
