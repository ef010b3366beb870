import { createHmac } from "node:crypto";

/** What a webhook's signature covers. */
export interface Signed {
  readonly method: string;
  readonly url: string;
  readonly body: string;
  /** Milliseconds since 1970. */
  readonly timestamp: number;
}

/** Characters that HubSpot decodes in the address before it signs (HubSpot, "Validating requests", v3). */
const decodedCharacters = /%(3A|2F|3F|40|21|24|27|28|29|2A|2C|3B)/gi;

/** HubSpot's signature, version 3. */
export function signatureOf({ method, url, body, timestamp }: Signed, clientSecret: string): string {
  const uri = url.replace(decodedCharacters, (escape) => decodeURIComponent(escape));
  return createHmac("sha256", clientSecret).update(`${method}${uri}${body}${timestamp}`).digest("base64");
}
