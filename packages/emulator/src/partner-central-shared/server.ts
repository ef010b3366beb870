import { randomUUID } from "node:crypto";
import {
  isReadOperation,
  quotaOf,
  services,
  validateInput,
  validateOutput,
  type OperationQuota,
  type Service,
} from "@cosell/partner-central/model";
import {
  isJsonObject,
  type EmulatorRequest,
  type EmulatorResponse,
  type EmulatorServer,
  type FaultRule,
  type JsonObject,
  type RefusalKind,
} from "../kernel/index.ts";
import type { AskedCall } from "./call-input.ts";
import { catalogOf, type Catalog } from "./catalog.ts";
import { createQuotaGate } from "./quota-gate.ts";
import { commonError, invalidRequest, Refusal, throttled } from "./refusal.ts";
import { accountOf, skewed, type Access } from "./signature.ts";

/** A call whose input fits the model, and whose it is. */
export interface AccountCall extends AskedCall {
  readonly account: string;
  readonly catalog: Catalog;
}

/** What one API of Partner Central adds to the protocol that both share. */
export interface ApiDefinition {
  /** As fault rules and the request log name it. */
  readonly name: string;
  readonly service: Service;
  /** Of its errors, before the `#` of `__type`. */
  readonly namespace: string;
  /** At this moment. `quotas`: refuse what is faster than AWS allows. */
  access(): Access & { readonly quotas: boolean };
  /** Milliseconds since 1970. */
  now(): number;
  /** How often an operation may be called. @defaultValue AWS's own limits */
  readonly quotaOf?: (operation: string) => OperationQuota;
  /** The answer's members, or nothing where AWS sends an empty body. Throws a Refusal. */
  perform(call: AccountCall): JsonObject | undefined;
  /** The members of an error beside `Message`. */
  errorMembers(refusal: Refusal): JsonObject;
}

/** An API over HTTP: `POST /` with `x-amz-target` (AWS JSON 1.0), and `POST /<Operation>` with plain JSON. */
export function createApiServer(api: ApiDefinition): EmulatorServer {
  const gate = createQuotaGate(api.quotaOf ?? quotaOf);
  const { targetPrefix, operationNames, model } = api.service;

  const operationOf = (request: EmulatorRequest): string => {
    const target = request.headers["x-amz-target"];
    if (target?.startsWith(`${targetPrefix}.`)) return target.slice(targetPrefix.length + 1);
    return request.path === "/" ? "unknown" : request.path.slice(1);
  };

  const refusalResponse = (request: EmulatorRequest, refusal: Refusal): EmulatorResponse => {
    const type = `${refusal.details.namespace ?? api.namespace}#${refusal.name}`;
    const members = { __type: type, Message: refusal.message, ...api.errorMembers(refusal) };
    return response(request, refusal.status, members);
  };

  return {
    name: api.name,
    operationOf,
    handle: (request) => {
      const operation = operationOf(request);
      let account: string | undefined;
      try {
        if (!operationNames.includes(operation) || request.method !== "POST") throw unknown(operation, api.service);
        const access = api.access();
        account = accountOf(request, access, { plain: isPlain(request), signingName: api.service.signingName });
        if (access.quotas) gate.pass(account, operation, api.now());
        const input = readInput(request);
        const answer = api.perform({ operation, input, account, catalog: validCatalog(operation, input, api.service) });
        return { ...response(request, 200, answer), account };
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        return { ...refusalResponse(request, error), ...(account !== undefined && { account }) };
      }
    },
    refuseBody: (problem, request) => refusalResponse(request, bodyRefusals[problem]()),
    isRead: (request) => isReadOperation(operationOf(request)),
    refuseSkewed: (request, now) => refusalResponse(request, skewed(request.headers["x-amz-date"], now)),
    refuse: (kind, rule, request) => withRetryAfter(refusalResponse(request, refusalOf(kind)), rule),
    problemsOf: (operation, { status, body }) =>
      validateOutput(operation, { status, body }, model).map(({ fieldName, message }) => `${fieldName}: ${message}`),
  };
}

const bodyRefusals = {
  "too-large": () => commonError("RequestEntityTooLargeException", 413, "The body is too large."),
  "too-deep": () => commonError("SerializationException", 400, "The body is nested too deeply."),
} as const;

/** Throws everything that the model has against the input; else gives its catalog. */
function validCatalog(operation: string, input: JsonObject, { model }: Service): Catalog {
  const errors = validateInput(operation, input, model).map(({ fieldName, code, message }) => ({
    FieldName: fieldName,
    Code: code,
    Message: message,
  }));
  const catalog = catalogOf(input);
  if (catalog === undefined && !errors.some(({ FieldName }) => FieldName === "Catalog")) {
    errors.push({ FieldName: "Catalog", Code: "INVALID_VALUE", Message: "Must be AWS or Sandbox." });
  }
  if (catalog === undefined || errors.length > 0) throw invalidRequest(errors);
  return catalog;
}

function unknown(operation: string, { name, title }: Service): Refusal {
  const other = Object.values(services).find(
    (service) => service.name !== name && service.operationNames.includes(operation),
  );
  const hint = other === undefined ? "" : ` ${operation} belongs to ${other.title}, which listens elsewhere.`;
  return commonError("UnknownOperationException", 404, `${title} has no such operation, or it was not a POST.${hint}`);
}

/** `POST /<Operation>`, as AWS's own samples call it. */
function isPlain(request: EmulatorRequest): boolean {
  return request.headers["x-amz-target"] === undefined;
}

function readInput(request: EmulatorRequest): JsonObject {
  let input: unknown;
  try {
    input = JSON.parse(request.body === "" ? "{}" : request.body);
  } catch {
    input = undefined;
  }
  if (isJsonObject(input)) return input;
  throw commonError("SerializationException", 400, "The body is not a JSON object.");
}

function refusalOf(kind: RefusalKind): Refusal {
  switch (kind) {
    case "throttle":
      return throttled("Rate exceeded.");
    case "server-error":
      return new Refusal("InternalServerException", 500, "The service failed. Try again.");
    case "expired-token":
      return commonError("ExpiredTokenException", 403, "The security token included in the request is expired.");
  }
}

function response(request: EmulatorRequest, status: number, body: JsonObject | undefined): EmulatorResponse {
  const contentType = isPlain(request) ? "application/json" : "application/x-amz-json-1.0";
  const headers = { "content-type": contentType, "x-amzn-requestid": randomUUID() };
  return { status, headers, ...(body && { body }) };
}

function withRetryAfter(answer: EmulatorResponse, { retryAfterSeconds }: FaultRule): EmulatorResponse {
  if (retryAfterSeconds === undefined) return answer;
  return { ...answer, headers: { ...answer.headers, "retry-after": String(retryAfterSeconds) } };
}
