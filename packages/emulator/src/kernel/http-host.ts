import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { noteProblems } from "./answer-problems.ts";
import type { EmulatorClock } from "./clock.ts";
import type { FaultRule, Faults } from "./faults.ts";
import { drained, readRequest } from "./read-request.ts";
import type { LoggedRequest, RequestLog } from "./request-log.ts";
import { createStaleReads, type StaleReads } from "./stale-reads.ts";
import type { BodyProblem, EmulatorHooks, EmulatorRequest, EmulatorResponse, EmulatorServer } from "./server.ts";

/** Where and how one emulated service is put on the network. */
export interface HostOptions {
  readonly server: EmulatorServer;
  /** @defaultValue any free port */
  readonly port?: number;
  /** @defaultValue "127.0.0.1" */
  readonly host?: string;
  readonly faults: Faults;
  readonly requests: RequestLog;
  readonly clock: EmulatorClock;
  readonly hooks?: EmulatorHooks;
  /** How long a client may take to send a request, in real milliseconds: then it gets 408. @defaultValue 30,000 */
  readonly requestTimeoutMs?: number;
}

/** A service that listens. */
export interface Host {
  /** Without a slash at the end. */
  readonly url: string;
  /** Ends every connection, then stops listening. */
  readonly close: () => Promise<void>;
}

/** How a call ended: an answer (whole or cut short), or none at all. */
type Outcome =
  | { readonly kind: "answer" | "truncated"; readonly response: EmulatorResponse }
  | { readonly kind: "reset"; readonly account?: string }
  | { readonly kind: "stall"; readonly account?: never };

const hour = 3_600_000;

/** Listens on a port and serves one emulated service, with faults before and after it acts. Rejects when the port is taken. */
export async function startHost(options: HostOptions): Promise<Host> {
  const requestTimeout = options.requestTimeoutMs ?? 30_000;
  const limits = {
    requestTimeout,
    headersTimeout: requestTimeout,
    connectionsCheckingInterval: Math.min(1000, requestTimeout),
  };
  const staleReads = createStaleReads();
  const http = createServer(limits, (message, answer) => void serve(message, answer, { ...options, staleReads }));
  // Clients keep connections alive between calls; five idle seconds (Node's default) make spurious resets in slow tests.
  http.keepAliveTimeout = 60_000;
  const host = options.host ?? "127.0.0.1";
  http.listen(options.port ?? 0, host);
  await once(http, "listening");
  const { port } = http.address() as AddressInfo;
  return {
    url: `http://${host.includes(":") ? `[${host}]` : host}:${port}`,
    close: async () => {
      const closed = once(http, "close");
      http.close();
      http.closeAllConnections();
      await closed;
    },
  };
}

interface ServeOptions extends HostOptions {
  readonly staleReads: StaleReads;
}

async function serve(message: IncomingMessage, answer: ServerResponse, options: ServeOptions): Promise<void> {
  try {
    const read = await readRequest(message, answer, options.server.mostBytes);
    const start = performance.now();
    const operation = options.server.operationOf(read.request);
    if (read.problem !== undefined) {
      const response = refused(options.server, read.problem, read.request);
      options.requests.add({ ...entryOf(options, operation, response), durationMs: performance.now() - start });
      await refuse(message, answer, dated(options.server, response));
      return;
    }
    const rule = options.faults.strike(options.server.name, operation);
    const outcome = await perform(read.request, operation, rule, options);
    if ("response" in outcome) noteProblems(options.server, operation, outcome.response);
    options.requests.add({
      ...entryOf(options, operation, "response" in outcome ? outcome.response : { ...outcome, status: 0 }),
      ...(rule && { fault: rule.kind }),
      durationMs: Math.round((performance.now() - start) * 10) / 10,
    });
    finish(answer, "response" in outcome ? { ...outcome, response: dated(options.server, outcome.response) } : outcome);
  } catch {
    // The client went away while it was sending, or left nothing that can be answered.
    message.destroy();
  }
}

function entryOf(
  { server, clock }: HostOptions,
  operation: string,
  { status, account }: Pick<EmulatorResponse, "status" | "account">,
): Omit<LoggedRequest, "sequence"> {
  return { server: server.name, operation, at: clock.now(), status, ...(account !== undefined && { account }) };
}

