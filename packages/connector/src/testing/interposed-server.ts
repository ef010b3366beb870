import { once } from "node:events";
import { createServer, request as send, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import type { RecordedAnswer } from "./world.ts";

/**
 * What happens to a request on its way. `silent`: it never arrives and is never answered. `answer-lost`: it arrives,
 * and the connection breaks instead of the answer. An answer: it never arrives, and this is what comes back.
 */
export type Interference = "none" | "silent" | "answer-lost" | RecordedAnswer;

/** An HTTP server between a connection and its CRM. */
export interface InterposedServer {
  readonly address: string;
  /** From now on. @param holding only with requests whose body holds this text: a write may look something up first. @defaultValue with all */
  interfere(how: Interference, holding?: string): void;
  /** Requests interfered with since the last `interfere`. */
  received(): number;
  /** Resolves when one has come. */
  nextRequest(): Promise<void>;
  close(): Promise<void>;
}

/** @param target the CRM's address, such as `http://127.0.0.1:8080` */
export async function interposeServer(target: string): Promise<InterposedServer> {
  let how: Interference = "none";
  let marker = "";
  let received = 0;
  let arrived = Promise.withResolvers<undefined>();
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await buffer(request);
    const meant = body.includes(marker);
    if (meant) {
      received += 1;
      arrived.resolve(undefined);
    }
    await pass(meant ? how : "none", { request, body, target }, response);
  };
  const server = createServer((request, response) => void answer(request, response).catch(() => response.destroy()));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    interfere: (next, holding = "") => {
      how = next;
      marker = holding;
      received = 0;
      arrived = Promise.withResolvers<undefined>();
    },
    received: () => received,
    nextRequest: () => arrived.promise,
    close: async () => {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

interface Passing {
  readonly request: IncomingMessage;
  readonly body: Buffer;
  readonly target: string;
}

async function pass(how: Interference, passing: Passing, to: ServerResponse): Promise<void> {
  if (how === "silent") return;
  if (typeof how === "object") {
    to.writeHead(how.status, { "content-type": "application/json", ...how.headers });
    to.end(how.body);
    return;
  }
  const { status, headers, body } = await forward(passing);
  if (how === "answer-lost") {
    to.destroy();
    return;
  }
  to.writeHead(status, headers);
  to.end(body);
}

async function forward({
  request,
  body,
  target,
}: Passing): Promise<{ readonly status: number; readonly headers: IncomingMessage["headers"]; readonly body: Buffer }> {
  const { method, url = "/", headers } = request;
  const { host, hostname, port, pathname } = new URL(target);
  const path = `${pathname.replace(/\/$/, "")}${url}`;
  const outgoing = send({ hostname, port, path, method, headers: { ...headers, host }, agent: false });
  outgoing.end(body);
  const [answer] = (await once(outgoing, "response")) as [IncomingMessage];
  // The body goes on in one piece.
  const kept = Object.entries(answer.headers).filter(([name]) => name !== "transfer-encoding");
  return { status: answer.statusCode ?? 502, headers: Object.fromEntries(kept), body: await buffer(answer) };
}
