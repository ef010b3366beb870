import { SalesforceError } from "../salesforce-error.ts";

const digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const checksumAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";
/** The part of an id that names the org's server. */
const instance = "5g0";

/** The 18-character id of an object's `number`th record. @param keyPrefix three characters, such as `006` */
export function recordId(keyPrefix: string, number: number): string {
  let rest = number;
  let tail = "";
  for (let index = 0; index < 9; index += 1) {
    tail = digits.charAt(rest % 62) + tail;
    rest = Math.floor(rest / 62);
  }
  return withChecksum(keyPrefix + instance + tail);
}

/** Adds the three characters that make a 15-character id safe where case is lost. */
function withChecksum(id: string): string {
  const checksum = [0, 5, 10].map((start) => {
    const upperCase = [0, 1, 2, 3, 4].filter((index) => /[A-Z]/.test(id.charAt(start + index)));
    return checksumAlphabet.charAt(upperCase.reduce((sum, index) => sum + (1 << index), 0));
  });
  return id + checksum.join("");
}

/** The 18-character form of an id of 15 or 18 characters; `undefined` for what is no id. */
export function canonicalId(id: string): string | undefined {
  if (/^[0-9A-Za-z]{15}$/.test(id)) return withChecksum(id);
  if (!/^[0-9A-Za-z]{15}[A-Z0-5]{3}$/.test(id)) return undefined;
  return withChecksum(id.slice(0, 15)) === id ? id : undefined;
}

/** As {@link canonicalId}, for the id of a given kind of record. Throws `MALFORMED_ID`. */
export function idOf(keyPrefix: string, label: string, id: string): string {
  const canonical = canonicalId(id);
  if (canonical?.startsWith(keyPrefix) !== true) {
    throw new SalesforceError("MALFORMED_ID", `${label}: id value of incorrect type: ${id}`, { fields: [label] });
  }
  return canonical;
}
