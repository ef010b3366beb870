import { isJsonObject, type JsonObject, type JsonValue } from "../../kernel/index.ts";
import { type ChangeSource, type Company, stampAt } from "../company.ts";
import type { PipedriveRecord } from "../document.ts";
import { notFound, validationFailed } from "../pipedrive-error.ts";
import type { CompanyObject } from "../schema/schema.ts";
import { capitalized } from "../schema/field.ts";
import { storedValue } from "./field-value.ts";

/** Values as a caller or a person gives them. */
export type SentFields = Readonly<Record<string, unknown>>;

/** Makes a record. Throws what Pipedrive answers when it does not take it. */
export function createRecord(
  company: Company,
  object: CompanyObject,
  sent: SentFields,
  source: ChangeSource,
): PipedriveRecord {
  const values = storedValues(company, object, sent);
  if (typeof values[object.title] !== "string" || values[object.title] === "")
    throw validationFailed(object.title, "Required");
  const stamp = stampAt(company.clock.now());
  const fresh: PipedriveRecord = {
    ...emptyRecord(company, object),
    id: company.newId(object.name),
    add_time: stamp,
    update_time: stamp,
    is_deleted: false,
    custom_fields: customFields(object),
  };
  const record = settled(company, object, merged(fresh, values), values);
  company.store.put(object.name, record, company.clock.now());
  company.tell({ action: "create", object: object.name, record, source });
  return record;
}

/** Changes a record. What is as it was leaves `update_time` alone. */
export function updateRecord(
  company: Company,
  object: CompanyObject,
  id: number,
  sent: SentFields,
  source: ChangeSource,
): PipedriveRecord {
  const former = livingRecord(company, object, id);
  const values = storedValues(company, object, sent);
  if (values[object.title] === null || values[object.title] === "") throw validationFailed(object.title, "Required");
  const next = settled(company, object, merged(former, values), values);
  if (JSON.stringify(next) === JSON.stringify(former)) return former;
  const record = { ...next, update_time: stampAt(company.clock.now()) };
  company.store.put(object.name, record, company.clock.now());
  company.tell({ action: "change", object: object.name, record, previous: former, source });
  return record;
}

/** Throws 404 for a record that is deleted or never was. */
export function livingRecord({ store }: Company, { name, singular }: CompanyObject, id: number): PipedriveRecord {
  const record = store.get(name, id);
  if (!record || record.is_deleted) throw notFound(capitalized(singular));
  return record;
}

/** What a new record holds that says nothing else. */
export function emptyRecord({ own, users, schema }: Company, object: CompanyObject): JsonObject {
  const empty = Object.fromEntries(object.fields.filter(({ custom }) => !custom).map(({ code }) => [code, null]));
  const owner_id = users.keys().next().value ?? null;
  const base = { ...empty, owner_id, visible_to: 3, label_ids: [] };
  if (object.name === "persons") return { ...base, emails: [], phones: [] };
  if (object.name === "organizations") return base;
  const [pipeline] = schema().pipelines;
  return {
    ...base,
    ...{ value: 0, currency: own().currency, status: "open", is_archived: false, origin: "ManuallyCreated" },
    ...{ pipeline_id: pipeline?.id ?? null, stage_id: pipeline?.stages[0]?.id ?? null },
  };
}

/** Every custom field is there, if only as null. */
export function customFields({ fields }: CompanyObject): JsonObject {
  return Object.fromEntries(fields.filter(({ custom }) => custom).map(({ code }) => [code, null]));
}

function merged(record: PipedriveRecord, { custom_fields: custom, ...values }: JsonObject): PipedriveRecord {
  return { ...record, ...values, custom_fields: { ...record.custom_fields, ...(custom as JsonObject | undefined) } };
}

/** Members as they will be stored. Throws at the first that does not fit. */
function storedValues(company: Company, object: CompanyObject, sent: SentFields): JsonObject {
  const { custom_fields: custom = {}, ...rest } = sent as JsonObject;
  if (!isJsonObject(custom)) throw validationFailed("custom_fields", "must be an object");
  const stored = (values: JsonObject, isCustom: boolean): JsonObject =>
    Object.fromEntries(
      Object.entries(values).map(([code, value]): [string, JsonValue] => {
        const field = object.fields.find((each) => each.code === code && each.custom === isCustom);
        if (!field) throw validationFailed(isCustom ? `custom_fields.${code}` : code, "Unrecognized key");
        if (!field.writable) throw validationFailed(code, "is read-only");
        return [code, storedValue(company, field, value)];
      }),
    );
  return { ...stored(rest, false), custom_fields: stored(custom, true) };
}

/** What follows from the values: names in parts, a stage's pipeline, times of closing. */
function settled(
  company: Company,
  { name }: CompanyObject,
  record: PipedriveRecord,
  sent: JsonObject,
): PipedriveRecord {
  if (name === "persons") {
    const [first = "", ...others] = (record["name"] as string).split(" ");
    return { ...record, first_name: first, last_name: others.join(" ") || null };
  }
  if (name === "organizations") return record;
  const stage = company.schema().stage(record["stage_id"]);
  if (typeof sent["lost_reason"] === "string" && record["status"] !== "lost")
    throw validationFailed("lost_reason", "can only be set if the deal's status is lost");
  const now = stampAt(company.clock.now());
  const won = record["status"] === "won" ? (record["won_time"] ?? now) : null;
  const lost = record["status"] === "lost" ? (record["lost_time"] ?? now) : null;
  return {
    ...record,
    ...(stage && { pipeline_id: stage.pipelineId }),
    ...{ won_time: won, lost_time: lost, close_time: won ?? lost },
    lost_reason: lost === null ? null : (record["lost_reason"] ?? null),
  };
}
