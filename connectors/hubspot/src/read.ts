import {
  type CrmRelation,
  failureOf,
  type JsonObject,
  type JsonValue,
  type ReadRequest,
  type ReadResult,
  type RecordChange,
} from "@cosell/connector";
import type { Account, AccountKeeper } from "./account.ts";
import { apiPaths } from "./api-paths.ts";
import { associatedRecords } from "./associations.ts";
import type { Description, Descriptions } from "./describe.ts";
import { type FieldPath, resolvePath } from "./field-paths.ts";
import { canonicalId, compareIds } from "./hubspot-id.ts";
import { ownersOf } from "./owners.ts";
import type { People } from "./people.ts";
import { needsAccount, toldValue } from "./property-value.ts";
import { type HubspotRecord, readRecords, recordBatch, recordOf } from "./records.ts";
import type { Session } from "./session.ts";

/** Most records in one read. */
export const readBatch = recordBatch;

/** Where a survivor tells which records went into it. */
export const mergedIds = "hs_merged_object_ids";

/** Who changed a record last, by the id of a user. */
const lastAuthor = "hs_updated_by_user_id";

/** Whose portal it is, and who works in it: each asked for when it is needed, and kept. */
export interface Keepers {
  readonly account: AccountKeeper;
  readonly people: People;
}

/** Reads records by id; results stand in the order of the request. */
export async function read(
  session: Session,
  descriptions: Descriptions,
  { account, people }: Keepers,
  { object, refs, fields }: ReadRequest,
): Promise<readonly ReadResult[]> {
  const ids = refs.map(canonicalId);
  const paths = await Promise.all(fields.map((path) => resolvePath(descriptions, object, path)));
  const description = await descriptions.of(object);
  const own = propertiesOf(description, paths);
  const rows = new Map((await readRecords(session, object, { ids, properties: own })).map((row) => [row.id, row]));
  const gone = await readGone(
    session,
    object,
    ids.filter((id) => !rows.has(id)),
    [...rows.values()],
  );
  const asked = [...new Set(ids)].flatMap((id) => rows.get(id) ?? []);
  const portal = needsAccount(own) ? await account.get() : undefined;
  const related = await readRelated(session, descriptions, { description, rows: asked, paths });
  const changed = new Map<string, RecordChange>();
  for (const row of asked) changed.set(row.id, await changeOf(row, description, people));
  return ids.map((ref): ReadResult => {
    const row = rows.get(ref);
    if (!row) return gone.get(ref) ?? { status: "missing", ref };
    const plain = paths.filter(({ relation }) => !relation).map(({ field }) => field);
    const record = { ...told(description, row, plain, portal), ...related.get(ref) };
    const absorbed = formerIds(row);
    return {
      ...{ status: "found", ref, record, version: versionOf(description, row), changed: changed.get(ref) ?? {} },
      ...(absorbed.length > 0 && { absorbed }),
    };
  });
}

/** The version of a record: its date of modification. */
export function versionOf({ stamp }: Pick<Description, "stamp">, { properties, updatedAt }: HubspotRecord): string {
  const text = (stamp === undefined ? undefined : properties[stamp]) ?? updatedAt;
  const instant = Date.parse(text);
  return Number.isNaN(instant) ? text : new Date(instant).toISOString();
}

async function changeOf(row: HubspotRecord, description: Description, people: People): Promise<RecordChange> {
  const at = Date.parse(versionOf(description, row));
  const userId = row.properties[lastAuthor] ?? "";
  return {
    ...(!Number.isNaN(at) && { at: new Date(at).toISOString() }),
    ...(userId !== "" && { by: await people.nameOf(userId) }),
  };
}

function propertiesOf({ properties, stamp }: Description, paths: readonly FieldPath[]): readonly string[] {
  const plain = paths.filter(({ relation }) => !relation).map(({ field }) => field);
  const owner = paths.some(({ relation }) => relation?.path === "owner") ? ["hubspot_owner_id"] : [];
  const ours = [mergedIds, lastAuthor].filter((name) => properties.has(name));
  return [...new Set([...plain, ...owner, ...ours, ...(stamp === undefined ? [] : [stamp])])];
}

/**
 * Where the records went that a plain read no longer shows. Archived ones are shown when asked for; one that was merged is
 * answered with the record that is left, in a batch or by itself: the id is then another than the one asked for.
 */
