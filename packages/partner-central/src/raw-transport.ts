import { Buffer } from "node:buffer";
import { addAbortSignal, Readable } from "node:stream";
import type { GetOpportunityCommand, PartnerCentralSellingClientConfig } from "@aws-sdk/client-partnercentral-selling";
import type { NodeHttpHandler } from "@smithy/node-http-handler";
import { targetPrefix } from "./model/operations.ts";

/** What came back, as it came. */
export interface RawAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** How far a call came: whether it has an answer, and if not, whether AWS may have got it. */
export type RawResult =
  | { readonly kind: "answer"; readonly answer: RawAnswer }
  | { readonly kind: "no-answer"; readonly error: unknown; readonly sent: boolean };

/** Carries JSON to AWS and back without touching it. Never throws. */
export interface RawTransport {
  send(operation: string, body: string, signal: AbortSignal): Promise<RawResult>;
  close(): void;
}

/** How a transport is made. */
export interface RawTransportOptions {
  readonly region: string;
  readonly endpoint?: string | undefined;
  readonly credentials?: PartnerCentralSellingClientConfig["credentials"] | undefined;
  /** A profile of AWS's configuration files, as if `AWS_PROFILE` said so. Not with `credentials`. */
  readonly profile?: string | undefined;
}

/**
 * AWS's own SDK carries the calls: endpoint, credentials, clock skew, signature, connections. What it would lose (null,
 * unknown members, nanoseconds) and what it would do twice (retries) is taken from it: the body is replaced before it
 * is signed, the answer is kept before it is parsed.
 */
export function createRawTransport(options: RawTransportOptions, sdk: ServiceSdk = sellingSdk): RawTransport {
  let connecting: Promise<SdkClient> | undefined;
  return {
    async send(operation, body, signal) {
      let answer: RawAnswer | undefined;
      let sent = false;
      let broken: unknown;
      try {
        const client = await (connecting ??= connect(options, sdk));
        const { stack, send } = client.anyCommand();
        stack.add(
          (next) => (args) => {
            const request = args.request as OutgoingRequest;
            request.headers["x-amz-target"] = `${sdk.targetPrefix}.${operation}`;
            request.headers["content-length"] = String(Buffer.byteLength(body));
            request.body = body;
            return next(args);
          },
          { name: "sendAsGiven", step: "build", priority: "high" },
        );
        stack.add(
          (next) => async (args) => {
            sent = true;
            // The SDK wraps errors on their way out, and may lose their code: keep the connection's own.
            const keep = (error: unknown): never => {
              broken = error;
              throw error;
            };
            const result = await next(args).catch(keep);
            const response = result.response as IncomingResponse;
            const text = await textOf(response.body, signal).catch(keep);
            answer = { status: response.statusCode, headers: response.headers, body: text };
            // The SDK still learns the server's time from the headers; there is nothing left for it to parse.
            response.statusCode = 200;
            response.body = Readable.from([Buffer.from("{}")]);
            return result;
          },
          { name: "keepAnswer", step: "deserialize", priority: "low" },
        );
        await send(signal);
      } catch (error) {
        if (answer === undefined) return { kind: "no-answer", error: broken ?? error, sent };
      }
      return answer === undefined
        ? { kind: "no-answer", error: new Error("The SDK gave no answer."), sent }
        : { kind: "answer", answer };
    },
    close: () =>
      void connecting?.then(
        (client) => client.destroy(),
        () => undefined,
      ),
  };
}

/** AWS's client of one service. */
export interface ServiceSdk {
  readonly targetPrefix: string;
  connect(settings: SdkSettings): Promise<SdkClient>;
}

/** What every client of AWS takes. */
export interface SdkSettings extends RawTransportOptions {
  readonly maxAttempts: number;
  readonly customUserAgent: string;
  readonly requestHandler: NodeHttpHandler;
}

/** A client that is connected. */
export interface SdkClient {
  /**
   * Any command would do: the header names the operation, so that one that AWS added later can be called as well. The
   * middleware reads and replaces the HTTP message only, which is alike for all commands of all services.
   */
  anyCommand(): {
    readonly stack: GetOpportunityCommand["middlewareStack"];
    readonly send: (signal: AbortSignal) => Promise<unknown>;
  };
  destroy(): void;
}

const sellingSdk: ServiceSdk = {
  targetPrefix,
  connect: async (settings) => {
    const { GetOpportunityCommand, PartnerCentralSellingClient } =
      await import("@aws-sdk/client-partnercentral-selling");
    const client = new PartnerCentralSellingClient(settings as PartnerCentralSellingClientConfig);
    return {
      anyCommand: () => {
        const command = new GetOpportunityCommand({ Catalog: undefined, Identifier: undefined });
        return { stack: command.middlewareStack, send: (abortSignal) => client.send(command, { abortSignal }) };
      },
      destroy: () => client.destroy(),
    };
  },
};

/** The SDK is loaded with the first call: who only wants the target model does not wait for it. */
async function connect(
  { region, endpoint, credentials, profile }: RawTransportOptions,
  sdk: ServiceSdk,
): Promise<SdkClient> {
  const { NodeHttpHandler } = await import("@smithy/node-http-handler");
  const agent = { keepAlive: true, maxSockets: 50 };
  return sdk.connect({
    region,
    maxAttempts: 1,
    customUserAgent: "cosell",
    requestHandler: new NodeHttpHandler({ httpAgent: agent, httpsAgent: agent }),
    ...(endpoint !== undefined && { endpoint }),
    ...(credentials !== undefined && { credentials }),
    ...(profile !== undefined && { profile }),
  });
}

/** The parts of the SDK's request and response that are read or replaced here. */
interface OutgoingRequest {
  headers: Record<string, string>;
  body: unknown;
}
interface IncomingResponse {
  statusCode: number;
  headers: Record<string, string>;
  body: Readable;
}

/** Reads all; throws when the connection ends too early or the signal aborts. */
async function textOf(body: Readable, signal: AbortSignal): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of addAbortSignal(signal, body)) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}
