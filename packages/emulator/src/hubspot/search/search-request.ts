import { badRequest } from "../hubspot-error.ts";
import type { ObjectDefinition } from "../schema/objects.ts";
import type { Schema } from "../schema/schema.ts";
import { type Filter, filterOf } from "./filter.ts";

/** A search as it was asked for, checked. */
export interface SearchRequest {
  /** Any group, and in it all filters. */
  readonly groups: readonly (readonly Filter[])[];
  /** Free text; empty: none. */
  readonly query: string;
  readonly sort: { readonly property: string; readonly descending: boolean } | undefined;
  readonly properties: readonly string[];
  readonly limit: number;
  readonly offset: number;
}

/** HubSpot's limits (CRM search, "Limits"). */
const most = { groups: 6, filtersInGroup: 6, filters: 18, limit: 200, reach: 10_000, sorts: 1 } as const;

/** Reads the body of a search. Throws 400 as HubSpot does. */
export function searchRequestOf(
  body: Readonly<Record<string, unknown>>,
  object: ObjectDefinition,
  schema: Schema,
): SearchRequest {
  const { filterGroups = [], sorts = [], properties = [], limit = 10, after = "0", query = "" } = body;
  if (!Array.isArray(filterGroups) || !Array.isArray(sorts) || !Array.isArray(properties))
    throw badRequest("filterGroups, sorts and properties must be lists");
  const groups = filterGroups.map((group: unknown) =>
    filtersOf(group).map((filter) => filterOf(filter, object, schema)),
  );
  if (groups.length > most.groups) throw badRequest(`Too many filterGroups: at most ${most.groups} are allowed`);
  if (groups.some((group) => group.length > most.filtersInGroup))
    throw badRequest(`Too many filters in a group: at most ${most.filtersInGroup} are allowed`);
  if (groups.flat().length > most.filters) throw badRequest(`Too many filters: at most ${most.filters} are allowed`);
  if (sorts.length > most.sorts) throw badRequest("Only one sort is allowed");
  if (typeof limit !== "number" || !Number.isInteger(limit) || limit < 0 || limit > most.limit)
    throw badRequest(`limit must be from 0 to ${most.limit}`);
  const offset = Number(after === "" ? "0" : after);
  if (!Number.isInteger(offset) || offset < 0) throw badRequest("after must be a whole number");
  if (offset + limit > most.reach)
    throw badRequest(`There was a problem with the request: paging beyond ${most.reach} results is not possible`);
  return {
    groups,
    query: typeof query === "string" ? query : "",
    sort: sortOf(sorts[0], object, schema),
    properties: properties.filter((name) => typeof name === "string"),
    limit,
    offset,
  };
}

function filtersOf(group: unknown): readonly unknown[] {
  const filters = typeof group === "object" && group !== null && "filters" in group ? group.filters : undefined;
  if (!Array.isArray(filters)) throw badRequest("A filter group needs filters");
  return filters;
}

function sortOf(sort: unknown, object: ObjectDefinition, schema: Schema): SearchRequest["sort"] {
  if (sort === undefined) return undefined;
  if (sort === null || (typeof sort !== "string" && typeof sort !== "object"))
    throw badRequest("A sort needs a property");
  const { propertyName, direction = "ASCENDING" } = (
    typeof sort === "string" ? { propertyName: sort.replace(/^-/, "") } : sort
  ) as { readonly propertyName?: unknown; readonly direction?: unknown };
  if (typeof propertyName !== "string" || !schema.property(object, propertyName))
    throw badRequest(`There was a problem with the request: no property ${String(propertyName)} to sort by`);
  const descending = direction === "DESCENDING" || (typeof sort === "string" && sort.startsWith("-"));
  return { property: propertyName, descending };
}
