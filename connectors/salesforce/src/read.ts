import type { JsonObject, JsonValue, ReadRequest, ReadResult, RecordChange } from "@cosell/connector";
import { failureOf } from "@cosell/connector";
import { batches } from "./batches.ts";
import type { Descriptions } from "./describe.ts";
import { type FieldPath, resolvePath } from "./field-paths.ts";
import { allRows, idList, query, textOf } from "./query.ts";
import { canonicalId } from "./salesforce-id.ts";
import type { Session } from "./session.ts";

/** Most records in one read: 200 ids and a long list of fields still fit into one address (16,384 bytes). */
export const readBatch = 200;

/** Reads records by id; results stand in the order of the request. */
export async function read(
  session: Session,
  descriptions: Descriptions,
  { object, refs, fields }: ReadRequest,
): Promise<readonly ReadResult[]> {
  const ids = refs.map(canonicalId);
  const paths = await Promise.all(fields.map((path) => resolvePath(descriptions, object, path)));
  const columns = selection(paths, await authorColumns(descriptions, object));
  const rows = new Map<JsonValue | undefined, JsonObject>();
  try {
    for (const batch of batches([...new Set(ids)], readBatch))
      for (const row of await query(session, `SELECT ${columns} FROM ${object} WHERE Id IN ${idList(batch)}`))
        rows.set(row.Id, row);
  } catch (error) {
    // The org's schema is no longer the one that we kept: the next read looks again and names what is gone.
    if (failureOf(error)?.code === "INVALID_FIELD") descriptions.forget();
    throw error;
  }
  const gone = await readGone(
    session,
    descriptions,
    object,
    ids.filter((id) => !rows.has(id)),
  );
  const absorbed = await readAbsorbed(
    session,
    descriptions,
    object,
    ids.filter((id) => rows.has(id)),
  );
  return Promise.all(
    ids.map(async (ref): Promise<ReadResult> => {
      const row = rows.get(ref);
      if (!row) return gone.get(ref) ?? { status: "missing", ref };
      const record = await recordOf(session, row, paths);
      const own = absorbed.get(ref);
      return {
        ...{ status: "found", ref, record, version: textOf(row.SystemModstamp), changed: changeOf(row) },
        ...(own && { absorbed: own }),
      };
    }),
  );
}

/** Columns that say who changed a record last. Not every object has them. */
async function authorColumns(descriptions: Descriptions, object: string): Promise<readonly string[]> {
  const { fields } = await descriptions.of(object);
  return [
    ...(fields.some(({ name }) => name === "LastModifiedDate") ? ["LastModifiedDate"] : []),
    ...(fields.some(({ relationshipName }) => relationshipName === "LastModifiedBy") ? ["LastModifiedBy.Name"] : []),
  ];
}

function changeOf({ LastModifiedDate: stamp, LastModifiedBy: author }: JsonObject): RecordChange {
  const at = Date.parse(textOf(stamp));
  const by = isObject(author) ? textOf(author["Name"]) : "";
  return { ...(!Number.isNaN(at) && { at: new Date(at).toISOString() }), ...(by !== "" && { by }) };
}

/** Where the records went that a plain query no longer shows: the Recycle Bin, or into another record. */
async function readGone(
  session: Session,
  descriptions: Descriptions,
  object: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, ReadResult>> {
  const gone = new Map<string, ReadResult>();
  const columns = await goneColumns(descriptions, object);
  for (const batch of batches([...new Set(ids)], readBatch)) {
    const soql = `SELECT ${["Id", ...columns].join(", ")} FROM ${object} WHERE Id IN ${idList(batch)}`;
    for (const { Id, IsDeleted, MasterRecordId } of await query(session, soql, { deleted: true })) {
      const ref = textOf(Id);
      if (typeof MasterRecordId === "string")
        gone.set(ref, { status: "merged", ref, survivor: canonicalId(MasterRecordId) });
      else if (IsDeleted === true) gone.set(ref, { status: "deleted", ref });
    }
  }
  return gone;
}

/**
 * The records that went into these, while they are in the Recycle Bin: a loser names the record that it was merged into,
 * which may itself have been merged since. No query for objects that cannot be merged, such as opportunities.
 */
async function readAbsorbed(
  session: Session,
  descriptions: Descriptions,
  object: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const absorbed = new Map<string, string[]>();
  if (!(await goneColumns(descriptions, object)).includes("MasterRecordId")) return absorbed;
  // By the record that was asked about last: the one that is left at the end.
  let left = new Map(ids.map((id) => [id, id]));
  while (left.size > 0) {
    const next = new Map<string, string>();
    for (const batch of batches([...left.keys()], readBatch)) {
      const soql = `SELECT Id, MasterRecordId FROM ${object} WHERE MasterRecordId IN ${idList(batch)}`;
      for (const { Id, MasterRecordId } of await query(session, soql, { deleted: true })) {
        const [ref, survivor] = [textOf(Id), left.get(canonicalId(textOf(MasterRecordId)))];
        if (survivor === undefined) continue;
        absorbed.set(survivor, [...(absorbed.get(survivor) ?? []), ref]);
        next.set(ref, survivor);
      }
    }
    left = next;
  }
  return absorbed;
}

/** Columns that say how a record ended. Not every object has them: users are never deleted, opportunities never merged. */
export async function goneColumns(descriptions: Descriptions, object: string): Promise<readonly string[]> {
  const { fields } = await descriptions.of(object);
  return ["IsDeleted", "MasterRecordId"].filter((column) => fields.some(({ name }) => name === column));
}

/** The SELECT list: plain paths as they are, every list relation as one query inside. */
function selection(paths: readonly FieldPath[], more: readonly string[]): string {
  const plain = paths.filter(({ list }) => !list).map(columnOf);
  const lists = Map.groupBy(paths, ({ list }) => list?.relation);
  const inner = [...lists].flatMap(([relation, members]) =>
    relation === undefined ? [] : [`(SELECT ${[...new Set(members.map(columnOf))].join(", ")} FROM ${relation})`],
  );
  return [...new Set(["Id", "SystemModstamp", ...more, ...plain, ...inner])].join(", ");
}

function columnOf({ hops, field }: FieldPath): string {
  return [...hops.map(({ relation }) => relation), field].join(".");
}

/** The record as its paths say, without what Salesforce adds; what is absent is null, a list is always there. */
async function recordOf(session: Session, row: JsonObject, paths: readonly FieldPath[]): Promise<JsonObject> {
  const record: MutableRecord = {};
  for (const path of paths.filter(({ list }) => !list)) copy(row, record, path);
  for (const [relation, members] of Map.groupBy(paths, ({ list }) => list?.relation)) {
    if (relation === undefined) continue;
    // No rows at all are told as null. A long list comes in pages of its own.
    const children = row[relation] ? await allRows(session, row[relation]) : [];
    record[relation] = {
      records: children.map((child) => {
        const copied: MutableRecord = {};
        for (const path of members) copy(child, copied, path);
        return copied;
      }),
    };
  }
  return record;
}

type MutableRecord = Record<string, JsonValue>;

function copy(from: JsonObject, to: MutableRecord, { hops, field }: FieldPath): void {
  let source = from;
  let target = to;
  for (const { relation } of hops) {
    const next = source[relation];
    if (!isObject(next)) {
      target[relation] = null;
      return;
    }
    const existing = target[relation];
    const inner: MutableRecord = isObject(existing) ? existing : {};
    target[relation] = inner;
    source = next;
    target = inner;
  }
  target[field] = source[field] ?? null;
}

function isObject(value: JsonValue | undefined): value is MutableRecord {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
