import type { EmulatorResponse } from "../../kernel/index.ts";
import type { Org } from "../org.ts";
import { deleteRecord } from "../records/lifecycle.ts";
import { canonicalId } from "../records/record-id.ts";
import { createRecord, updateRecord } from "../records/writes.ts";
import { SalesforceError } from "../salesforce-error.ts";
import type { ObjectDefinition } from "../schema/object.ts";
import { allowsDuplicates, bodyOf, fieldsParameter, isObject, type RouteContext } from "./context.ts";
import { externalIdField, objectOf, showRecord } from "./record-routes.ts";
import { upsertRecord } from "./upsert.ts";

/** Most records in one call. */
const limit = 200;

/** What became of one record, in the order sent. Collections write `statusCode` where other answers write `errorCode`. */
interface SaveResult {
  readonly id?: string;
  readonly success: boolean;
  readonly created?: boolean;
  readonly errors: readonly {
    readonly statusCode: string;
    readonly message: string;
    readonly fields: readonly string[];
  }[];
}

type Sent = Readonly<Record<string, unknown>>;

/** `POST /composite/sobjects` */
export function createMany(context: RouteContext): EmulatorResponse {
  const { org } = context;
  const options = { allowDuplicates: allowsDuplicates(context.request) };
  return saveAll(org, bodyOf(context.request), ({ attributes, ...fields }) => ({
    id: createRecord(org, typeOf(org, attributes), fields, options),
  }));
}

/** `PATCH /composite/sobjects` */
export function updateMany(context: RouteContext): EmulatorResponse {
  const { org } = context;
  return saveAll(org, bodyOf(context.request), ({ attributes, id, Id = id, ...fields }) => {
    if (typeof Id !== "string") throw new SalesforceError("MISSING_ARGUMENT", "Id not specified in an update call");
    updateInCollection(org, typeOf(org, attributes), Id, fields);
    return { id: canonicalId(Id) ?? Id };
  });
}

/** `PATCH /composite/sobjects/{object}/{field}`: upserts by an external id in each record. */
export function upsertMany(context: RouteContext): EmulatorResponse {
  const { org, parameters } = context;
  const object = objectOf(context);
  const field = externalIdField(org, object, parameters["field"] ?? "");
  return saveAll(org, bodyOf(context.request), ({ [field.name]: value, ...fields }) => {
    if (typeof value !== "string" || value.trim() === "") {
      throw new SalesforceError("MISSING_ARGUMENT", `${field.name} not specified`);
    }
    return upsertRecord(org, object, field, value, fields, { allowDuplicates: allowsDuplicates(context.request) });
  });
}

/** `DELETE /composite/sobjects?ids=` */
export function deleteMany(context: RouteContext): EmulatorResponse {
  const { org, request } = context;
  const ids = request.query.get("ids")?.split(",") ?? [];
  const sent = { allOrNone: request.query.get("allOrNone") === "true", records: ids.map((id) => ({ id })) };
  return saveAll(org, sent, ({ id }) => {
    const text = String(id);
    const object = org.schema().objects.find(({ keyPrefix }) => text.startsWith(keyPrefix));
    if (!object) throw new SalesforceError("MALFORMED_ID", `malformed id ${text}`);
    inCollection(() => {
      deleteRecord(org, object, text);
    });
    return { id: canonicalId(text) ?? text };
  });
}

/** `POST /composite/sobjects/{object}` with ids and fields: records in the order asked, null for one that is not there. */
export function retrieveMany(context: RouteContext): EmulatorResponse {
  const { ids, fields } = bodyOf(context.request);
  return showMany(context, texts(ids), texts(fields));
}

/** `GET /composite/sobjects/{object}?ids=&fields=` */
export function retrieveManyByQuery(context: RouteContext): EmulatorResponse {
  const ids = context.request.query.get("ids")?.split(",") ?? [];
  return showMany(context, ids, fieldsParameter(context.request) ?? []);
}

function showMany(context: RouteContext, ids: readonly string[], fields: readonly string[]): EmulatorResponse {
  const { org, base } = context;
  assertCount(ids.length, 2000);
  const object = objectOf(context);
  const show = showRecord(org, base, object, fields);
  const records = ids.map((id) => {
    const record = org.store.get(object, canonicalId(id) ?? "");
    return record && record["IsDeleted"] !== true ? show(record) : null;
  });
  return { status: 200, body: records };
}

function saveAll(
  org: Org,
  body: Sent,
  save: (record: Sent) => { readonly id: string; readonly created?: boolean },
): EmulatorResponse {
  const records = Array.isArray(body["records"]) ? body["records"].filter(isObject) : [];
  assertCount(records.length, limit);
  const allOrNone = body["allOrNone"] === true;
  const results = org.store.transaction(
    () => records.map((record) => saveOne(org, () => save(record))),
    (outcomes) => !allOrNone || outcomes.every(({ success }) => success),
  );
  const rolledBack = allOrNone && results.some(({ success }) => !success);
  return { status: 200, body: rolledBack ? results.map((result) => (result.success ? takenBack : result)) : results };
}

const takenBack: SaveResult = {
  success: false,
  errors: [
    {
      statusCode: "ALL_OR_NONE_OPERATION_ROLLED_BACK",
      message: "Record rolled back because not all records were valid and the request was using AllOrNone header",
      fields: [],
    },
  ],
};

function saveOne(org: Org, save: () => { readonly id: string; readonly created?: boolean }): SaveResult {
  try {
    return { ...org.store.transaction(save), success: true, errors: [] };
  } catch (error) {
    if (!(error instanceof SalesforceError)) throw error;
    const { errorCode, message, fields = [], details } = error;
    return { success: false, errors: [{ ...details, statusCode: errorCode, message, fields }] };
  }
}

function updateInCollection(org: Org, object: ObjectDefinition, id: string, fields: Sent): void {
  inCollection(() => {
    updateRecord(org, object, id, fields);
  });
}

/** In a collection an id that never was is a wrong reference, not an address that leads nowhere. */
function inCollection(work: () => void): void {
  try {
    work();
  } catch (error) {
    if (error instanceof SalesforceError && error.errorCode === "NOT_FOUND") {
      throw new SalesforceError("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id");
    }
    throw error;
  }
}

function typeOf(org: Org, attributes: unknown): ObjectDefinition {
  const type = isObject(attributes) ? attributes["type"] : undefined;
  if (typeof type !== "string") throw new SalesforceError("INVALID_TYPE", "The record has no type in its attributes");
  return org.schema().object(type);
}

function assertCount(count: number, most: number): void {
  if (count === 0) throw new SalesforceError("REQUIRED_FIELD_MISSING", "The request names no records");
  if (count > most)
    throw new SalesforceError(
      "EXCEEDED_ID_LIMIT",
      `record limit reached. cannot submit more than ${most} records into this call`,
    );
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
