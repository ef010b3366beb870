import { FailureError, type ServerTime } from "@cosell/connector";
import { Request } from "@hubspot/api-client/lib/src/services/http/Request.js";
import { networkFailure } from "./network-failure.ts";

/** One HTTP call of HubSpot's API. */
export interface HttpCall {
  readonly method: "GET" | "POST" | "PATCH";
  readonly path: string;
  /** Sent as JSON; a form as a form. */
  readonly body?: object | URLSearchParams;
  readonly accessToken?: string;
  /** Changes something: a lost answer is an unknown outcome then. Searches and batch reads are POSTs and change nothing. */
  readonly writes: boolean;
}

/** A whole answer. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

export type Transport = (call: HttpCall) => Promise<HttpAnswer>;

/** Where calls go, and when they end. */
export interface TransportOptions {
  readonly baseUrl: string;
  /** From the first byte sent to the last byte read. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal | undefined;
  /** Hears the time that HubSpot's answers tell. */
  readonly time: ServerTime;
}

/** What fetches a file; its storage is not HubSpot, and has a time of its own. */
export type DownloadOptions = Omit<TransportOptions, "baseUrl" | "time">;

/**
 * Sends what HubSpot's client makes (address, authentication, user agent) over `fetch`. The client's own way of sending,
 * of its typed methods and of `apiRequest` alike, goes through retries and a limiter that are one for the whole process,
 * whichever client set them last: with several portals they disturb each other, and a create that was answered with 500
 * is sent again. It has no time-out and cannot be aborted either. Here one call is one request: it ends within
 * `timeoutMs`, whole or as a failure, and only the engine repeats it.
 */
export function createTransport(options: TransportOptions): Transport {
  return async ({ method, path, body, accessToken, writes }) => {
    const isForm = body instanceof URLSearchParams;
    const request = new Request(
      { basePath: options.baseUrl, ...(accessToken !== undefined && { accessToken }) },
      {
        ...{ method, path },
        ...(body && { body: isForm ? body.toString() : body }),
        ...(isForm && { defaultJson: false, headers: { "Content-Type": "application/x-www-form-urlencoded" } }),
      },
    );
    const answer = await send(request.getUrl(), request.getSendData(), writes, options);
    if (answer.status < 500) options.time.hear(answer.headers.get("date"));
    return answer;
  };
}

/** Fetches a file from wherever HubSpot has put it. Its address is the key to it: no token goes along, and nobody logs it. */
export function download(address: string, options: DownloadOptions): Promise<HttpAnswer> {
  return send(address, {}, false, options);
}

async function send(
  url: string | URL,
  request: RequestInit,
  writes: boolean,
  { timeoutMs, signal }: DownloadOptions,
): Promise<HttpAnswer> {
  if (signal?.aborted) throw new FailureError({ kind: "aborted", message: "The call to HubSpot was ended by Cosell." });
  const timeout = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(url, {
      ...request,
      // A redirected write would arrive as a read.
      redirect: "manual",
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    });
    return { status: response.status, headers: response.headers, body: await response.text() };
  } catch (error) {
    const failure = networkFailure(abortReason(error, signal), { write: writes });
    throw failure ? new FailureError(failure, { cause: error }) : error;
  }
}

/** An abort by the caller may carry any reason; to us it is an abort. */
function abortReason(error: unknown, signal: AbortSignal | undefined): unknown {
  return signal?.aborted && error === signal.reason ? new DOMException("aborted", "AbortError") : error;
}
