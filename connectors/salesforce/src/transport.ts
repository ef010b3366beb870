import { PassThrough } from "node:stream";
import { FailureError, type ServerTime } from "@cosell/connector";
import type { HttpRequest, HttpResponse } from "@jsforce/jsforce-node";
import { lostWrite, networkFailure } from "./network-failure.ts";

/** How a call reaches Salesforce. jsforce takes it in place of its own. */
export interface Transport {
  /** jsforce asks for a stream too; nobody reads it. */
  httpRequest(request: HttpRequest): Promise<HttpResponse> & { stream: () => PassThrough };
}

/**
 * Carries jsforce's calls over `fetch`. jsforce's own transport repeats reads up to five times, waits up to 30 minutes
 * for the first byte and for ever for the rest, cannot be aborted, and ends the process when an answer breaks off
 * (an unheard `error` event). Here one call is one request: it ends within `timeoutMs`, whole or as a failure, and
 * only the engine repeats it. Redirects are not followed, since a redirected write would arrive as a read.
 */
export function createTransport(options: {
  /** From the first byte sent to the last byte read. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal | undefined;
  /** Hears the time that Salesforce's answers tell. */
  readonly time: ServerTime;
}): Transport {
  return {
    httpRequest: (request) => Object.assign(exchange(request, options), { stream: () => new PassThrough() }),
  };
}

/** One request and its whole answer. */
async function exchange(
  { url, method, headers, body }: HttpRequest,
  { timeoutMs, signal, time }: Parameters<typeof createTransport>[0],
): Promise<HttpResponse> {
  if (signal?.aborted)
    throw new FailureError({ kind: "aborted", message: "The call to Salesforce was ended by Cosell." });
  const write = method !== "GET";
  const timeout = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(url, {
      method,
      ...(headers && { headers }),
      ...(typeof body === "string" && { body }),
      redirect: "manual",
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    });
    if (response.status < 500) time.hear(response.headers.get("date"));
    const answer = {
      statusCode: response.status,
      headers: Object.fromEntries(response.headers),
      body: await response.text(),
    };
    refuse(answer, write);
    return answer;
  } catch (error) {
    const failure = networkFailure(abortReason(error, signal), { write });
    throw failure ? new FailureError(failure, { cause: error }) : error;
  }
}

/** Answers that say nothing in Salesforce's own language, whatever their body is. */
function refuse({ statusCode, headers }: HttpResponse, write: boolean): void {
  if (statusCode > 300 && statusCode < 400)
    throw new FailureError({
      kind: "config",
      message: `Salesforce answers with a redirect (${statusCode}): instanceUrl or loginUrl is no longer the org's address. Write the one under Setup, My Domain.`,
      code: `ERROR_HTTP_${statusCode}`,
    });
  if (statusCode === 420 || statusCode === 429 || statusCode === 406) {
    const seconds = Number(headers["retry-after"] ?? Number.NaN);
    throw new FailureError({
      kind: "throttled",
      message: "Salesforce asks for a pause.",
      code: `ERROR_HTTP_${statusCode}`,
      ...(Number.isFinite(seconds) && { retryAfterMs: seconds * 1000 }),
    });
  }
  // A gateway answers with an html page; and also behind a proper error of the server a write may have been committed.
  if (statusCode >= 500) {
    const code = `ERROR_HTTP_${statusCode}`;
    throw new FailureError(
      write
        ? lostWrite({ code })
        : { kind: "transient", message: `Salesforce is not available (${statusCode}).`, code },
    );
  }
}

/** An abort by the caller may carry any reason; to us it is an abort. */
function abortReason(error: unknown, signal: AbortSignal | undefined): unknown {
  return signal?.aborted && error === signal.reason ? new DOMException("aborted", "AbortError") : error;
}
