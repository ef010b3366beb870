import { FailureError } from "@cosell/connector";

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";

/**
 * The 18-character form of a Salesforce record id. Salesforce writes one id in two ways: 15 characters where case
 * counts, and 18 where the last three say which of the first 15 are capitals, so that case no longer counts (and a
 * spreadsheet may have lost it).
 *
 * @throws FailureError `invalid` for what is no id.
 */
export function canonicalId(id: string): string {
  if (/^[a-zA-Z0-9]{15}$/.test(id)) return id + checksum(id);
  if (/^[a-zA-Z0-9]{18}$/.test(id)) {
    const suffix = id.slice(15).toUpperCase();
    const restored = restoreCase(id.slice(0, 15), suffix);
    if (restored !== undefined) return restored + suffix;
  }
  throw new FailureError({
    kind: "invalid",
    message: "This is no Salesforce record id: one has 15 or 18 letters and digits. Copy it again from the record.",
    code: "MALFORMED_ID",
    issues: [{ message: "A record id of 15 or 18 letters and digits is wanted.", code: "MALFORMED_ID", target: "Id" }],
  });
}

/** Each of the three characters carries, for five characters of the id, one bit that says "capital". */
function checksum(id: string): string {
  return [0, 5, 10]
    .map((start) => {
      const bits = Array.from(id.slice(start, start + 5)).map((character, bit) =>
        /[A-Z]/.test(character) ? 1 << bit : 0,
      );
      return alphabet.charAt(bits.reduce((sum, bit) => sum + bit, 0));
    })
    .join("");
}

/** `undefined` when the suffix calls a digit a capital: then it belongs to another id. */
function restoreCase(id: string, suffix: string): string | undefined {
  const restored = Array.from(id, (character, index) => {
    const capital = (alphabet.indexOf(suffix.charAt(Math.floor(index / 5))) >> (index % 5)) & 1;
    return capital ? character.toUpperCase() : character.toLowerCase();
  }).join("");
  return checksum(restored) === suffix ? restored : undefined;
}
