import { isJsonObject, type JsonValue } from "../../kernel/index.ts";
import { badRequest } from "../hubspot-error.ts";
import { associate, dissociate } from "../records/associate.ts";
import type { RecordPlace } from "../records/association-store.ts";
import { followed } from "../records/writes.ts";
import { typesBetween } from "../schema/association-types.ts";
import { bodyOf, idOf, inputsOf, objectOf, type RouteContext, type RouteHandler } from "./context.ts";

/** Most inputs of a batch (HubSpot, "Associations v4"): 1000 to read, 2000 to write. */
const most = { read: 1000, write: 2000 } as const;

/** Most ends of one record in an answer; the rest comes with `after`. */
const pageSize = 500;

const category = "HUBSPOT_DEFINED";

/** `POST …/associations/…/{from}/{to}/batch/read`. Records without any are left out, and told as an error in a 207. */
export const batchReadAssociations: RouteHandler = (context) => {
  const { portal } = context;
  const [from, to] = ends(context);
  const labels = new Map(typesBetween(from, to).map(({ typeId, label }) => [typeId, label]));
  const missing: string[] = [];
  const results = inputsOf(context, most.read).flatMap(({ id, after }) => {
    const place = { object: from, id: idOf(id) };
    const record = followed(portal, portal.schema().object(from), place.id);
    const found = [...portal.associations.of({ ...place, id: record?.id ?? place.id }, to)];
    if (found.length === 0) {
      missing.push(place.id);
      return [];
    }
    const begin = typeof after === "string" ? Number(after) : 0;
    const page = found.slice(begin, begin + pageSize).map(([toObjectId, typeIds]) => ({
      toObjectId: idAsJson(toObjectId),
      associationTypes: [...typeIds].map((typeId) => ({ category, typeId, label: labels.get(typeId) ?? null })),
    }));
    const next = begin + pageSize < found.length ? { paging: { next: { after: String(begin + pageSize) } } } : {};
    return [{ from: { id: place.id }, to: page, ...next }];
  });
  const at = new Date(portal.clock.now()).toISOString();
  const error = {
    status: "error",
    category: "OBJECT_NOT_FOUND",
    subCategory: "crm.associations.NO_ASSOCIATIONS_FOUND",
    message: `No ${to} is associated with some of the ${from}.`,
    context: { fromObjectId: missing, fromObjectType: [from], toObjectType: [to] },
  };
  return {
    status: missing.length > 0 ? 207 : 200,
    body: {
      status: "COMPLETE",
      results,
      ...(missing.length > 0 && { numErrors: 1, errors: [error] }),
      startedAt: at,
      completedAt: at,
    },
  };
};

/** HubSpot tells these ids as JSON numbers. One that is longer than a JavaScript number holds is told as text here. */
function idAsJson(id: string): JsonValue {
  const number = Number(id);
  return Number.isSafeInteger(number) ? number : id;
}

export const batchCreateAssociations: RouteHandler = (context) => {
  for (const input of inputsOf(context, most.write)) {
    const { types } = input;
    if (!Array.isArray(types)) throw badRequest("types are required");
    const { from, to } = placesOf(context, input);
    associate(context.portal, from, to, types.map(typeIdOf));
  }
  return done(context, 201);
};

export const batchAssociateDefault: RouteHandler = (context) => {
  for (const input of inputsOf(context, most.write)) {
    const { from, to } = placesOf(context, input);
    associate(context.portal, from, to);
  }
  return done(context, 200);
};

export const batchArchiveAssociations: RouteHandler = (context) => {
  const [fromObject, toObject] = ends(context);
  for (const input of inputsOf(context, most.write)) {
    const to = Array.isArray(input["to"]) ? (input["to"] as readonly JsonValue[]) : [input["to"]];
    for (const each of to)
      dissociate(context.portal, { object: fromObject, id: idIn(input["from"]) }, { object: toObject, id: idIn(each) });
  }
  return { status: 204 };
};

export const associationLabels: RouteHandler = (context) => {
  const [from, to] = ends(context);
  return {
    status: 200,
    body: { results: typesBetween(from, to).map(({ typeId, label }) => ({ category, typeId, label })) },
  };
};

/** `PUT …/{object}/{id}/associations/default/{to}/{toId}`: the unlabelled way. */
export const putDefaultAssociation: RouteHandler = (context) => {
  const [from, to] = placesInPath(context);
  associate(context.portal, from, to);
  const at = new Date(context.portal.clock.now()).toISOString();
  const specs = typesBetween(from.object, to.object).slice(0, 1);
  const results = specs.map(({ typeId }) => ({
    from: { id: from.id },
    to: { id: to.id },
    associationSpec: { associationCategory: category, associationTypeId: typeId },
  }));
  return { status: 200, body: { status: "COMPLETE", results, startedAt: at, completedAt: at } };
};

/** `PUT …/{object}/{id}/associations/{to}/{toId}` with a list of types. */
export const putAssociation: RouteHandler = (context) => {
  const { portal, request } = context;
  const [from, to] = placesInPath(context);
  associate(portal, from, to, typesIn(request.body).map(typeIdOf));
  return { status: 201, body: { fromObjectTypeId: from.object, fromObjectId: from.id, toObjectId: to.id, labels: [] } };
};

export const deleteAssociation: RouteHandler = (context) => {
  dissociate(context.portal, ...placesInPath(context));
  return { status: 204 };
};

function placesInPath(context: RouteContext): readonly [RecordPlace, RecordPlace] {
  const { id = "", toId = "" } = context.parameters;
  return [
    { object: objectOf(context).name, id },
    { object: objectOf(context, "to").name, id: toId },
  ];
}

function ends(context: RouteContext): readonly [string, string] {
  return [objectOf(context, "from").name, objectOf(context, "to").name];
}

function placesOf(
  context: RouteContext,
  input: Readonly<Record<string, JsonValue>>,
): { readonly from: RecordPlace; readonly to: RecordPlace } {
  const [from, to] = ends(context);
  return { from: { object: from, id: idIn(input["from"]) }, to: { object: to, id: idIn(input["to"]) } };
}

function idIn(value: JsonValue | undefined): string {
  if (isJsonObject(value)) return idOf(value["id"]);
  throw badRequest("from and to are required, each with an id");
}

function typesIn(body: string): readonly unknown[] {
  try {
    const types: unknown = JSON.parse(body);
    if (Array.isArray(types)) return types;
  } catch {
    // Said below.
  }
  throw badRequest("Invalid input JSON: a list of types is needed");
}

function typeIdOf(type: unknown): number {
  const typeId = isJsonObject(type) ? type["associationTypeId"] : undefined;
  if (typeof typeId === "number") return typeId;
  throw badRequest("associationTypeId is required");
}

function done(context: RouteContext, status: number): { readonly status: number; readonly body: object } {
  const at = new Date(context.portal.clock.now()).toISOString();
  return { status, body: { status: "COMPLETE", results: bodyOf(context)["inputs"], startedAt: at, completedAt: at } };
}
