import type { EmulatorResponse, JsonObject } from "../../kernel/index.ts";
import type { HubspotRecord } from "../document.ts";
import { badRequest, errorBody, HubspotError } from "../hubspot-error.ts";
import { archiveRecord, isListedAsArchived } from "../records/lifecycle.ts";
import { followed, updateRecord } from "../records/writes.ts";
import { bodyOf, idOf, inputsOf, objectOf, type RouteContext, type RouteHandler } from "./context.ts";
import { createOne, propertiesOf, uniqueProperty } from "./object-routes.ts";
import { recordAnswer } from "./record-answer.ts";

/** Most inputs of one batch. */
const most = 100;

/** What became of one input. */
interface Done {
  readonly record: HubspotRecord;
  readonly more?: object;
}

export const batchRead: RouteHandler = (context) => {
  const { portal, request } = context;
  const object = objectOf(context);
  const { properties, idProperty } = bodyOf(context);
  const archived = request.query.get("archived") === "true";
  const unique = typeof idProperty === "string" ? uniqueProperty(context, idProperty) : undefined;
  const found = new Map<string, HubspotRecord>();
  const missing: string[] = [];
  for (const input of inputsOf(context, most)) {
    const id = idOf(input["id"]);
    const record = unique === undefined ? recordById(context, id) : portal.store.holding(object.name, unique, id);
    if (record?.archived !== archived || (archived && !isListedAsArchived(portal, record))) missing.push(id);
    else found.set(record.id, record);
  }
  const wanted = { properties: Array.isArray(properties) ? properties.map(String) : [] };
  const results = [...found.values()].map((record) => recordAnswer(portal, object, record, wanted));
  if (missing.length === 0) return complete(context, 200, results);
  const error = new HubspotError(
    404,
    "OBJECT_NOT_FOUND",
    `Could not get some ${object.singular.toUpperCase()} objects, they may be deleted or not exist. Check that ids are valid.`,
    { context: { ids: missing } },
  );
  return complete(context, 207, results, [errorBody(error)]);
};

function recordById(context: RouteContext, id: string): HubspotRecord | undefined {
  const object = objectOf(context);
  if (context.portal.settings().batchReadFollowsMerges) return followed(context.portal, object, id);
  const record = context.portal.store.get(object.name, id);
  return record?.mergedInto === undefined ? record : undefined;
}

export const batchCreate: RouteHandler = (context) =>
  batch(context, 201, (input) => ({ record: createOne(context, input) }));

export const batchUpdate: RouteHandler = (context) => {
  const inputs = inputsOf(context, most);
  assertDifferent(inputs.map(({ id }) => idOf(id)));
  return batch(context, 200, (input) => {
    const object = objectOf(context);
    const id = idOf(input["id"]);
    const record = followed(context.portal, object, id);
    if (record && !record.archived)
      return { record: updateRecord(context.portal, object, record.id, propertiesOf(input)) };
    throw new HubspotError(404, "OBJECT_NOT_FOUND", `Could not update object ${id}: it does not exist`, {
      context: { ids: [id] },
    });
  });
};

export const batchUpsert: RouteHandler = (context) => {
  const { portal } = context;
  const object = objectOf(context);
  const inputs = inputsOf(context, most);
  assertDifferent(inputs.map(({ id }) => idOf(id).toLowerCase()));
  return batch(context, 200, (input) => {
    const { id, idProperty } = input;
    const property = uniqueProperty(context, typeof idProperty === "string" ? idProperty : "");
    const known = portal.store.holding(object.name, property, idOf(id));
    const properties = propertiesOf(input);
    if (known) return { record: updateRecord(portal, object, known.id, properties), more: { new: false } };
    const record = createOne(context, { properties: { ...properties, [property]: idOf(id) } });
    return { record, more: { new: true } };
  });
};

export const batchArchive: RouteHandler = (context) => {
  for (const { id } of inputsOf(context, most)) archiveRecord(context.portal, objectOf(context), idOf(id));
  return { status: 204 };
};

/** Does one input after the other. What one of them did wrong is told beside the others' results, or refuses all. */
function batch(context: RouteContext, status: number, act: (input: JsonObject) => Done): EmulatorResponse {
  const { portal } = context;
  const inputs = inputsOf(context, most);
  if (portal.settings().batchErrors === "whole") {
    const all = portal.store.transaction(() => inputs.map((input) => ({ input, done: act(input) })));
    const told = all.map(({ input, done }) => resultOf(context, input, done));
    return complete(context, status, told);
  }
  const attempts = inputs.map((input) => ({ input, ...attempt(() => act(input)) }));
  const failed = attempts.flatMap(({ input, error }) => (error ? [{ input, error }] : []));
  const results = attempts.flatMap(({ input, done }) => (done ? [resultOf(context, input, done)] : []));
  if (failed.length === 0) return complete(context, status, results);
  return complete(
    context,
    207,
    results,
    failed.map(({ input, error }) => {
      const { objectWriteTraceId: trace } = traceOf(input);
      const own = { ...error.context, ...(trace !== undefined && { objectWriteTraceId: [trace] }) };
      return errorBody(
        new HubspotError(error.status, error.category, error.message, { errors: error.errors, context: own }),
      );
    }),
  );
}

function resultOf(context: RouteContext, input: JsonObject, { record, more }: Done): object {
  const answer = recordAnswer(context.portal, objectOf(context), record, {
    properties: Object.keys(record.properties),
  });
  return { ...answer, ...more, ...traceOf(input) };
}

function attempt(act: () => Done): { readonly done?: Done; readonly error?: HubspotError } {
  try {
    return { done: act() };
  } catch (error) {
    if (error instanceof HubspotError) return { error };
    throw error;
  }
}

/** What the caller called an input, so that results and errors can be told apart. */
function traceOf(input: JsonObject): { readonly objectWriteTraceId?: string } {
  const { objectWriteTraceId } = input;
  return typeof objectWriteTraceId === "string" ? { objectWriteTraceId } : {};
}

function assertDifferent(ids: readonly string[]): void {
  if (new Set(ids).size < ids.length) throw badRequest("Duplicate IDs found in batch input: only one update per id");
}

function complete(
  { portal }: RouteContext,
  status: number,
  results: readonly object[],
  errors: readonly object[] = [],
): EmulatorResponse {
  const at = new Date(portal.clock.now()).toISOString();
  const told = errors.length === 0 ? {} : { numErrors: errors.length, errors };
  return { status, body: { status: "COMPLETE", results, ...told, startedAt: at, completedAt: at } };
}
