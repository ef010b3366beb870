import type { FaultRule } from "./faults.ts";

/** One HTTP request, read to its end. */
export interface EmulatorRequest {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Aborts when the client goes away before it is answered: who waits for something need not wait on. */
  readonly gone?: AbortSignal;
}

/** The answer to one request. */
export interface EmulatorResponse {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** An object is sent as JSON, text as it is; absent: an empty body. */
  readonly body?: string | object;
  /** Whose call it was, for the request log. */
  readonly account?: string;
}

/** What a server is asked to say when a fault makes it refuse a call before doing anything. */
export type RefusalKind = "throttle" | "server-error" | "expired-token";

/** What is wrong with a body that no server looks into: more bytes, or deeper nesting, than it takes. */
export type BodyProblem = "too-large" | "too-deep";

/** One emulated service, without its socket: the host adds HTTP, faults and the request log. */
export interface EmulatorServer {
  /** As fault rules, the request log and the admin face name it: `partnerCentralSelling`, `salesforce`. */
  readonly name: string;
  /** What the request asks for, by a name that fault rules use, before anything is done. Never throws. */
  operationOf(request: EmulatorRequest): string;
  handle(request: EmulatorRequest): EmulatorResponse | Promise<EmulatorResponse>;
  /** Whether a call changes nothing, so that a fault can answer it with what was true before. @defaultValue every GET */
  isRead?(request: EmulatorRequest): boolean;
  /** The error for a call whose time is not the server's. Absent: no such error, only the answer's `Date` is off. */
  refuseSkewed?(request: EmulatorRequest, now: Date): EmulatorResponse;
  /** The error body that this service gives for such a refusal. */
  refuse(kind: RefusalKind, rule: FaultRule, request: EmulatorRequest): EmulatorResponse;
  /** The error that this service gives for such a body. @defaultValue a JSON message with status 413 or 400 */
  refuseBody?(problem: BodyProblem, request: EmulatorRequest): EmulatorResponse;
  /** The largest body that it takes, in bytes. @defaultValue 8 MiB */
  readonly mostBytes?: number;
  /** The time that its answers tell in `Date`, milliseconds since 1970. @defaultValue the machine's */
  now?(): number;
  /** What the service's published model does not allow in an answer. Absent: the service has no such model. */
  problemsOf?(operation: string, response: EmulatorResponse): readonly string[];
}

/** What the host tells a library user about each call. */
export interface RequestEvent {
  readonly server: string;
  readonly operation: string;
  /** `received`: nothing done yet. `handled`: committed, the answer not sent yet. */
  readonly phase: "received" | "handled";
}

/** Hooks of the library (not of the command): a test can kill a client at an exact point. Awaited. */
export interface EmulatorHooks {
  onRequest?(event: RequestEvent): void | Promise<void>;
}
