import type { Failure } from "@cosell/connector";

/** Connections that were never made: nothing was sent. */
const neverSent = /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ENETDOWN|UND_ERR_CONNECT_TIMEOUT)$/;

/** Nor here: the other side could not prove that it is Salesforce. */
const notTrusted = /CERT|SELF_SIGNED|^ERR_TLS_/;

/** Connections that ended before the whole answer was there. */
const cutOff =
  /^(ECONNRESET|EPIPE|ETIMEDOUT|UND_ERR_SOCKET|UND_ERR_BODY_TIMEOUT|UND_ERR_HEADERS_TIMEOUT|UND_ERR_RES_CONTENT_LENGTH_MISMATCH|HPE_\w+)$/;

/**
 * What an error of the network means; `undefined` for an error that is none. A read may be asked again; a write whose
 * answer was lost may have happened.
 */
export function networkFailure(error: unknown, { write }: { readonly write: boolean }): Failure | undefined {
  const { name, code, ofFetch } = networkErrorOf(error);
  const detail = code === undefined ? {} : { code };
  if (code !== undefined && neverSent.test(code))
    return {
      kind: "transient",
      message: "Salesforce cannot be reached: check the network and instanceUrl.",
      ...detail,
    };
  if (code !== undefined && notTrusted.test(code))
    return {
      kind: "config",
      message: `The server's certificate is not trusted (${code}): check instanceUrl and, behind a proxy, NODE_EXTRA_CA_CERTS.`,
      ...detail,
    };
  const broken = ofFetch || (code !== undefined && cutOff.test(code));
  const ended = name === "AbortError" || name === "TimeoutError";
  if (write && (broken || ended)) return lostWrite(detail);
  if (name === "AbortError") return { kind: "aborted", message: "The call to Salesforce was ended by Cosell." };
  if (name === "TimeoutError")
    return { kind: "transient", message: "Salesforce did not answer in time (timeoutSeconds)." };
  if (broken)
    return {
      kind: "transient",
      message: "The connection to Salesforce broke before the answer was complete.",
      ...detail,
    };
  return undefined;
}

/** The failure of a write that Salesforce may or may not have done. */
export function lostWrite(detail: { readonly code?: string } = {}): Failure {
  return {
    kind: "unknown-outcome",
    message: "Salesforce's answer to a write was lost: it may have happened. Read the records before writing again.",
    ...detail,
  };
}

interface NetworkError {
  readonly name: string | undefined;
  /** `fetch` hides the socket's code in `cause`. */
  readonly code: string | undefined;
  /** Thrown by `fetch` itself, whatever lies behind it. */
  readonly ofFetch: boolean;
}

function networkErrorOf(error: unknown): NetworkError {
  if (typeof error !== "object" || error === null) return { name: undefined, code: undefined, ofFetch: false };
  const { name, code, message, cause } = error as Readonly<Record<string, unknown>>;
  const hidden = typeof cause === "object" && cause !== null && "code" in cause ? cause.code : undefined;
  return {
    name: typeof name === "string" ? name : undefined,
    code: [hidden, code].find((candidate) => typeof candidate === "string"),
    ofFetch: name === "TypeError" && (message === "fetch failed" || message === "terminated"),
  };
}
