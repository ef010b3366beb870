import type { EmulatorRequest } from "../kernel/index.ts";
import { commonError, type Refusal } from "./refusal.ts";
import { instantOf, signatureOf } from "./sigv4.ts";

/** Who may call, and as whom. Both APIs have the same. */
export interface Access {
  /** Access key ids and the partner accounts (12 digits) that they belong to. */
  readonly accounts: Readonly<Record<string, string>>;
  /** The account of unsigned calls, and of key ids that `accounts` does not list. */
  readonly defaultAccount: string;
  /** What a key id that `accounts` does not list gets. */
  readonly unlistedKeys: "default-account" | "refuse";
  /** Where a call without a signature is taken: nowhere, on `POST /<Operation>` (curl), everywhere. */
  readonly unsigned: "never" | "plain" | "always";
  /** Secret keys by access key id: the signature of a call with such an id is verified, of others it is not. */
  readonly secretKeys: Readonly<Record<string, string>>;
}

const form =
  /^AWS4-HMAC-SHA256 Credential=([^/,\s]+)\/(\d{8})\/([^/,]+)\/([^/,]+)\/aws4_request, ?SignedHeaders=([^,\s]+), ?Signature=([0-9a-f]{64})$/;

/** How far AWS lets a client's clock be off. */
const mostSkewMs = 5 * 60 * 1000;

/** What AWS says to a call whose time (`x-amz-date`) is not its own. */
export function skewed(time: string | undefined, now: Date): Refusal {
  const here = now.toISOString().replaceAll(/[-:]|\.\d+/g, "");
  const isLate = instantOf(time) > now.getTime();
  const message = `Signature ${isLate ? "not yet current" : "expired"}: ${time ?? "no time"} is more than 5 min. off ${here}.`;
  return commonError("InvalidSignatureException", 403, message);
}

/**
 * Whose call it is. The form of the SigV4 header and its scope are checked; the signature itself where the settings know the
 * secret key. Throws the errors that AWS gives for credentials.
 * @param options.plain the call is a `POST /<Operation>`
 * @param options.signingName the service that the credential must be scoped to
 */
export function accountOf(
  request: EmulatorRequest,
  access: Access,
  { plain, signingName }: { readonly plain: boolean; readonly signingName: string },
): string {
  const header = request.headers.authorization;
  if (header === undefined) {
    if (access.unsigned === "always" || (plain && access.unsigned === "plain")) return access.defaultAccount;
    throw commonError(
      "UnrecognizedClientException",
      403,
      "The request carries no Authorization header. Sign it with SigV4.",
    );
  }
  const [, keyId = "", day = "", region, service, signedHeaders = "", signature] = form.exec(header) ?? [];
  if (keyId === "") {
    throw commonError(
      "IncompleteSignatureException",
      400,
      "The Authorization header is not of the form AWS4-HMAC-SHA256 Credential=…, SignedHeaders=…, Signature=….",
    );
  }
  if (region !== "us-east-1" || service !== signingName) {
    throw commonError(
      "InvalidSignatureException",
      403,
      `The credential must be scoped to region us-east-1 and service ${signingName}.`,
    );
  }
  const secret = Object.hasOwn(access.secretKeys, keyId) ? access.secretKeys[keyId] : undefined;
  if (secret !== undefined) {
    const time = request.headers["x-amz-date"];
    const now = new Date();
    if (Math.abs(instantOf(time) - now.getTime()) > mostSkewMs) throw skewed(time, now);
    const names = signedHeaders.split(";");
    if (signatureOf(request, { secret, day, region, service, names }) !== signature) {
      throw commonError(
        "InvalidSignatureException",
        403,
        "The request signature does not match the one that the emulator calculated. Check the secret key and how it is signed.",
      );
    }
  }
  const account = Object.hasOwn(access.accounts, keyId) ? access.accounts[keyId] : undefined;
  if (account !== undefined) return account;
  if (access.unlistedKeys === "default-account") return access.defaultAccount;
  throw commonError(
    "UnrecognizedClientException",
    403,
    "The access key id is not known. List it in the emulator's setting partnerCentralSelling.accounts.",
  );
}
