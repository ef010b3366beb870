import { spawn } from "node:child_process";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

/** A language server in a process of its own, over its standard input and output. */
export interface LanguageServer {
  request<Result>(method: string, parameters: object): Promise<Result>;
  notify(method: string, parameters: object): void;
  /** Calls back with the parameters of every notification of this name. */
  on(method: string, listener: (parameters: unknown) => void): void;
  close(): Promise<void>;
}

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

/**
 * Starts the YAML language server that editors use. `configuration` is what the editor's settings say, by section; other
 * things that a server asks of an editor (to register this or that) are granted.
 */
export function startYamlLanguageServer(configuration: Readonly<Record<string, object>>): LanguageServer {
  const program = require.resolve("yaml-language-server/bin/yaml-language-server");
  const child = spawn(process.execPath, [program, "--stdio"], { stdio: ["pipe", "pipe", "inherit"] });
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  const waiting = new Map<number, (message: Message) => void>();
  const listeners = new Map<string, (parameters: unknown) => void>();
  let sent = 0;

  const send = (message: object): void => {
    const body = JSON.stringify({ jsonrpc: "2.0", ...message });
    child.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  };
  const answer = ({ method, params }: Message): unknown => {
    if (method !== "workspace/configuration") return null;
    const { items } = params as { readonly items: readonly { readonly section: string }[] };
    return items.map(({ section }) => configuration[section] ?? null);
  };
  const receive = (message: Message): void => {
    if (message.method === undefined) waiting.get(message.id ?? 0)?.(message);
    else if (message.id !== undefined) send({ id: message.id, result: answer(message) });
    else listeners.get(message.method)?.(message.params);
  };
  let received: Buffer = Buffer.alloc(0);
  child.stdout.on("data", (chunk: Buffer) => {
    received = Buffer.concat([received, chunk]);
    for (let next = takeMessage(received); next !== undefined; next = takeMessage(received)) {
      received = next.rest;
      receive(next.message);
    }
  });

  return {
    request: <Result>(method: string, parameters: object) =>
      new Promise<Result>((resolve, reject) => {
        sent += 1;
        waiting.set(sent, ({ result, error }) =>
          error === undefined ? resolve(result as Result) : reject(new Error(error.message)),
        );
        send({ id: sent, method, params: parameters });
      }),
    notify: (method, parameters) => send({ method, params: parameters }),
    on: (method, listener) => void listeners.set(method, listener),
    async close() {
      child.kill();
      await ended;
    },
  };
}

/** Takes one message off what has arrived; `undefined` as long as it is not whole. */
function takeMessage(received: Buffer): { readonly message: Message; readonly rest: Buffer } | undefined {
  const start = received.indexOf("\r\n\r\n") + 4;
  const length = /Content-Length: (\d+)/u.exec(received.toString("latin1", 0, Math.max(start, 0)))?.[1];
  if (length === undefined) return undefined;
  const end = start + Number(length);
  if (received.length < end) return undefined;
  const message = JSON.parse(received.toString("utf8", start, end)) as Message;
  return { message, rest: received.subarray(end) };
}
