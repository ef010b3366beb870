import { type Clock, FailureError, type JsonObject, type JsonValue, type Logger } from "@cosell/connector";
import { classifyAnswer, classifyBrokenAnswer, classifyNoAnswer, type FailedCall, isRead } from "./classify.ts";
import { decodeEntities } from "./decode-entities.ts";
import type { CallOptions, Catalog, PartnerCentral } from "./partner-central.ts";
import { operationsOf } from "./partner-central-operations.ts";
import type { QuotaGate } from "./quota-gate.ts";
import { createRawTransport, type RawAnswer, type RawTransportOptions } from "./raw-transport.ts";

/** What a client needs. */
export interface PartnerCentralOptions extends RawTransportOptions {
  readonly catalog: Catalog;
  /** Shared by everybody who calls for the same partner account. */
  readonly gate: QuotaGate;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Real milliseconds until a call without an answer is given up. @defaultValue 30000 */
  readonly requestTimeoutMs?: number;
}

/**
 * A client of Partner Central Selling. Without `credentials` AWS's own default chain finds them; without `endpoint` the
 * SDK's own settings (`AWS_ENDPOINT_URL_PARTNERCENTRAL_SELLING`) and then AWS itself are used. Throws `FailureError`
 * (`config`) for an endpoint that is no address.
 */
export function createPartnerCentral(options: PartnerCentralOptions): PartnerCentral {
  const { catalog, clock, endpoint, gate, logger, requestTimeoutMs = 30_000 } = options;
  if (endpoint !== undefined && !URL.canParse(endpoint)) {
    throw new FailureError({
      kind: "config",
      message: "partnerCentral.endpoint is no address. Give one such as http://127.0.0.1:4566, or leave it out.",
    });
  }
  const transport = createRawTransport(options);
  const counts = { reads: 0, writes: 0 };

  async function call(operation: string, given: JsonObject, callOptions: CallOptions = {}): Promise<JsonObject> {
    if (!/^[A-Z][A-Za-z]+$/.test(operation)) {
      throw new FailureError({ kind: "config", message: "An operation is named like GetOpportunity: letters only." });
    }
    const input = { ...given, Catalog: catalog };
    await gate.acquire(operation, callOptions);
    const deadline = AbortSignal.timeout(requestTimeoutMs);
    const stop = callOptions.signal;
    const signal = stop === undefined ? deadline : AbortSignal.any([stop, deadline]);
    counts[isRead(operation) ? "reads" : "writes"]++;
    const startedAt = clock.now();
    const result = await transport.send(operation, JSON.stringify(input), signal);
    const failed: FailedCall = { operation, input, now: clock.now() };
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
    logger.debug("Partner Central answered", { ...said, status: answer.status, requestId });
    if (answer.status < 200 || answer.status > 299) throw new FailureError(classifyAnswer(answer, failed));
    const body = bodyOf(answer);
    if (body === undefined) throw new FailureError(classifyBrokenAnswer(answer, failed));
    return body;
  }

  return {
    catalog,
    get calls() {
      return { ...counts };
    },
    call,
    ...operationsOf(call),
    close: () => transport.close(),
  };
}

/** The JSON of a success; an empty body is an empty object. `undefined`: it is no JSON object. */
function bodyOf(answer: RawAnswer): JsonObject | undefined {
  if (answer.body.trim() === "") return {};
  try {
    const body = decodeEntities(JSON.parse(answer.body) as JsonValue);
    return typeof body === "object" && body !== null && !Array.isArray(body) ? (body as JsonObject) : undefined;
  } catch {
    return undefined;
  }
}
