import { FailureError } from "@cosell/connector";
import { complaintIn, failureOfComplaint } from "./classify.ts";
import { lostWrite, networkFailure } from "./network-failure.ts";
import { tooManyCalls } from "./quota.ts";

/** One request. */
export interface HttpRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** A whole answer of Pipedrive's: always JSON. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: object;
}

export interface TransportOptions {
  /** From the first byte sent to the last byte read. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  readonly now: () => number;
  /** Hears every answer's headers, those of refusals too. */
  readonly heard: (headers: Headers, status: number) => void;
}

export type Transport = (request: HttpRequest) => Promise<HttpAnswer>;

/**
 * Carries calls over `fetch`. One call is one request: it ends within `timeoutMs`, whole or as a failure, and only the
 * engine repeats it. Redirects are not followed, since a redirected write would arrive as a read.
 */
export function createTransport(options: TransportOptions): Transport {
  const { timeoutMs, signal } = options;
  return async ({ method, url, headers, body }) => {
    const write = method !== "GET";
    try {
      signal.throwIfAborted();
      const response = await fetch(url, {
        ...{ method, headers, redirect: "manual" },
        ...(body !== undefined && { body }),
        signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
      });
      options.heard(response.headers, response.status);
      const answer = { status: response.status, headers: response.headers, body: jsonOf(await response.text()) };
      return judged(answer, write, options.now());
    } catch (error) {
      if (signal.aborted && (error === signal.reason || isAbort(error))) throw new FailureError(ended);
      const failure = networkFailure(error, { write });
      throw failure ? new FailureError(failure, { cause: error }) : error;
    }
  };
}

const ended = { kind: "aborted", message: "The call to Pipedrive was ended by Cosell." } as const;

/** The answer, if it is one of Pipedrive's and no refusal. */
function judged(
  { status, headers, body }: Omit<HttpAnswer, "body"> & { readonly body: object | undefined },
  write: boolean,
  now: number,
): HttpAnswer {
  const code = `ERROR_HTTP_${status}`;
  if (status === 429) throw new FailureError(tooManyCalls(headers, now));
  if (status > 300 && status < 400)
    throw new FailureError({
      kind: "config",
      message: `Pipedrive answers with a redirect (${status}): instanceUrl is not the company's address. Write the one that the browser shows.`,
      code,
    });
  // A gateway answers with an html page; and also behind a proper error of the server a write may have been committed.
  if (status >= 500)
    throw new FailureError(
      write ? lostWrite({ code }) : { kind: "transient", message: `Pipedrive is not available (${status}).`, code },
    );
  if (body === undefined) throw new FailureError(notPipedrive(status, write));
  const complaint = complaintIn(body, status < 300 ? undefined : status);
  if (complaint) throw new FailureError(failureOfComplaint(complaint));
  if (status >= 300) throw new FailureError(failureOfComplaint({ status, text: "", code: "" }));
  return { status, headers, body };
}

/** An answer that is no JSON: a proxy's page, or Pipedrive's wall against clients that did not heed 429. */
function notPipedrive(status: number, write: boolean): ConstructorParameters<typeof FailureError>[0] {
  const code = `ERROR_HTTP_${status}`;
  if (status === 403)
    return {
      kind: "throttled",
      message: "Pipedrive's gateway shuts this client out for a while, as it does after too many calls.",
      code,
      retryAfterMs: 10 * 60_000,
    };
  if (status < 300 && write) return lostWrite({ code });
  return {
    kind: "config",
    message: "What answers at instanceUrl is not Pipedrive: check the address and any proxy in between.",
    code,
  };
}

function isAbort(error: unknown): boolean {
  return typeof error === "object" && error !== null && "name" in error && error.name === "AbortError";
}

function jsonOf(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
