import type { Failure } from "./failure.ts";

/** Connections that were never made: nothing was sent. */
const neverSent = /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ENETDOWN|UND_ERR_CONNECT_TIMEOUT)$/;

/** Nor here: the other side could not prove that it is the CRM. */
const notTrusted = /CERT|SELF_SIGNED|^ERR_TLS_/;

/** Connections that ended before the whole answer was there. */
const cutOff =
  /^(ECONNRESET|EPIPE|ETIMEDOUT|UND_ERR_SOCKET|UND_ERR_BODY_TIMEOUT|UND_ERR_HEADERS_TIMEOUT|UND_ERR_RES_CONTENT_LENGTH_MISMATCH|HPE_\w+)$/;

/** Whose network it is, as people know it. */
export interface NetworkOf {
  /** `Salesforce`. */
  readonly crm: string;
  /** The member of the configuration that holds its address: `instanceUrl`. */
  readonly address: string;
}

/** What goes wrong between a connector and its CRM. */
export interface NetworkFailures {
  /**
   * What an error of the network means; `undefined` for an error that is none. A read may be asked again; a write whose
   * answer was lost may have happened.
   */
  readonly networkFailure: (error: unknown, call: { readonly write: boolean }) => Failure | undefined;
  /** The failure of a write that the CRM may or may not have done. */
  readonly lostWrite: (detail?: { readonly code?: string }) => Failure;
}

/** Reads the errors of `fetch`, Node's sockets and abort signals, the same for every connector that calls over HTTP. */
export function networkFailures({ crm, address }: NetworkOf): NetworkFailures {
  const lostWrite = (detail: { readonly code?: string } = {}): Failure => ({
    kind: "unknown-outcome",
    message: `${crm}'s answer to a write was lost: it may have happened. Read the records before writing again.`,
    ...detail,
  });
  return {
    lostWrite,
    networkFailure(error, { write }) {
      const { name, code, ofFetch } = networkErrorOf(error);
      const detail = code === undefined ? {} : { code };
      const transient = (message: string): Failure => ({ kind: "transient", message, ...detail });
      if (code !== undefined && neverSent.test(code))
        return transient(`${crm} cannot be reached: check the network and ${address}.`);
      if (code !== undefined && notTrusted.test(code)) {
        const message = `The server's certificate is not trusted (${code}): check ${address} and, behind a proxy, NODE_EXTRA_CA_CERTS.`;
        return { kind: "config", message, ...detail };
      }
      const broken = ofFetch || (code !== undefined && cutOff.test(code));
      const ended = name === "AbortError" || name === "TimeoutError";
      if (write && (broken || ended)) return lostWrite(detail);
      if (name === "AbortError") return { kind: "aborted", message: `The call to ${crm} was ended by Cosell.` };
      if (name === "TimeoutError")
        return { kind: "transient", message: `${crm} did not answer in time (timeoutSeconds).` };
      return broken ? transient(`The connection to ${crm} broke before the answer was complete.`) : undefined;
    },
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
