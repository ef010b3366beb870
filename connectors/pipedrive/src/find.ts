import { FailureError, type FindRequest, type JsonObject, type JsonValue } from "@cosell/connector";
import { inParallel } from "./concurrency.ts";
import { overlapMs, toSecond } from "./changes.ts";
import { type CrmObject, crmObject, type ListParameters } from "./crm-objects.ts";
import { type FieldPath, resolvePath } from "./field-paths.ts";
import { valueOf } from "./field-values.ts";
import type { Field } from "./fields.ts";
import { pageOf, pageSize, type Row } from "./pages.ts";
import type { Reading } from "./read.ts";
import { searchIds } from "./search.ts";

const usualLimit = 50;

/** Values that are looked up by search: each costs twice a page of 500 records, so many are cheaper to find in the list. */
const mostSearches = 10;

/** The search lags behind: what changed within this time is looked for in the list. */
const searchLagMs = overlapMs;

type Match = FindRequest["match"];

/**
 * Ids of the records that hold a value, lowest id first. Few texts are found by Pipedrive's search and in the list of what
 * changed a moment ago, everything else by reading the whole list; either way each hit's value is compared, since a search also finds parts, and other fields. A blank finds nothing.
 * Throws `config` for a field that the company does not have.
 */
export async function find(
  reading: Reading,
  { object, field, match, limit = usualLimit }: FindRequest,
): Promise<readonly string[]> {
  const path = await resolvePath(reading.descriptions, object, field);
  const wanted = wantedOf(match);
  if (wanted.length === 0) return [];
  const crm = crmObject(object);
  const [hop, ...rest] = path.hops;
  if (!hop) {
    const holders = await holdersOf(reading, crm, path.field, match, limit);
    return holders.map(({ id }) => String(id)).slice(0, limit);
  }
  const related = await relatedHolders(reading, hop.object, { hops: rest, field: path.field }, match);
  const rows =
    hop.object === "users"
      ? (await listAll(reading, crm, crm.shelves, {})).filter((row) => related.includes(row[hop.via] ?? null))
      : (await inParallel(related, 4, (id) => listAll(reading, crm, crm.shelves, { [hop.via]: Number(id) }))).flat();
  return [...new Set(rows.map(({ id }) => id))]
    .sort((one, other) => one - other)
    .map(String)
    .slice(0, limit);
}

/** Ids of related records that hold the value. */
async function relatedHolders(
  reading: Reading,
  object: string,
  path: FieldPath,
  match: Match,
): Promise<readonly JsonValue[]> {
  if (path.hops.length > 0) {
    const message = "Records are found by their own values and by those of the records next to them, not further away.";
    throw new FailureError({ kind: "config", message });
  }
  if (object === "users")
    return [...(await reading.users.all()).values()]
      .filter((user) => holds(valueOf(path.field, user), match))
      .map(({ id }) => id ?? null);
  return (await holdersOf(reading, crmObject(object), path.field, match)).map(({ id }) => id);
}

async function holdersOf(
  reading: Reading,
  crm: CrmObject,
  field: Field,
  match: Match,
  limit = Number.POSITIVE_INFINITY,
): Promise<readonly Row[]> {
  const ids = await searchIds(reading.session, crm, field, match, mostSearches);
  const rows = ids
    ? [...(await byIds(reading, crm, ids)), ...(await recent(reading, crm))]
    : await listAll(reading, crm, crm.shelves, {}, field, match, limit);
  return [...new Map(rows.map((row) => [row.id, row])).values()]
    .filter((row) => row["is_deleted"] !== true && holds(valueOf(field, row), match))
    .sort((one, other) => one.id - other.id);
}

async function byIds({ session }: Reading, crm: CrmObject, ids: readonly number[]): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (let begin = 0; begin < ids.length; begin += 100) {
    const part = ids.slice(begin, begin + 100).join(",");
    for (const shelf of crm.shelves.filter((each) => each !== "deleted"))
      rows.push(...pageOf(await session.call((clients) => crm.list(clients, shelf, { ids: part, limit: 100 }))).rows);
  }
  return rows;
}

/** Records of which the search may not know yet. One that was archived it knows from before. */
function recent(reading: Reading, crm: CrmObject): Promise<readonly Row[]> {
  return listAll(reading, crm, ["live"], { updated_since: toSecond(reading.session.time.now() - searchLagMs) });
}

/** Records of these lists, but no deleted ones; ends early when enough hold the value. */
async function listAll(
  { session }: Reading,
  crm: CrmObject,
  shelves: CrmObject["shelves"],
  filter: Pick<ListParameters, "org_id" | "person_id" | "updated_since">,
  field?: Field,
  match?: Match,
  limit = Number.POSITIVE_INFINITY,
): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const shelf of shelves.filter((each) => each !== "deleted"))
    for (let next: string | undefined, more = true; more && rows.length < limit; more = next !== undefined) {
      const parameters = { ...filter, limit: pageSize, ...(next !== undefined && { cursor: next }) };
      const page = pageOf(await session.call((clients) => crm.list(clients, shelf, parameters)));
      rows.push(...page.rows.filter((row) => !field || !match || holds(valueOf(field, row as JsonObject), match)));
      next = page.next;
    }
  return rows;
}

/** Texts to look for; blanks are none. */
export function wantedOf(match: Match): readonly string[] {
  const texts = "contains" in match ? [match.contains] : match.equals;
  return [...new Set(texts.map(plain))].filter((text) => text !== "");
}

/** Case does not matter, blanks at the ends neither; a number is found by any way to write it. */
function holds(value: JsonValue, match: Match): boolean {
  if (value === null || typeof value === "object") return false;
  const held = plain(String(value));
  if (held === "") return false;
  if ("contains" in match) return held.includes(plain(match.contains));
  return match.equals.some((text) => {
    const one = plain(text);
    return one === held || (typeof value === "number" && /^-?\d+(\.\d+)?$/.test(one) && Number(one) === value);
  });
}

const plain = (text: string): string => text.trim().toLowerCase();
