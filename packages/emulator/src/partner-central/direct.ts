import { targetPrefix } from "@cosell/partner-central/model";
import type { EmulatorRequest, EmulatorResponse, EmulatorServer, RefusalKind } from "../kernel/index.ts";

/** An answer as a client's transport gives it: headers and the body's text. */
export interface DirectAnswer {
  readonly kind: "answer";
  readonly answer: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string;
  };
}

/** Calls the emulated Partner Central without HTTP: thousands of calls per second, for simulations. */
export interface DirectTransport {
  send(operation: string, body: string): Promise<DirectAnswer>;
  /** What the emulator answers when it refuses a call before doing anything. */
  refuse(kind: RefusalKind, operation: string): DirectAnswer;
  close(): void;
}

/** The emulator must take unsigned calls (`unsigned: "always"`). */
export function directTransport(emulator: EmulatorServer): DirectTransport {
  return {
    send: async (operation, body) => answerOf(await emulator.handle(requestOf(operation, body))),
    refuse: (kind, operation) => answerOf(emulator.refuse(kind, { kind, operation }, requestOf(operation, ""))),
    close: () => undefined,
  };
}

function requestOf(operation: string, body: string): EmulatorRequest {
  const headers = { "x-amz-target": `${targetPrefix}.${operation}` };
  return { method: "POST", path: "/", query: new URLSearchParams(), headers, body };
}

function answerOf({ status, headers = {}, body }: EmulatorResponse): DirectAnswer {
  const text = body === undefined ? "" : typeof body === "string" ? body : JSON.stringify(body);
  return { kind: "answer", answer: { status, headers, body: text } };
}
