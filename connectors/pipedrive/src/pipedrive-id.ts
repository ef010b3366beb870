import { FailureError } from "@cosell/connector";

/**
 * The canonical form of a Pipedrive record id: a whole number, without zeros in front.
 *
 * @throws FailureError `invalid` for what is no id.
 */
export function canonicalId(id: string): string {
  const digits = /^0*([1-9]\d{0,14})$/.exec(id.trim())?.[1];
  if (digits !== undefined) return digits;
  const message = "This is no Pipedrive record id: one is a whole number, as in the record's address.";
  throw new FailureError({ kind: "invalid", message, issues: [{ message, target: "id" }] });
}
