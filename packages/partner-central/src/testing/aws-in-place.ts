import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { type Failure, failureOf, silentLogger, systemClock } from "@cosell/connector";
import { createPartnerCentral, type PartnerCentral, type PartnerCentralOptions, type QuotaGate } from "../index.ts";

// A small HTTP server in AWS's place, and the real client in front of it. For the tests of this package.

/** A request as it came over the wire. */
export interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}
/** Answers a request; `count` is its number, from 1. */
export type Handler = (received: Received, response: ServerResponse, count: number) => void;

const open: (() => Promise<void> | void)[] = [];

/** Ends every client and server that a test began. */
export async function closeAll(): Promise<void> {
  for (const close of open.splice(0).reverse()) await close();
}

/** Starts a server. */
export async function serve(handler: Handler): Promise<{ endpoint: string; received: Received[] }> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const one = { headers: request.headers, body: Buffer.concat(chunks).toString("utf8") };
      received.push(one);
      handler(one, response, received.length);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  open.push(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(() => resolve()));
  });
  return { endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, received };
}

const ungated: QuotaGate = { acquire: async () => undefined };

/** A client of the Sandbox at this address, without a quota. */
export function clientOf(endpoint: string, options: Partial<PartnerCentralOptions> = {}): PartnerCentral {
  const client = createPartnerCentral({
    catalog: "Sandbox",
    region: "us-east-1",
    endpoint,
    credentials: { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "not-a-secret" },
    gate: ungated,
    clock: systemClock,
    logger: silentLogger,
    ...options,
  });
  open.push(() => client.close());
  return client;
}

/** Both. */
export async function clientThatGets(
  handler: Handler,
  options: Partial<PartnerCentralOptions> = {},
): Promise<{ client: PartnerCentral; received: readonly Received[] }> {
  const { endpoint, received } = await serve(handler);
  return { client: clientOf(endpoint, options), received };
}

/** Answers as AWS does. */
export function json(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { "content-type": "application/x-amz-json-1.0", "x-amzn-requestid": "r-1", ...headers });
  response.end(JSON.stringify(body));
}

/** The failure that a call ends with; throws when it succeeds or throws anything else. */
export async function failureIn(promise: Promise<unknown>): Promise<Failure> {
  try {
    await promise;
  } catch (error) {
    const failure = failureOf(error);
    if (failure === undefined) throw error;
    return failure;
  }
  throw new Error("It did not fail.");
}

/** Answers with an error as AWS words it. */
export const awsError = (status: number, type: string, more: object = {}): Handler => {
  return (_, response) => json(response, status, { __type: `com.amazonaws.partnercentralselling#${type}`, ...more });
};
