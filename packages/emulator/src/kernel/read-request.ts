import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { isTooDeep } from "./json-depth.ts";
import type { BodyProblem, EmulatorRequest } from "./server.ts";

const defaultMostBytes = 8 * 1024 * 1024;
/** How long a client that was refused may go on sending into nothing, in real milliseconds. */
const drainMs = 2000;

/** One request, and what forbids to look into its body, if anything does. */
export interface ReadRequest {
  readonly request: EmulatorRequest;
  readonly problem?: BodyProblem;
}

/**
 * Reads a request to its end, or up to the limit: memory is bounded whatever a client sends. Rejects when the client goes
 * away, or takes longer than the server's timeout.
 */
export async function readRequest(
  message: IncomingMessage,
  answer: ServerResponse,
  mostBytes = defaultMostBytes,
): Promise<ReadRequest> {
  const request = { ...headOf(message), body: "", gone: goneSignal(answer) };
  if (Number(message.headers["content-length"] ?? 0) > mostBytes) return { request, problem: "too-large" };
  const body = await bodyOf(message, mostBytes);
  if (body === undefined) return { request, problem: "too-large" };
  return isTooDeep(body) ? { request, problem: "too-deep" } : { request: { ...request, body } };
}

/** Throws away what the client still sends, until it ends, goes away or takes too long. */
export async function drained(message: IncomingMessage): Promise<void> {
  const closed = new AbortController();
  const end = (): void => closed.abort();
  for (const event of ["end", "close", "error"]) message.once(event, end);
  if (message.readableEnded || message.destroyed) return;
  message.resume();
  await sleep(drainMs, undefined, { signal: closed.signal }).catch(() => undefined);
}

/** The body as text; undefined when it is longer than allowed. */
async function bodyOf(message: IncomingMessage, mostBytes: number): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    message.on("data", (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > mostBytes) {
        chunks.length = 0;
        resolve(undefined);
      } else chunks.push(chunk);
    });
    message.once("end", () => resolve(Buffer.concat(chunks).toString("utf8")));
    message.once("error", reject);
    message.once("close", () => reject(new Error("The client went away.")));
  });
}

function headOf(message: IncomingMessage): Omit<EmulatorRequest, "body"> {
  const target = message.url ?? "/";
  // Not relative to a base: `//` would be read as the beginning of a host's name.
  const url = URL.parse(target.startsWith("/") ? `http://emulator${target}` : target);
  const headers = Object.entries(message.headers).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.join(", ") : (value ?? ""),
  ]);
  return {
    method: message.method ?? "GET",
    path: url?.pathname ?? target,
    query: url?.searchParams ?? new URLSearchParams(),
    headers: Object.fromEntries(headers) as Readonly<Record<string, string>>,
  };
}

function goneSignal(answer: ServerResponse): AbortSignal {
  const gone = new AbortController();
  answer.once("close", () => gone.abort());
  return gone.signal;
}
