import { isJsonObject } from "../../kernel/index.ts";
import type { HubspotRecord } from "../document.ts";
import { badRequest, resourceNotFound } from "../hubspot-error.ts";
import { associate } from "../records/associate.ts";
import { archiveRecord, isListedAsArchived, mergeRecords } from "../records/lifecycle.ts";
import { createRecord, followed, updateRecord } from "../records/writes.ts";
import { typesBetween } from "../schema/association-types.ts";
import { searchRequestOf } from "../search/search-request.ts";
import { search } from "../search/search.ts";
import { bodyOf, idOf, limitOf, listOf, objectOf, type RouteContext, type RouteHandler } from "./context.ts";
import { recordAnswer } from "./record-answer.ts";

/** `GET …/{object}`: every record in the order of their ids; `after` is the last id of the page before. */
export const listRecords: RouteHandler = (context) => {
  const { portal, request } = context;
  const object = objectOf(context);
  const limit = limitOf(request, 100, 10);
  const archived = request.query.get("archived") === "true";
  const after = request.query.get("after");
  const records = [...portal.store.all(object.name)]
    .filter((record) =>
      archived ? isListedAsArchived(portal, record) : !record.archived && record.mergedInto === undefined,
    )
    .filter(({ id }) => after === null || compareIds(id, after) > 0)
    .sort((one, other) => compareIds(one.id, other.id));
  const page = records.slice(0, limit);
  const last = page.at(-1);
  return {
    status: 200,
    body: {
      results: page.map((record) => recordAnswer(portal, object, record, wantedOf(context))),
      ...(records.length > limit && last && { paging: { next: { after: last.id } } }),
    },
  };
};

/** `GET …/{object}/{id}`: asked for an id that was merged away, it answers with the record that is left. */
export const getRecord: RouteHandler = (context) => {
  const { portal, request } = context;
  const object = objectOf(context);
  const archived = request.query.get("archived") === "true";
  const record = recordOf(context);
  if (!record || record.archived !== archived || (archived && !isListedAsArchived(portal, record)))
    throw resourceNotFound();
  return { status: 200, body: recordAnswer(portal, object, record, wantedOf(context)) };
};

export const postRecord: RouteHandler = (context) => {
  const { portal } = context;
  const object = objectOf(context);
  const record = createOne(context, bodyOf(context));
  return { status: 201, body: recordAnswer(portal, object, record, { properties: [] }) };
};

export const patchRecord: RouteHandler = (context) => {
  const { portal } = context;
  const object = objectOf(context);
  const record = recordOf(context);
  if (!record || record.archived) throw resourceNotFound();
  const next = updateRecord(portal, object, record.id, propertiesOf(bodyOf(context)));
  return { status: 200, body: recordAnswer(portal, object, next, { properties: [] }) };
};

export const deleteRecord: RouteHandler = (context) => {
  archiveRecord(context.portal, objectOf(context), context.parameters["id"] ?? "");
  return { status: 204 };
};

export const mergeTwo: RouteHandler = (context) => {
  const { primaryObjectId, objectIdToMerge } = bodyOf(context);
  const object = objectOf(context);
  const record = mergeRecords(context.portal, object, idOf(primaryObjectId), idOf(objectIdToMerge));
  return { status: 200, body: recordAnswer(context.portal, object, record, { properties: [] }) };
};

/** `POST …/{object}/search`. Associations are not answered, whoever asks. */
export const searchRecords: RouteHandler = (context) => {
  const { portal } = context;
  const object = objectOf(context);
  const request = searchRequestOf(bodyOf(context), object, portal.schema());
  const { total, records, next } = search(portal, object, request);
  return {
    status: 200,
    body: {
      total,
      results: records.map((record) => recordAnswer(portal, object, record, request)),
      ...(next !== undefined && { paging: { next: { after: String(next) } } }),
    },
  };
};

/** Creates a record with its associations, from one input. */
export function createOne(context: RouteContext, input: Readonly<Record<string, unknown>>): HubspotRecord {
  const { portal } = context;
  const object = objectOf(context);
  const { associations = [] } = input;
  const record = createRecord(portal, object, propertiesOf(input));
  if (Array.isArray(associations))
    for (const each of associations as readonly unknown[]) {
      const { to, types } = isJsonObject(each) ? each : {};
      if (!isJsonObject(to) || !Array.isArray(types)) throw badRequest("An association needs to and types");
      const typeIds = types.map((type: unknown) =>
        isJsonObject(type) && typeof type["associationTypeId"] === "number" ? type["associationTypeId"] : 0,
      );
      const target = portal.schema().objects.find(({ name }) => typeIds.some((id) => leadsTo(object.name, name, id)));
      if (!target) throw badRequest("invalid association type");
      associate(portal, { object: object.name, id: record.id }, { object: target.name, id: idOf(to["id"]) }, typeIds);
    }
  return portal.store.get(object.name, record.id) ?? record;
}

export function propertiesOf(input: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { properties } = input;
  if (isJsonObject(properties)) return properties;
  throw badRequest("properties are required");
}

/** Ids are compared as the numbers that they are, though longer than any number type. */
function compareIds(one: string, other: string): number {
  if (one.length !== other.length) return one.length - other.length;
  return one < other ? -1 : one > other ? 1 : 0;
}

function recordOf(context: RouteContext): HubspotRecord | undefined {
  const { portal, request, parameters } = context;
  const object = objectOf(context);
  const idProperty = request.query.get("idProperty");
  const id = parameters["id"] ?? "";
  if (idProperty === null || idProperty === "hs_object_id") return followed(portal, object, id);
  return portal.store.holding(object.name, uniqueProperty(context, idProperty), id);
}

/** Throws for a property by which records cannot be told apart. */
export function uniqueProperty(context: RouteContext, name: string): string {
  const object = objectOf(context);
  if (context.portal.schema().property(object, name)?.hasUniqueValue === true) return name;
  throw badRequest(`Unable to perform update/upsert by non-unique ${object.typeId} property ${name}`);
}

function wantedOf({ request }: RouteContext): {
  readonly properties: readonly string[];
  readonly withHistory: readonly string[];
  readonly associations: readonly string[];
} {
  return {
    properties: listOf(request, "properties"),
    withHistory: listOf(request, "propertiesWithHistory"),
    associations: listOf(request, "associations"),
  };
}

function leadsTo(from: string, to: string, typeId: number): boolean {
  return typesBetween(from, to).some((type) => type.typeId === typeId);
}
