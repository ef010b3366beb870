import { type Failure, FailureError, failureOf, type JsonObject } from "@cosell/connector";
import { operationOf } from "../model/operations.ts";
import type { ServiceName } from "../model/services.ts";
import { pagesOf } from "../pages.ts";
import type { PollWait, StepRecord, WorkflowStep, WorkflowSurroundings, WorkflowWrite } from "./workflow.ts";

type Call = Extract<StepRecord, { readonly call: unknown }>["call"];

/** What the calls of one step work with. */
interface StepCallsOptions {
  readonly surroundings: WorkflowSurroundings;
  /** The write of an earlier run whose outcome is not known. */
  readonly pending: Call | undefined;
  /** Stores the write before it is sent; `undefined` when it is known to have done nothing. */
  readonly keepCall: (call: Call | undefined) => Promise<void>;
  readonly onWait: (why: string, milliseconds: number) => void;
  readonly newToken: () => string;
}

/** How often a body with an optimistic lock is found out anew: more often somebody is at work there, and a person looks. */
const mostConflicts = 3;
const slowestRetryMs = 30_000;

/** The calls that one step may make. */
export function createStepCalls(options: StepCallsOptions): WorkflowStep {
  const { surroundings, keepCall, onWait, newToken } = options;
  const { clock, signal, tries = 5 } = surroundings;
  let { pending } = options;
  /** A try of the write may have taken effect without our knowing. */
  let uncertain = pending !== undefined;
  let written = false;

  async function pause(why: string, milliseconds: number): Promise<void> {
    onWait(why, milliseconds);
    try {
      await clock.sleep(milliseconds, signal);
    } catch (error) {
      if (failureOf(error) !== undefined) throw error;
      throw new FailureError({ kind: "aborted", message: "Stopped on request; what was done so far is stored." });
    }
  }

  /** A call that is the same call when it is repeated: a read, or a write with its stored body. */
  async function send(service: ServiceName, operation: string, body: JsonObject): Promise<JsonObject> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await surroundings[service].call(operation, body, signal === undefined ? {} : { signal });
      } catch (error) {
        const failure = failureOf(error);
        if (failure?.kind === "unknown-outcome") uncertain = true;
        const wait = waitAfter(failure, attempt);
        if (wait === undefined || attempt >= tries || signal?.aborted === true) throw error;
        await pause(wait.why, wait.milliseconds);
      }
    }
  }

  async function write(call: WorkflowWrite, conflicts: number): Promise<JsonObject> {
    const { operation, service = "selling", tookEffect, locked = false } = call;
    if (pending === undefined) {
      const input = typeof call.input === "function" ? await call.input() : call.input;
      const body = { ...input, ...(takesToken(operation, service) && { ClientToken: newToken() }) };
      await keepCall({ operation, body });
      pending = { operation, body };
    }
    try {
      return await send(service, operation, pending.body);
    } catch (error) {
      const kind = failureOf(error)?.kind;
      if (kind !== "invalid" && kind !== "missing" && kind !== "conflict") throw error;
      const effect = await tookEffect?.();
      if (effect !== undefined) return effect;
      // A conflict about a token that an earlier try used says nothing of what that try did: it stays the same call.
      if (kind === "conflict" && uncertain && "ClientToken" in pending.body) throw error;
      // AWS did nothing: the next try is another call, with a token and a body of its own.
      await keepCall(undefined);
      pending = undefined;
      uncertain = false;
      if (locked && kind === "conflict" && conflicts < mostConflicts) return write(call, conflicts + 1);
      throw error;
    }
  }

  return {
    read: (operation, input = {}, service = "selling") => send(service, operation, input),
    async readAll(operation, input = {}, service = "selling") {
      const items: JsonObject[] = [];
      for await (const page of pagesOf(operation, input, (body) => send(service, operation, body), service)) {
        items.push(...(page as readonly JsonObject[]));
      }
      return items;
    },
    async write(call) {
      if (written) throw new FailureError({ kind: "bug", message: "A step of a workflow makes one write only." });
      written = true;
      return write(call, 0);
    },
    async poll<Result>(
      look: () => Promise<Result | undefined>,
      { why, firstMs, slowestMs, patienceMs = Number.POSITIVE_INFINITY }: PollWait,
    ): Promise<Result | undefined> {
      const deadline = clock.now() + patienceMs;
      for (let wait = firstMs; ; wait = Math.min(wait * 2, slowestMs)) {
        const result = await look();
        if (result !== undefined || clock.now() >= deadline) return result;
        await pause(why, wait);
      }
    },
  };
}

/** Whether AWS takes a ClientToken: a repeated call with the same one is the same call. */
function takesToken(operation: string, service: ServiceName): boolean {
  return operationOf(operation, service)?.input.some(({ path }) => path === "ClientToken") === true;
}

/** How long to wait before the same call is made again; `undefined`: not at all. */
function waitAfter(
  failure: Failure | undefined,
  attempt: number,
): { readonly why: string; readonly milliseconds: number } | undefined {
  const backoff = Math.min(1000 * 2 ** (attempt - 1), slowestRetryMs);
  switch (failure?.kind) {
    case "throttled":
      return { why: "AWS asks for slower calls", milliseconds: failure.retryAfterMs ?? backoff };
    case "transient":
      return { why: "AWS failed before it did anything; the call is made again", milliseconds: backoff };
    case "unknown-outcome":
      return { why: "AWS's answer was lost; the same call is made again", milliseconds: backoff };
    default:
      return undefined;
  }
}
