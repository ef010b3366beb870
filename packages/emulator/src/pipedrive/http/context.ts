import { type EmulatorRequest, type EmulatorResponse, isJsonObject, type JsonObject } from "../../kernel/index.ts";
import type { Company } from "../company.ts";
import { PipedriveError, validationFailed } from "../pipedrive-error.ts";
import type { CompanyObject } from "../schema/schema.ts";

/** What a route has at hand to answer one call. */
export interface RouteContext {
  readonly company: Company;
  /** Who calls: the first user of the company. */
  readonly userId: number;
  readonly request: EmulatorRequest;
  /** The path's variable parts, decoded. */
  readonly parameters: Readonly<Record<string, string>>;
}

/** Answers a call. Throws `PipedriveError`. */
export type RouteHandler = (context: RouteContext) => EmulatorResponse;

/** The object that the path names. */
export function objectOf({ company, parameters }: RouteContext): CompanyObject {
  return company.schema().object(parameters["object"] ?? "");
}

/** The id that the path names. */
export function idOf({ parameters }: RouteContext): number {
  const id = Number(parameters["id"]);
  if (Number.isSafeInteger(id) && id > 0) return id;
  throw validationFailed("id", "must be a positive integer");
}

/** A body that is a JSON object. */
export function bodyOf({ request }: RouteContext): JsonObject {
  let parsed: unknown;
  try {
    parsed = JSON.parse(request.body);
  } catch {
    throw new PipedriveError(400, "Bad request");
  }
  if (isJsonObject(parsed)) return parsed;
  throw new PipedriveError(400, "Bad request");
}

/** The success answer of both versions. */
export function success(data: unknown, additional?: object, status = 200): EmulatorResponse {
  return { status, body: { success: true, data, ...(additional && { additional_data: additional }) } };
}

/** One of these words, or nothing. */
export function wordOf(context: RouteContext, name: string, words: readonly string[]): string | undefined {
  const given = context.request.query.get(name) ?? undefined;
  if (given === undefined || words.includes(given)) return given;
  throw validationFailed(name, `must be one of: ${words.join(", ")}`);
}

/** An instant of a query, milliseconds. Fractions of a second are refused, as in the field. */
export function instantOf({ request }: RouteContext, name: string): number | undefined {
  const given = request.query.get(name);
  if (given === null) return undefined;
  if (/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)$/.test(given)) return Date.parse(given);
  throw validationFailed(name, "not a valid datetime");
}

/** A whole number of a query. */
export function numberOf({ request }: RouteContext, name: string): number | undefined {
  const given = request.query.get(name);
  if (given === null) return undefined;
  if (/^\d{1,15}$/.test(given)) return Number(given);
  throw validationFailed(name, "must be an integer");
}
