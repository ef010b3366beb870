import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

/** A call as the fake received it. */
export interface ReceivedCall {
  readonly method: string;
  /** Path and query, decoded. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: string;
}

/** What to answer: JSON by `send`, or anything by the response itself. */
export type Answer = (call: ReceivedCall, response: ServerResponse) => void;

/** A server that says what a test wants, for faults that no proper server makes. */
export interface FakePipedrive {
  readonly url: string;
  readonly calls: readonly ReceivedCall[];
  readonly close: () => Promise<void>;
}

export async function startFakePipedrive(answer: Answer): Promise<FakePipedrive> {
  const calls: ReceivedCall[] = [];
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const { method = "", url = "", headers } = request;
      const call = { method, url: decodeURIComponent(url), headers, body };
      calls.push(call);
      answer(call, response);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    close: async () => {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

/** Answers in JSON. */
export function send(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { "content-type": "application/json;charset=UTF-8", ...headers });
  response.end(JSON.stringify(body));
}
