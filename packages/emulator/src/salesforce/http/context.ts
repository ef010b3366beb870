import type { EmulatorRequest, EmulatorResponse } from "../../kernel/index.ts";
import type { Org } from "../org.ts";
import { type SalesforceError, unreadable } from "../salesforce-error.ts";
import type { Cursors } from "./cursors.ts";
import type { Sessions } from "./sessions.ts";

/** What a route has at hand to answer one call. */
export interface RouteContext {
  readonly org: Org;
  readonly sessions: Sessions;
  readonly cursors: Cursors;
  readonly request: EmulatorRequest;
  /** Where this server is, as the caller addressed it: `http://127.0.0.1:4501`. */
  readonly origin: string;
  /** `/services/data/v63.0`, or empty outside it. */
  readonly base: string;
  /** The path's variable parts, decoded. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Answers another call as if it had come from outside: for composite requests. */
  readonly dispatch: (request: EmulatorRequest) => EmulatorResponse;
}

/** Answers a call. Throws {@link SalesforceError}. */
export type RouteHandler = (context: RouteContext) => EmulatorResponse;

/** An error as it stands in a body. */
export interface ErrorBody {
  readonly message: string;
  readonly errorCode: string;
  readonly fields?: readonly string[];
}

/** The body and status of a call that failed. */
export function errorResponse(error: SalesforceError): EmulatorResponse {
  return { status: error.status, body: [errorBody(error)] };
}

/** One entry of an error body. */
function errorBody({ errorCode, message, fields, details }: SalesforceError): ErrorBody {
  return { ...details, message, errorCode, ...(fields && { fields }) };
}

/** A body that is a JSON object. Throws `JSON_PARSER_ERROR`. */
export function bodyOf(request: EmulatorRequest): Readonly<Record<string, unknown>> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(request.body);
  } catch {
    throw unreadable("Unexpected character in the request body: it is not JSON");
  }
  if (isObject(parsed)) return parsed;
  throw unreadable("The HTTP entity body is required to be a JSON object");
}

/** A plain object of JSON. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** `?fields=Id,Name` as a list; `undefined` when the call does not say. */
export function fieldsParameter(request: EmulatorRequest): readonly string[] | undefined {
  return request.query.get("fields")?.split(",").filter(Boolean);
}

/** `Sforce-Duplicate-Rule-Header: allowSave=true`: save although an alerting duplicate rule objects. */
export function allowsDuplicates(request: EmulatorRequest): boolean {
  return /\ballowSave\s*=\s*true\b/i.test(request.headers["sforce-duplicate-rule-header"] ?? "");
}