function refused(server: EmulatorServer, problem: BodyProblem, request: EmulatorRequest): EmulatorResponse {
  const message = problem === "too-large" ? "The body is too large." : "The body is nested too deeply.";
  const other = { status: problem === "too-large" ? 413 : 400, body: { message } };
  return server.refuseBody?.(problem, request) ?? other;
}

/** Answers while the client may still be sending: an answer that comes with a reset is one that it never reads. */
async function refuse(message: IncomingMessage, answer: ServerResponse, response: EmulatorResponse): Promise<void> {
  const { headers, bytes } = written(response);
  answer.writeHead(response.status, { ...headers, connection: "close" });
  answer.write(bytes);
  await drained(message);
  answer.end();
}

async function perform(
  request: EmulatorRequest,
  operation: string,
  rule: FaultRule | undefined,
  { server, hooks, staleReads }: ServeOptions,
): Promise<Outcome> {
  await hooks?.onRequest?.({ server: server.name, operation, phase: "received" });
  const isRead = server.isRead?.(request) ?? request.method === "GET";
  const act = async (): Promise<EmulatorResponse> => {
    const response = await safely(() => server.handle(request), operation);
    await hooks?.onRequest?.({ server: server.name, operation, phase: "handled" });
    if (isRead) staleReads.keep(request, response);
    return response;
  };
  switch (rule?.kind) {
    case undefined:
      return { kind: "answer", response: await act() };
    case "latency":
      await sleep(rule.latencyMs ?? 100);
      return { kind: "answer", response: await act() };
    case "throttle":
    case "server-error":
    case "expired-token":
      return { kind: "answer", response: server.refuse(rule.kind, rule, request) };
    case "server-error-after-commit":
      await act();
      return { kind: "answer", response: server.refuse("server-error", rule, request) };
    case "reset-before-commit":
      return { kind: "reset" };
    case "reset-after-commit": {
      const { account } = await act();
      return { kind: "reset", ...(account !== undefined && { account }) };
    }
    case "truncated-body":
      return { kind: "truncated", response: await act() };
    case "clock-skew": {
      const now = new Date((server.now?.() ?? Date.now()) + (rule.skewMs ?? hour));
      const response = server.refuseSkewed?.(request, now) ?? (await act());
      return { kind: "answer", response: { ...response, headers: { ...response.headers, date: now.toUTCString() } } };
    }
    case "stale-read":
      return { kind: "answer", response: (isRead ? staleReads.find(request) : undefined) ?? (await act()) };
    case "stall":
      return { kind: "stall" };
  }
}

/** A bug of the emulator becomes a loud answer instead of a connection that hangs. */
async function safely(
  handle: () => EmulatorResponse | Promise<EmulatorResponse>,
  operation: string,
): Promise<EmulatorResponse> {
  try {
    return await handle();
  } catch (error) {
    const message = `The emulator failed in ${operation}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
    return { status: 500, body: { __type: "EmulatorBug", message } };
  }
}

/** Node tells the machine's time, where the server has none of its own. */
function dated(server: EmulatorServer, response: EmulatorResponse): EmulatorResponse {
  if (server.now === undefined) return response;
  return { ...response, headers: { date: new Date(server.now()).toUTCString(), ...response.headers } };
}

function finish(answer: ServerResponse, outcome: Outcome): void {
  if (outcome.kind === "stall") return;
  if (outcome.kind === "reset") {
    answer.socket?.resetAndDestroy();
    return;
  }
  const { headers, bytes } = written(outcome.response);
  answer.writeHead(outcome.response.status, headers);
  if (outcome.kind === "answer") {
    answer.end(bytes);
    return;
  }
  answer.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => answer.socket?.destroy());
}

function written({ status, headers, body }: EmulatorResponse): {
  readonly headers: Readonly<Record<string, string | number>>;
  readonly bytes: Buffer;
} {
  const text = body === undefined ? "" : typeof body === "string" ? body : JSON.stringify(body);
  const bytes = Buffer.from(text);
  const json = typeof body === "object" ? { "content-type": "application/json" } : {};
  // 204 and 304 carry no length.
  const length = status === 204 || status === 304 ? {} : { "content-length": bytes.length };
  return { headers: { ...json, ...headers, ...length }, bytes };
}