export async function readGone(
  session: Session,
  object: string,
  ids: readonly string[],
  answered: readonly HubspotRecord[],
): Promise<ReadonlyMap<string, ReadResult>> {
  const gone = new Map<string, ReadResult>();
  const survivors = new Map(answered.flatMap((row) => formerIds(row).map((former) => [former, row.id] as const)));
  const unknown: string[] = [];
  for (const ref of new Set(ids)) {
    const survivor = survivors.get(ref);
    if (survivor === undefined) unknown.push(ref);
    else gone.set(ref, { status: "merged", ref, survivor });
  }
  if (unknown.length === 0) return gone;
  for (const { id } of await readRecords(session, object, { ids: unknown, properties: [], archived: true }))
    gone.set(id, { status: "deleted", ref: id });
  for (const ref of unknown) {
    if (gone.has(ref)) continue;
    const survivor = await survivorOf(session, object, ref);
    if (survivor !== undefined && survivor !== ref) gone.set(ref, { status: "merged", ref, survivor });
  }
  return gone;
}

/** Ids of the records that went into this one. */
export function formerIds({ properties }: HubspotRecord): readonly string[] {
  return (properties[mergedIds] ?? "").split(";").filter((id) => id !== "");
}

async function survivorOf(session: Session, object: string, ref: string): Promise<string | undefined> {
  try {
    return recordOf(await session.call({ method: "GET", path: apiPaths.objects(object, `/${ref}`) }))?.id;
  } catch (error) {
    if (failureOf(error)?.kind === "missing") return undefined;
    throw error;
  }
}

interface RelatedReading {
  readonly description: Description;
  readonly rows: readonly HubspotRecord[];
  readonly paths: readonly FieldPath[];
}

/** What the records' relations lead to, by the records' ids, nested as the paths say. */
async function readRelated(
  session: Session,
  descriptions: Descriptions,
  { description, rows, paths }: RelatedReading,
): Promise<ReadonlyMap<string, JsonObject>> {
  const found = new Map<string, Record<string, JsonValue>>(rows.map(({ id }) => [id, {}]));
  const byRelation = Map.groupBy(
    paths.filter(({ relation }) => relation !== undefined),
    ({ relation }) => relation?.path ?? "",
  );
  for (const [name, members] of byRelation) {
    const relation = members[0]?.relation;
    if (!relation) continue;
    const fields = members.map(({ field }) => field);
    const values =
      name === "owner"
        ? await ownersOfRows(session, rows, fields)
        : await associatedOf(session, descriptions, { from: description.object, rows, relation, fields });
    for (const [id, value] of values) (found.get(id) ?? {})[name] = value;
  }
  return found;
}

async function ownersOfRows(
  session: Session,
  rows: readonly HubspotRecord[],
  fields: readonly string[],
): Promise<ReadonlyMap<string, JsonValue>> {
  const ids = rows.flatMap(({ properties }) => properties["hubspot_owner_id"] ?? []);
  const owners = await ownersOf(session, ids);
  return new Map(
    rows.map(({ id, properties }) => {
      const owner = owners.get(properties["hubspot_owner_id"] ?? "");
      return [id, owner ? Object.fromEntries(fields.map((field) => [field, owner[field] ?? null])) : null];
    }),
  );
}

async function associatedOf(
  session: Session,
  descriptions: Descriptions,
  given: {
    readonly from: string;
    readonly rows: readonly HubspotRecord[];
    readonly relation: CrmRelation;
    readonly fields: readonly string[];
  },
): Promise<ReadonlyMap<string, JsonValue>> {
  const { from, rows, relation, fields } = given;
  const to = relation.objects[0] ?? "";
  const ends = await associatedRecords(
    session,
    { from, to },
    rows.map(({ id }) => id),
  );
  const chosen = new Map(
    rows.map(({ id }) => {
      const all = ends.get(id) ?? [];
      if (relation.kind === "many") return [id, all.map((end) => end.id).sort(compareIds)] as const;
      // The primary one; of several without a primary one, nobody can say which is meant.
      const one = all.find(({ isPrimary }) => isPrimary) ?? (all.length === 1 ? all[0] : undefined);
      return [id, one ? [one.id] : []] as const;
    }),
  );
  const description = await descriptions.of(to);
  const ids = [...chosen.values()].flat();
  const records = await readRecords(session, to, { ids, properties: fields });
  const byId = new Map(records.map((row) => [row.id, told(description, row, fields, undefined)]));
  return new Map(
    [...chosen].map(([id, refs]): [string, JsonValue] => {
      const list = refs.flatMap((ref) => byId.get(ref) ?? []);
      return [id, relation.kind === "many" ? list : (list[0] ?? null)];
    }),
  );
}

function told(
  { properties }: Description,
  row: HubspotRecord,
  fields: readonly string[],
  account: Account | undefined,
): JsonObject {
  return Object.fromEntries(
    fields.map((field) => {
      const property = properties.get(field);
      return [field, property ? toldValue(property, row.properties[field], account) : null];
    }),
  );
}
