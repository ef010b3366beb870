import { type EmulatorRequest, type EmulatorResponse, isJsonObject, type JsonObject } from "../../kernel/index.ts";
import { badRequest } from "../hubspot-error.ts";
import type { Portal } from "../portal.ts";
import type { ObjectDefinition } from "../schema/objects.ts";

/** What a route has at hand to answer one call. */
export interface RouteContext {
  readonly portal: Portal;
  readonly request: EmulatorRequest;
  /** The path's variable parts, decoded. */
  readonly parameters: Readonly<Record<string, string>>;
}

/** Answers a call. Throws `HubspotError`. */
export type RouteHandler = (context: RouteContext) => EmulatorResponse;

/** The object that the path names. */
export function objectOf({ portal, parameters }: RouteContext, parameter = "object"): ObjectDefinition {
  return portal.schema().object(parameters[parameter] ?? "");
}

/** A body that is a JSON object. */
export function bodyOf({ request }: RouteContext): JsonObject {
  let parsed: unknown;
  try {
    parsed = JSON.parse(request.body);
  } catch {
    throw badRequest("Invalid input JSON: the body could not be read");
  }
  if (isJsonObject(parsed)) return parsed;
  throw badRequest("Invalid input JSON: an object is needed");
}

/** The inputs of a batch: from 1 to `most` objects. */
export function inputsOf(context: RouteContext, most: number): readonly JsonObject[] {
  const { inputs } = bodyOf(context);
  if (!Array.isArray(inputs)) throw badRequest("inputs are required");
  if (inputs.length > most) throw badRequest(`The maximum number of inputs supported in a batch request is ${most}`);
  return inputs.map((input: unknown) => {
    if (isJsonObject(input)) return input;
    throw badRequest("Each input must be an object");
  });
}

/** An id in a body: a text of digits; numbers are taken too. */
export function idOf(value: unknown): string {
  if (typeof value === "number" && Number.isSafeInteger(value)) return String(value);
  if (typeof value === "string") return value;
  throw badRequest("id must be a text");
}

/** A list that a query names with commas, or again and again. */
export function listOf(request: EmulatorRequest, name: string): readonly string[] {
  return request.query
    .getAll(name)
    .flatMap((text) => text.split(","))
    .filter(Boolean);
}

/** The page size that a query names. */
export function limitOf(request: EmulatorRequest, most: number, usual: number): number {
  const limit = Number(request.query.get("limit") ?? usual);
  if (Number.isInteger(limit) && limit > 0 && limit <= most) return limit;
  throw badRequest(`limit must be from 1 to ${most}`);
}
