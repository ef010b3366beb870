import { randomUUID } from "node:crypto";
import {
  isJsonObject,
  type EmulatorRequest,
  type EmulatorServer,
  type JsonObject,
  type RefusalKind,
} from "../kernel/index.ts";
import { messageOperations } from "./message-operations.ts";
import type { SqsOperation } from "./queue-call.ts";
import { queueOperations } from "./queue-operations.ts";
import type { Queues } from "./queues.ts";
import { SqsError } from "./sqs-error.ts";

/** What the SQS server knows of the world around it. */
export interface SqsWorld {
  readonly queues: Queues;
  /** The account of an access key id; undefined when the id, or a call without one, is refused. */
  accountOf(keyId: string | undefined): string | undefined;
  /** Lets happen what the clock has made due, before somebody looks. */
  settle(): void;
}

const targetPrefix = "AmazonSQS.";
const operations: ReadonlyMap<string, SqsOperation> = new Map(
  Object.entries({ ...queueOperations, ...messageOperations }),
);

/** SQS over HTTP: AWS JSON 1.0, as every SDK since 2023 speaks it. The older query protocol is refused with a word. */
export function createSqsServer(world: SqsWorld): EmulatorServer {
  return {
    name: "sqs",
    operationOf,
    handle: async (request) => {
      let account: string | undefined;
      try {
        const operation = operations.get(operationOf(request));
        if (operation === undefined || request.method !== "POST") throw unknownOperation(request);
        const keyId = keyIdOf(request);
        account = world.accountOf(keyId);
        if (account === undefined) throw refusedCredentials(keyId);
        const { gone } = request;
        const body = await operation({
          ...{ input: readInput(request), account, queues: world.queues },
          baseUrl: `http://${request.headers.host ?? "127.0.0.1"}`,
          settle: () => world.settle(),
          ...(gone && { gone }),
        });
        const headers = { "content-type": "application/x-amz-json-1.0", "x-amzn-requestid": randomUUID() };
        return { status: 200, headers, account, ...(body && { body }) };
      } catch (error) {
        if (!(error instanceof SqsError)) throw error;
        return { ...error.response(), ...(account !== undefined && { account }) };
      }
    },
    refuse: (kind) => refusalOf(kind).response(),
    refuseBody: (problem) =>
      problem === "too-large"
        ? new SqsError("RequestEntityTooLarge", "The request is too large.", { status: 413 }).response()
        : new SqsError("SerializationException", "The body is nested too deeply.").response(),
    mostBytes: 4 * 1024 * 1024,
  };
}

function operationOf({ headers, method, path }: EmulatorRequest): string {
  const target = headers["x-amz-target"];
  return target?.startsWith(targetPrefix) ? target.slice(targetPrefix.length) : `${method} ${path}`;
}

function unknownOperation({ headers, body }: EmulatorRequest): SqsError {
  const isQuery = headers["x-amz-target"] === undefined && body.includes("Action=");
  const words = isQuery
    ? "The emulator speaks AWS JSON only, not the older query protocol: use a newer SDK."
    : `There is no such operation. Known: ${[...operations.keys()].join(", ")}.`;
  return new SqsError("UnknownOperationException", words, { queryCode: "InvalidAction" });
}

/** From `Credential=<id>/<day>/<region>/sqs/aws4_request`. The signature is not verified. */
function keyIdOf({ headers }: EmulatorRequest): string | undefined {
  return /^AWS4-HMAC-SHA256 Credential=([^/,\s]{1,128})\//.exec(headers.authorization ?? "")?.[1];
}

function refusedCredentials(keyId: string | undefined): SqsError {
  return keyId === undefined
    ? new SqsError("MissingAuthenticationToken", "The request is not signed with SigV4.", { status: 403 })
    : new SqsError("InvalidClientTokenId", "The access key id is not known.", { status: 403 });
}

function readInput({ body }: EmulatorRequest): JsonObject {
  let input: unknown;
  try {
    input = JSON.parse(body === "" ? "{}" : body);
  } catch {
    input = undefined;
  }
  if (isJsonObject(input)) return input;
  throw new SqsError("SerializationException", "The body is not a JSON object.", { queryCode: "MalformedInput" });
}

function refusalOf(kind: RefusalKind): SqsError {
  switch (kind) {
    case "throttle":
      return new SqsError("RequestThrottled", "The request was denied due to request throttling.");
    case "server-error":
      return new SqsError("InternalError", "The service failed. Try again.", { status: 500 });
    case "expired-token":
      return new SqsError("ExpiredTokenException", "The security token included in the request is expired.", {
        status: 403,
        queryCode: "ExpiredToken",
      });
  }
}
