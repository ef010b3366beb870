import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { EmulatorClock } from "./clock.ts";
import type { FaultRule, Faults } from "./faults.ts";
import type { RequestLog } from "./request-log.ts";
import type { EmulatorHooks, EmulatorRequest, EmulatorResponse, EmulatorServer } from "./server.ts";

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

/** Listens on a port and serves one emulated service, with faults before and after it acts. Rejects when the port is taken. */
export async function startHost(options: HostOptions): Promise<Host> {
  const http = createServer((message, answer) => void serve(message, answer, options));
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

async function serve(message: IncomingMessage, answer: ServerResponse, options: HostOptions): Promise<void> {
  const { server, requests, clock } = options;
  let request: EmulatorRequest;
  try {
    request = await readRequest(message);
  } catch {
    // The client went away while it was sending: there is nobody to answer.
    message.destroy();
    return;
  }
  const operation = server.operationOf(request);
  const rule = options.faults.strike(server.name, operation);
  const outcome = await perform(request, operation, rule, options);
  const account = "response" in outcome ? outcome.response.account : outcome.account;
  requests.add({
    server: server.name,
    operation,
    at: clock.now(),
    status: "response" in outcome ? outcome.response.status : 0,
    ...(account !== undefined && { account }),
    ...(rule && { fault: rule.kind }),
  });
  finish(answer, outcome);
}

async function perform(
  request: EmulatorRequest,
  operation: string,
  rule: FaultRule | undefined,
  { server, hooks }: HostOptions,
): Promise<Outcome> {
  await hooks?.onRequest?.({ server: server.name, operation, phase: "received" });
  const act = async (): Promise<EmulatorResponse> => {
    const response = await safely(() => server.handle(request), operation);
    await hooks?.onRequest?.({ server: server.name, operation, phase: "handled" });
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

function finish(answer: ServerResponse, outcome: Outcome): void {
  if (outcome.kind === "stall") return;
  if (outcome.kind === "reset") {
    answer.socket?.resetAndDestroy();
    return;
  }
  const { status, headers, body } = outcome.response;
  const text = body === undefined ? "" : typeof body === "string" ? body : JSON.stringify(body);
  const bytes = Buffer.from(text);
  const json = typeof body === "object" ? { "content-type": "application/json" } : {};
  // 204 and 304 carry no length.
  const length = status === 204 || status === 304 ? {} : { "content-length": bytes.length };
  answer.writeHead(status, { ...json, ...headers, ...length });
  if (outcome.kind === "answer") {
    answer.end(bytes);
    return;
  }
  answer.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => answer.socket?.destroy());
}

async function readRequest(message: IncomingMessage): Promise<EmulatorRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  const url = new URL(message.url ?? "/", "http://emulator");
  const headers = Object.fromEntries(
    Object.entries(message.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(", ") : (value ?? ""),
    ]),
  );
  return {
    method: message.method ?? "GET",
    path: url.pathname,
    query: url.searchParams,
    headers,
    body: Buffer.concat(chunks).toString("utf8"),
  };
}
