import { randomUUID } from "node:crypto";
import { targetPrefix, validateInput } from "@cosell/partner-central/model";
import {
  isJsonObject,
  type EmulatorRequest,
  type EmulatorResponse,
  type EmulatorServer,
  type FaultRule,
  type JsonObject,
  type RefusalKind,
} from "../kernel/index.ts";
import type { OperationHandler, World } from "./call.ts";
import { completeAnswer } from "./complete-answer.ts";
import { withDoubleEncodedEntities } from "./entity-quirk.ts";
import { operations } from "./operations/index.ts";
import { createQuotaGate } from "./quota-gate.ts";
import { commonError, invalidRequest, Refusal, throttled } from "./refusal.ts";
import { accountOf } from "./signature.ts";
import { catalogs, spaceOf, type Catalog } from "./state.ts";

/** The Selling API over HTTP: `POST /` with `x-amz-target` (AWS JSON 1.0), and `POST /<Operation>` with plain JSON. */
export function createSellingServer(world: World): EmulatorServer {
  const gate = createQuotaGate();
  return {
    name: "partnerCentralSelling",
    operationOf,
    handle: (request) => {
      const operation = operationOf(request);
      let account: string | undefined;
      try {
        const settings = world.settings();
        const handler = operations.get(operation);
        if (handler === undefined || request.method !== "POST") {
          throw commonError(
            "UnknownOperationException",
            404,
            "The Selling API has no such operation, or it was not a POST.",
          );
        }
        account = accountOf(request, isPlain(request), settings);
        if (settings.quotas) gate.pass(account, operation, world.clock.now());
        const answer = perform({ operation, handler, input: readInput(request), account, world });
        return { ...response(request, 200, answer), account };
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        return { ...refusalResponse(request, error), ...(account !== undefined && { account }) };
      }
    },
    refuse: (kind, rule, request) => withRetryAfter(refusalResponse(request, refusalOf(kind)), rule),
  };
}

/** One call that has passed the gates. */
interface Performance {
  readonly operation: string;
  readonly handler: OperationHandler;
  readonly input: JsonObject;
  readonly account: string;
  readonly world: World;
}

function perform({ operation, handler, input, account, world }: Performance): JsonObject | undefined {
  const errors = validateInput(operation, input).map(({ fieldName, code, message }) => ({
    FieldName: fieldName,
    Code: code,
    Message: message,
  }));
  const catalog = catalogOf(input);
  if (catalog === undefined && !errors.some(({ FieldName }) => FieldName === "Catalog")) {
    errors.push({ FieldName: "Catalog", Code: "INVALID_VALUE", Message: "Must be AWS or Sandbox." });
  }
  if (catalog === undefined || errors.length > 0) throw invalidRequest(errors);
  const [state, settings, now] = [world.state(), world.settings(), world.clock.now()];
  const answer = handler({ operation, input, space: spaceOf(state, account, catalog), state, settings, now });
  if (answer === undefined) return undefined;
  const complete = completeAnswer(operation, answer);
  return settings.doubleEncodedEntities ? withDoubleEncodedEntities(complete) : complete;
}

/** Operations on tags name their catalog in the ARN only. */
function catalogOf({ Catalog, ResourceArn }: JsonObject): Catalog | undefined {
  const name = typeof ResourceArn === "string" ? /:catalog\/(\w+)\//.exec(ResourceArn)?.[1] : Catalog;
  return catalogs.find((catalog) => catalog === (name ?? "AWS"));
}

function operationOf(request: EmulatorRequest): string {
  const target = request.headers["x-amz-target"];
  if (target?.startsWith(`${targetPrefix}.`)) return target.slice(targetPrefix.length + 1);
  return request.path === "/" ? "unknown" : request.path.slice(1);
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

function refusalResponse(
  request: EmulatorRequest,
  { name, namespace, status, message, members }: Refusal,
): EmulatorResponse {
  return response(request, status, { __type: `${namespace}#${name}`, Message: message, ...members });
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
