import type { EmulatorResponse } from "../../kernel/index.ts";
import type { Org } from "../org.ts";
import { compileProjection, type ShownRecord } from "../query/projection.ts";
import { deleteRecord } from "../records/lifecycle.ts";
import type { StoredRecord } from "../records/record-store.ts";
import { createRecord, existing, updateRecord } from "../records/writes.ts";
import { notFound, SalesforceError } from "../salesforce-error.ts";
import type { FieldDefinition } from "../schema/field.ts";
import type { ObjectDefinition } from "../schema/object.ts";
import { allowsDuplicates, bodyOf, fieldsParameter, type RouteContext } from "./context.ts";
import { upsertRecord } from "./upsert.ts";

/** `POST /sobjects/{object}` */
export function create(context: RouteContext): EmulatorResponse {
  const id = createRecord(context.org, objectOf(context), bodyOf(context.request), {
    allowDuplicates: allowsDuplicates(context.request),
  });
  return { status: 201, headers: locationOf(context, id), body: { id, success: true, errors: [] } };
}

/** `GET /sobjects/{object}/{id}` */
export function retrieve(context: RouteContext): EmulatorResponse {
  const object = objectOf(context);
  const record = existing(context.org, object, context.parameters["id"] ?? "");
  return { status: 200, body: showRecord(context.org, context.base, object, fieldsParameter(context.request))(record) };
}

/** `PATCH /sobjects/{object}/{id}`; refuses with 412 when `If-Unmodified-Since` does not hold. */
export function update(context: RouteContext): EmulatorResponse {
  const since = Date.parse(context.request.headers["if-unmodified-since"] ?? "");
  updateRecord(context.org, objectOf(context), context.parameters["id"] ?? "", bodyOf(context.request), {
    ...(!Number.isNaN(since) && { unmodifiedSince: since }),
  });
  return { status: 204 };
}

/** `DELETE /sobjects/{object}/{id}` */
export function remove(context: RouteContext): EmulatorResponse {
  deleteRecord(context.org, objectOf(context), context.parameters["id"] ?? "");
  return { status: 204 };
}

/** `GET /sobjects/{object}/{field}/{value}`: by external id. */
export function retrieveByExternalId(context: RouteContext): EmulatorResponse {
  const { org, base, request, parameters } = context;
  const object = objectOf(context);
  const field = externalIdField(org, object, parameters["field"] ?? "");
  const record = org.store.having(object, field.name, parameters["value"] ?? "").find(({ IsDeleted }) => !IsDeleted);
  if (!record) throw notFound();
  return { status: 200, body: showRecord(org, base, object, fieldsParameter(request))(record) };
}

/** `PATCH /sobjects/{object}/{field}/{value}`: updates the record with this external id, or creates it. */
export function upsert(context: RouteContext): EmulatorResponse {
  const { org, request, parameters } = context;
  const object = objectOf(context);
  const field = externalIdField(org, object, parameters["field"] ?? "");
  const options = { allowDuplicates: allowsDuplicates(request) };
  const { id, created } = upsertRecord(org, object, field, parameters["value"] ?? "", bodyOf(request), options);
  const body = { id, success: true, errors: [], created };
  return created ? { status: 201, headers: locationOf(context, id), body } : { status: 200, body };
}

/** Shows the fields asked for, or all that the object has. Throws `INVALID_FIELD`. */
export function showRecord(
  org: Org,
  base: string,
  object: ObjectDefinition,
  fields: readonly string[] = object.fields.map(({ name }) => name),
): (record: StoredRecord) => ShownRecord {
  // The id is always there, asked for or not.
  const names = ["Id", ...fields.filter((name) => name.toLowerCase() !== "id")];
  return compileProjection(
    { org, base, includeDeleted: false },
    object,
    [...new Set(names)].map((field) => ({ type: "Field", field })),
  );
}

/** The object that a path names. Throws `NOT_FOUND`, as paths do. */
export function objectOf({ org, parameters }: RouteContext): ObjectDefinition {
  return org.schema().object(parameters["object"] ?? "", notFound);
}

/** A field by which records can be found. Throws `NOT_FOUND`. */
export function externalIdField(org: Org, object: ObjectDefinition, name: string): FieldDefinition {
  const field = org.schema().field(object, name);
  if (field?.externalId === true) return field;
  throw new SalesforceError("NOT_FOUND", `Provided external ID field does not exist or is not accessible: ${name}`, {
    status: 404,
  });
}

function locationOf({ base, parameters }: RouteContext, id: string): Readonly<Record<string, string>> {
  return { location: `${base}/sobjects/${parameters["object"] ?? ""}/${id}` };
}
