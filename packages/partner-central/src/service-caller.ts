import { FailureError, type JsonObject, type JsonValue, noTracer, type Span } from "@cosell/connector";
import { classifyAnswer, classifyBrokenAnswer, classifyNoAnswer, type FailedCall, isRead } from "./classify.ts";
import type { PartnerCentralOptions } from "./create-partner-central.ts";
import { quotaOf } from "./model/quotas.ts";
import type { ServiceName } from "./model/services.ts";
import type { CallCounts, CallOptions } from "./partner-central.ts";
import type { QuotaPermit } from "./quota-gate.ts";
import type { RawAnswer, RawResult, RawTransport } from "./raw-transport.ts";

/** What is particular to the service that is called. */
export interface CalledService {
  readonly name: ServiceName;
  /** Where its address is set, for messages. */
  readonly endpointSetting: string;
  openTransport(): RawTransport;
  /** The body for an operation, with the catalog where there is one. */
  inputOf(operation: string, given: JsonObject): JsonObject;
  /** What is made of the JSON of an answer before anybody sees it. */
  readonly readAnswer: (body: JsonValue) => JsonValue;
}

/** Calls operations by name: JSON in, JSON out, `FailureError` only. */
export interface ServiceCaller {
  readonly call: (operation: string, input: JsonObject, options?: CallOptions) => Promise<JsonObject>;
  readonly calls: () => CallCounts;
  readonly close: () => void;
}

/**
 * Every call passes the quota gate and is made once. Throws `FailureError` (`config`) for an endpoint that is no address.
 */
export function createServiceCaller(options: PartnerCentralOptions, service: CalledService): ServiceCaller {
  const { catalog, clock, endpoint, gate, logger, requestTimeoutMs = 30_000, tracer = noTracer } = options;
  if (endpoint !== undefined && !URL.canParse(endpoint)) {
    throw new FailureError({
      kind: "config",
      message: `${service.endpointSetting} is no address. Give one such as http://127.0.0.1:4566, or leave it out.`,
    });
  }
  const transport = options.transport ?? service.openTransport();
  const counts = { reads: 0, writes: 0 };

  async function call(operation: string, given: JsonObject, callOptions: CallOptions = {}): Promise<JsonObject> {
    if (!/^[A-Z][A-Za-z]+$/.test(operation)) {
      throw new FailureError({ kind: "config", message: "An operation is named like GetOpportunity: letters only." });
    }
    const attributes = {
      "cosell.operation": operation,
      "cosell.service": service.name,
      "cosell.catalog": catalog,
      "cosell.quota": quotaOf(operation).class,
      "cosell.priority": callOptions.priority ?? "normal",
    };
    return tracer.inSpan("call", attributes, (span) => send(operation, given, callOptions, span));
  }

  async function send(operation: string, given: JsonObject, callOptions: CallOptions, span: Span): Promise<JsonObject> {
    const input = service.inputOf(operation, given);
    const permit = await gate.acquire(operation, callOptions);
    const deadline = AbortSignal.timeout(requestTimeoutMs);
    const stop = callOptions.signal;
    const signal = stop === undefined ? deadline : AbortSignal.any([stop, deadline]);
    counts[isRead(operation) ? "reads" : "writes"]++;
    const startedAt = clock.now();
    const result = await transport.send(operation, JSON.stringify(input), signal);
    permit?.done(outcomeOf(result));
    const failed: FailedCall = { operation, service: service.name, input, now: clock.now() };
    const said = { operation, catalog, milliseconds: clock.now() - startedAt };
    if (result.kind === "no-answer") {
      const failure = classifyNoAnswer(result.error, {
        ...failed,
        sent: result.sent,
        timedOut: deadline.aborted,
        stopped: stop?.aborted === true,
      });
      logger.debug("No answer from Partner Central", { ...said, failure: failure.kind, code: failure.code });
      throw new FailureError(failure, failure.kind === "bug" ? { cause: result.error } : {});
    }
    const { answer } = result;
    const requestId = answer.headers["x-amzn-requestid"];
    span.set({ "http.response.status_code": answer.status, "aws.request_id": requestId });
    logger.debug("Partner Central answered", { ...said, status: answer.status, requestId });
    if (answer.status < 200 || answer.status > 299) throw new FailureError(classifyAnswer(answer, failed));
    const body = bodyOf(answer, service.readAnswer);
    if (body === undefined) throw new FailureError(classifyBrokenAnswer(answer, failed));
    return body;
  }

  return { call, calls: () => ({ ...counts }), close: () => transport.close() };
}

/** What the gate learns of a call. AWS says "throttled" by status or by name. */
function outcomeOf(result: RawResult): Parameters<QuotaPermit["done"]>[0] {
  if (result.kind === "no-answer") return "no-answer";
  const { status, body } = result.answer;
  return status === 429 || (status === 400 && body.includes("ThrottlingException")) ? "throttled" : "answered";
}

/** The JSON of a success; an empty body is an empty object. `undefined`: it is no JSON object. */
function bodyOf(answer: RawAnswer, read: CalledService["readAnswer"]): JsonObject | undefined {
  if (answer.body.trim() === "") return {};
  try {
    const body = read(JSON.parse(answer.body) as JsonValue);
    return typeof body === "object" && body !== null && !Array.isArray(body) ? (body as JsonObject) : undefined;
  } catch {
    return undefined;
  }
}
