import type { HubspotRecord } from "../document.ts";
import type { Portal } from "../portal.ts";
import type { ObjectDefinition } from "../schema/objects.ts";
import { compareOf } from "./filter.ts";
import type { SearchRequest } from "./search-request.ts";

/** A page of what a search found. */
export interface SearchPage {
  readonly total: number;
  readonly records: readonly HubspotRecord[];
  /** Where the next page begins: an offset. */
  readonly next: number | undefined;
}

/** Searches the index: the records as they were some time ago, without those that are archived by now. */
export function search(portal: Portal, object: ObjectDefinition, request: SearchRequest): SearchPage {
  const { searchLagMs, archivedStayInIndex } = portal.settings();
  const seen =
    searchLagMs > 0 ? portal.store.asOf(object.name, portal.clock.now() - searchLagMs) : portal.store.all(object.name);
  const found: HubspotRecord[] = [];
  for (const record of seen) {
    if (record.mergedInto !== undefined || (record.archived && !archivedStayInIndex)) continue;
    if (passes(request, record)) found.push(record);
  }
  sortBy(found, portal, object, request);
  const end = request.offset + request.limit;
  const page = found.slice(request.offset, end);
  return {
    total: found.length,
    records: page.filter(({ archived }) => !archived),
    next: end < found.length ? end : undefined,
  };
}

function passes({ groups, query }: SearchRequest, { properties }: HubspotRecord): boolean {
  if (query !== "" && !Object.values(properties).some((value) => value?.toLowerCase().includes(query.toLowerCase())))
    return false;
  return groups.length === 0 || groups.some((group) => group.every((filter) => filter(properties)));
}

/** Without a sort, the order is that of creation; among equals nobody says. */
function sortBy(found: HubspotRecord[], portal: Portal, object: ObjectDefinition, { sort }: SearchRequest): void {
  const definition = sort && portal.schema().property(object, sort.property);
  if (!sort || !definition) return;
  const compare = compareOf(definition);
  const direction = sort.descending ? -1 : 1;
  found.sort((one, other) => {
    const [first, second] = [one.properties[sort.property] ?? null, other.properties[sort.property] ?? null];
    if (first === null || second === null) return first === second ? 0 : first === null ? 1 : -1;
    return direction * compare(first, second);
  });
}
