import type { FieldValue, SalesforceRecord } from "../document.ts";
import type { Org } from "../org.ts";
import { SalesforceError, notFound } from "../salesforce-error.ts";
import type { ObjectDefinition } from "../schema/object.ts";
import { assertRules } from "./assert-rules.ts";
import { storedValue } from "./field-value.ts";
import { assertNoDuplicates } from "./duplicate-rule.ts";
import { readInstant, writeInstant } from "./instant.ts";
import { idOf } from "./record-id.ts";
import { assertRecordTypeValues, defaultRecordType } from "./record-type.ts";
import type { StoredRecord } from "./record-store.ts";

/** Field values as they come from a caller: not judged yet. */
export type SentFields = Readonly<Record<string, unknown>>;

/** What a create may ask for. */
export interface CreateOptions {
  /** Save also when a duplicate rule that only alerts objects. @defaultValue false */
  readonly allowDuplicates?: boolean;
}

/** Adds a record. Throws {@link SalesforceError}. @returns its id */
export function createRecord(
  org: Org,
  object: ObjectDefinition,
  sent: SentFields,
  { allowDuplicates = false }: CreateOptions = {},
): string {
  assertWritable(object);
  const values = judge(org, object, sent, "create");
  const defaults = Object.fromEntries(object.fields.map((field) => [field.name, field.defaultValue ?? null]));
  const owner = object.fields.some(({ name }) => name === "OwnerId") ? { OwnerId: defaultOwner(org) } : {};
  const type = defaultRecordType(org, object);
  const stamp = stampOf(org);
  const id = org.newId(object.keyPrefix);
  const author = authorOf(org, object, undefined);
  const given = { ...defaults, ...owner, ...type, CreatedDate: stamp, ...values, ...stamps(stamp), ...author, Id: id };
  assertRecordTypeValues(org, object, given, Object.keys(values));
  const record = completed(org, object, given);
  assertNoDuplicates(org, object, record, allowDuplicates);
  org.store.put(object, record);
  return id;
}

/** What an update may demand. */
export interface UpdateOptions {
  /** Refuse with 412 when the record changed after this instant (milliseconds; whole seconds are compared). */
  readonly unmodifiedSince?: number;
  /** The user who makes it. @defaultValue the one whom the integration runs as */
  readonly by?: string;
}

/** Changes a record. Throws {@link SalesforceError}. */
export function updateRecord(
  org: Org,
  object: ObjectDefinition,
  id: string,
  sent: SentFields,
  options: UpdateOptions = {},
): void {
  assertWritable(object);
  const current = existing(org, object, id);
  assertNotConverted(current);
  assertUnmodified(current, options.unmodifiedSince);
  const values = judge(org, object, sent, "update");
  const changed = { ...current, ...values, ...stamps(stampOf(org)), ...authorOf(org, object, options.by) };
  assertRecordTypeValues(org, object, changed, Object.keys(values));
  org.store.put(object, completed(org, object, changed));
}

/** The record with this id, not deleted. Throws `MALFORMED_ID`, `NOT_FOUND` or `ENTITY_IS_DELETED`. */
export function existing(org: Org, object: ObjectDefinition, id: string): StoredRecord {
  const canonical = idOf(object.keyPrefix, `${object.label} ID`, id);
  const record = org.store.get(object, canonical);
  if (!record) throw notFound();
  if (record["IsDeleted"] === true) {
    throw new SalesforceError("ENTITY_IS_DELETED", "entity is deleted", { status: 404 });
  }
  return record;
}

/** The stamp that a write at this moment leaves. */
export function stampOf(org: Org): string {
  const now = org.clock.now();
  return writeInstant(org.settings().stampPrecision === "second" ? Math.floor(now / 1000) * 1000 : now);
}

/** The two fields that say when a record last changed. */
export function stamps(stamp: string): SalesforceRecord {
  return { LastModifiedDate: stamp, SystemModstamp: stamp };
}

function assertWritable(object: ObjectDefinition): void {
  if (object.writable === false) {
    throw new SalesforceError("CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY", `entity type cannot be changed: ${object.name}`);
  }
}

/** `If-Unmodified-Since` has whole seconds, so a change within its second passes. */
function assertUnmodified(record: SalesforceRecord, unmodifiedSince: number | undefined): void {
  if (unmodifiedSince === undefined) return;
  const modified = readInstant(String(record["LastModifiedDate"]));
  if (Math.floor(modified / 1000) <= Math.floor(unmodifiedSince / 1000)) return;
  throw new SalesforceError(
    "ENTITY_FAILED_IFLASTMODIFIED_ON_UPDATE_CHECK",
    "The entity was modified after the date given in the If-Unmodified-Since header",
    { status: 412 },
  );
}

/** Every value as it will be stored, after the field itself allows the write. */
function judge(org: Org, object: ObjectDefinition, sent: SentFields, action: "create" | "update"): SalesforceRecord {
  const values: Record<string, FieldValue> = {};
  for (const [name, value] of Object.entries(sent)) {
    if (name === "attributes") continue;
    const field = org.schema().field(object, name);
    if (!field) {
      throw new SalesforceError("INVALID_FIELD", `No such column '${name}' on sobject of type ${object.name}`);
    }
    if (field.writable === "system" || (field.writable === "create" && action === "update")) {
      throw new SalesforceError(
        "INVALID_FIELD_FOR_INSERT_UPDATE",
        `Unable to create/update fields: ${field.name}. Please check the security settings of this field and verify that it is read/write for your profile or permission set.`,
        { fields: [field.name] },
      );
    }
    values[field.name] = storedValue(field, value);
  }
  return values;
}

/** The record as it can be stored: what Salesforce derives is in it, and the rules are kept. */
function completed(org: Org, object: ObjectDefinition, record: StoredRecord): StoredRecord {
  const whole: StoredRecord = { ...record, ...object.derive?.(record), Id: record.Id };
  assertRules(org, object, whole);
  return whole;
}

/** What a lead was converted into goes on in its stead. */
function assertNotConverted(record: SalesforceRecord): void {
  if (record["IsConverted"] !== true) return;
  throw new SalesforceError("CANNOT_UPDATE_CONVERTED_LEAD", "cannot reference converted lead");
}

/** Who changed a record last, where the object keeps that. */
function authorOf(org: Org, { fields }: ObjectDefinition, by: string | undefined): SalesforceRecord {
  return fields.some(({ name }) => name === "LastModifiedById") ? { LastModifiedById: by ?? defaultOwner(org) } : {};
}

/** New records belong to the user whom the integration runs as: the first one. */
function defaultOwner(org: Org): string | null {
  const [first] = org.store.all(org.schema().object("User"));
  return first?.Id ?? null;
}
