import { FailureError, type FindRequest } from "@cosell/connector";
import { associatedRecords } from "./associations.ts";
import { batches } from "./batches.ts";
import { type Descriptions, type Property, typeOf } from "./describe.ts";
import { resolvePath } from "./field-paths.ts";
import { isId } from "./hubspot-id.ts";
import { allOwners } from "./owners.ts";
import { readRecords, type SearchFilter, searchPage, searchRecords } from "./records.ts";
import type { Session } from "./session.ts";

/** Most values in one search. */
const valueBatch = 100;
/** HubSpot takes no longer ones in a filter. */
const longestValue = 3000;
/** Pages that are looked at for one search: beyond them a value says nothing about a record. */
const mostPages = 10;
/** Words of a text that is looked for within others: a search takes few conditions. */
const mostTokens = 4;
const usualLimit = 50;

/** What is looked for: how the search narrows it, and how a value is judged. */
interface Wanted {
  readonly filters: readonly (readonly SearchFilter[])[];
  readonly holds: (value: string | null | undefined) => boolean;
}

/**
 * Ids of the records that hold a value. HubSpot's search narrows them; the records as they are now decide, since its index
 * lags and compares words. Throws `config` for a property that the portal does not have, or for a list.
 */
export async function find(
  session: Session,
  descriptions: Descriptions,
  { object, field, match, limit = usualLimit }: FindRequest,
): Promise<readonly string[]> {
  const { relation, field: name } = await resolvePath(descriptions, object, field);
  if (relation?.kind === "many") {
    const message = `'${field}' leads into a list, and records of ${object} are found by single values only.`;
    throw new FailureError({ kind: "config", message });
  }
  if (relation?.path === "owner") return ownedBy(session, descriptions, { object, name, match, limit });
  const holder = relation?.objects[0] ?? object;
  const property = (await descriptions.of(holder)).properties.get(name);
  if (!property) return [];
  const wanted = wantedOf(property, match);
  if (!relation) return holders(session, object, name, wanted, limit);
  const related = await holders(session, holder, name, wanted, limit);
  const ends = await associatedRecords(session, { from: holder, to: object }, related);
  const primary = [...ends.values()].flat().filter(({ isPrimary }) => isPrimary);
  return [...new Set(primary.map(({ id }) => id))].slice(0, limit);
}

async function holders(
  session: Session,
  object: string,
  name: string,
  { filters, holds }: Wanted,
  limit: number,
): Promise<readonly string[]> {
  const found = new Set<string>();
  for (const conditions of filters) {
    let last: string | undefined;
    for (let pages = 0; pages < mostPages && found.size < limit; pages += 1) {
      const behind = last === undefined ? [] : [{ propertyName: "hs_object_id", operator: "GT", value: last }];
      const page = await searchRecords(session, object, {
        filters: [...conditions, ...behind],
        properties: [name],
        limit: searchPage,
      });
      const ids = page.records.map(({ id }) => id);
      for (const row of await readRecords(session, object, { ids, properties: [name] }))
        if (holds(row.properties[name])) found.add(row.id);
      last = ids.at(-1);
      if (page.next === undefined || last === undefined) break;
    }
  }
  return [...found].slice(0, limit);
}

async function ownedBy(
  session: Session,
  descriptions: Descriptions,
  given: {
    readonly object: string;
    readonly name: string;
    readonly match: FindRequest["match"];
    readonly limit: number;
  },
): Promise<readonly string[]> {
  const { object, name, match, limit } = given;
  const property = (await descriptions.of("owners")).properties.get(name);
  if (!property) return [];
  const { holds } = wantedOf(property, match);
  const owners = [...(await allOwners(session))].filter(([, owner]) => {
    const value = owner[name];
    return typeof value === "string" && holds(value);
  });
  const ids = owners.map(([id]) => id);
  const wanted: Wanted = {
    filters: batches(ids, valueBatch).map((values) => [{ propertyName: "hubspot_owner_id", operator: "IN", values }]),
    holds: (value) => typeof value === "string" && ids.includes(value),
  };
  return holders(session, object, "hubspot_owner_id", wanted, limit);
}

function wantedOf(property: Property, match: FindRequest["match"]): Wanted {
  const { name } = property;
  if ("contains" in match) {
    const text = plain(match.contains);
    const patterns = patternsOf(text);
    return {
      filters:
        patterns.length === 0
          ? []
          : [patterns.map((value) => ({ propertyName: name, operator: "CONTAINS_TOKEN", value }))],
      holds: (value) => text !== "" && plain(value ?? "").includes(text),
    };
  }
  const values = valuesOf(property, match.equals);
  const wanted = new Set(values.map(plain));
  return {
    filters: batches(values, valueBatch).map((part) => [{ propertyName: name, operator: "IN", values: part }]),
    holds: (value) => typeof value === "string" && wanted.has(plain(value)),
  };
}

/** Values as HubSpot wants them for the property's type; one that no such property can hold is left out. */
function valuesOf(property: Property, values: readonly string[]): readonly string[] {
  const given = [...new Set(values.map((value) => value.trim()))].filter(
    (value) => value !== "" && value.length <= longestValue,
  );
  switch (typeOf(property)) {
    case "id":
    case "reference":
      return given.filter(isId);
    case "boolean":
      return given.map((value) => value.toLowerCase()).filter((value) => value === "true" || value === "false");
    case "currency":
    case "decimal":
    case "percent":
      return given.filter((value) => /^-?\d+(\.\d+)?$/.test(value));
    case "picklist":
    case "multipicklist":
      return property.options
        .map(({ value }) => value)
        .filter((own) => given.some((value) => plain(value) === plain(own)));
    default:
      // HubSpot keeps texts in lower case for IN: a value with capitals finds nothing.
      return [...new Set(given.map((value) => value.toLowerCase()))];
  }
}

/** The words of a text as the index has them; the first may be the end of a longer word, the last the beginning of one. */
function patternsOf(text: string): readonly string[] {
  const tokens = text.slice(0, longestValue).split(/[^\p{L}\p{N}]+/u);
  const last = tokens.length - 1;
  return tokens
    .map((token, index) => ({ token, pattern: `${index === 0 ? "*" : ""}${token}${index === last ? "*" : ""}` }))
    .filter(({ token }) => token !== "")
    .sort((one, other) => other.token.length - one.token.length)
    .slice(0, mostTokens)
    .map(({ pattern }) => pattern);
}

const plain = (text: string): string => text.trim().toLowerCase();
