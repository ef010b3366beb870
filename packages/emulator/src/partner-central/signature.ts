import type { EmulatorRequest } from "../kernel/index.ts";
import { commonError } from "./refusal.ts";
import type { PartnerCentralSettings } from "./settings.ts";

const form =
  /^AWS4-HMAC-SHA256 Credential=([^/,\s]+)\/(\d{8})\/([^/,]+)\/([^/,]+)\/aws4_request, ?SignedHeaders=[^,\s]+, ?Signature=[0-9a-f]{64}$/;

/**
 * Whose call it is. The form of the SigV4 header and its scope are checked; the signature itself is not, since the emulator
 * knows no secret keys. Throws the errors that AWS gives for credentials.
 */
export function accountOf(request: EmulatorRequest, plain: boolean, settings: PartnerCentralSettings): string {
  const header = request.headers.authorization;
  if (header === undefined) {
    if (settings.unsigned === "always" || (plain && settings.unsigned === "plain")) return settings.defaultAccount;
    throw commonError(
      "UnrecognizedClientException",
      403,
      "The request carries no Authorization header. Sign it with SigV4.",
    );
  }
  const [, keyId = "", , region, service] = form.exec(header) ?? [];
  if (keyId === "") {
    throw commonError(
      "IncompleteSignatureException",
      400,
      "The Authorization header is not of the form AWS4-HMAC-SHA256 Credential=…, SignedHeaders=…, Signature=….",
    );
  }
  if (region !== "us-east-1" || service !== "partnercentral-selling") {
    throw commonError(
      "InvalidSignatureException",
      403,
      "The credential must be scoped to region us-east-1 and service partnercentral-selling.",
    );
  }
  const account = settings.accounts[keyId];
  if (account !== undefined) return account;
  if (settings.unlistedKeys === "default-account") return settings.defaultAccount;
  throw commonError(
    "UnrecognizedClientException",
    403,
    "The access key id is not known. List it in the emulator's setting partnerCentral.accounts.",
  );
}
