import {
  failureOf,
  type JsonObject,
  type JsonValue,
  type ReadRequest,
  type ReadResult,
  type RecordChange,
} from "@cosell/connector";
import { batches } from "./batches.ts";
import { inParallel } from "./concurrency.ts";
import { type CrmObject, crmObject } from "./crm-objects.ts";
import type { Descriptions } from "./describe.ts";
import { type FieldPath, resolvePath } from "./field-paths.ts";
import { valueOf } from "./field-values.ts";
import { pageOf, type Row, rowOf } from "./pages.ts";
import { canonicalId } from "./pipedrive-id.ts";
import type { Session } from "./session.ts";
import type { Users } from "./users.ts";
import { versionOf } from "./version.ts";

/** Most records in one read: a list takes so many ids. */
export const readBatch = 100;

/** Calls under way at once: far below the burst that the smallest plan allows (20 in two seconds). */
const mostCalls = 4;

/** What a read works with. */
export interface Reading {
  readonly session: Session;
  readonly descriptions: Descriptions;
  readonly users: Users;
}

/** Reads records by id, with what the paths name of related ones; results stand in the order of the request. */
export async function read(reading: Reading, { object, refs, fields }: ReadRequest): Promise<readonly ReadResult[]> {
  const ids = refs.map((ref) => Number(canonicalId(ref)));
  const paths = await Promise.all(fields.map((path) => resolvePath(reading.descriptions, object, path)));
  const rows = await loadRows(reading, object, ids);
  const living = [...rows.values()].filter((row) => !isGone(row));
  const records = await recordsOf(reading, living, paths, 0);
  return ids.map((id): ReadResult => {
    const row = rows.get(id);
    const ref = String(id);
    if (!row) return { status: "missing", ref };
    const record = records.get(id);
    return record
      ? { status: "found", ref, record, version: versionOf(row), changed: changeOf(row) }
      : { status: "deleted", ref };
  });
}

/** When a record changed last. By whom, Pipedrive tells only in a list of changes of its own for each record. */
function changeOf({ update_time: stamp }: JsonObject): RecordChange {
  const at = typeof stamp === "string" ? Date.parse(stamp) : Number.NaN;
  return Number.isNaN(at) ? {} : { at: new Date(at).toISOString() };
}

/** Rows by their ids. What no list shows is asked for by itself: archived and deleted records. */
async function loadRows(
  { session }: Reading,
  object: string,
  ids: readonly number[],
): Promise<ReadonlyMap<number, Row>> {
  const crm = crmObject(object);
  const wanted = [...new Set(ids)];
  const rows = new Map<number, Row>();
  for (const batch of batches(wanted, readBatch)) {
    const parameters = { ids: batch.join(","), limit: readBatch };
    const answer = await session.call((clients) => crm.list(clients, "live", parameters));
    for (const row of pageOf(answer).rows) rows.set(row.id, row);
  }
  const rest = wanted.filter((id) => !rows.has(id));
  for (const row of await inParallel(rest, mostCalls, (id) => loadOne(session, crm, id)))
    if (row) rows.set(row.id, row);
  return rows;
}

async function loadOne(session: Session, crm: CrmObject, id: number): Promise<Row | undefined> {
  try {
    return rowOf(await session.call((clients) => crm.get(clients, id)));
  } catch (error) {
    if (failureOf(error)?.kind === "missing") return undefined;
    throw error;
  }
}

function isGone(row: JsonObject): boolean {
  return row["is_deleted"] === true;
}

/** Records as the paths say, by id. @param depth how many hops of the paths are behind us */
async function recordsOf(
  reading: Reading,
  rows: readonly JsonObject[],
  paths: readonly FieldPath[],
  depth: number,
): Promise<ReadonlyMap<JsonValue | undefined, JsonObject>> {
  const own = paths.filter(({ hops }) => hops.length === depth);
  const further = Map.groupBy(
    paths.filter(({ hops }) => hops.length > depth),
    ({ hops }) => hops[depth],
  );
  const related: { readonly path: string; readonly via: string; readonly records: Related }[] = [];
  for (const [relation, members] of further) {
    if (!relation) continue;
    const ids = rows.map((row) => row[relation.via]).filter((id) => typeof id === "number");
    const found = await relatedRows(reading, relation.object, ids);
    const records = await recordsOf(reading, found, members, depth + 1);
    related.push({ path: relation.path, via: relation.via, records });
  }
  return new Map(
    rows.map((row) => [
      row["id"],
      Object.fromEntries([
        ...own.map(({ field }) => [field.name, valueOf(field, row)] as const),
        ...related.map(({ path, via, records }) => [path, records.get(row[via]) ?? null] as const),
      ]),
    ]),
  );
}

type Related = ReadonlyMap<JsonValue | undefined, JsonObject>;

async function relatedRows(reading: Reading, object: string, ids: readonly number[]): Promise<readonly JsonObject[]> {
  if (object === "users") return ids.length > 0 ? [...(await reading.users.knowing(ids)).values()] : [];
  return [...(await loadRows(reading, object, ids)).values()].filter((row) => !isGone(row));
}
