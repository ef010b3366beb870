import { FailureError } from "@cosell/connector";

/**
 * The canonical form of a HubSpot record id: decimal digits without leading zeros. Ids are texts for ever: they pass 2^53,
 * where numbers lose their last digits.
 *
 * @throws FailureError `invalid` for what is no id.
 */
export function canonicalId(id: string): string {
  if (/^[1-9]\d{0,18}$/.test(id)) return id;
  throw new FailureError({
    kind: "invalid",
    message: "This is no HubSpot record id: one is a number such as 9000000001. Copy it again from the record.",
    code: "MALFORMED_ID",
    issues: [{ message: "A record id of digits is wanted.", code: "MALFORMED_ID", target: "hs_object_id" }],
  });
}

/** Whether a text is an id; for values that may be anything. */
export const isId = (text: string): boolean => /^[1-9]\d{0,18}$/.test(text);

/** Orders ids as the numbers that they are. */
export function compareIds(one: string, other: string): number {
  if (one.length !== other.length) return one.length - other.length;
  return one < other ? -1 : one > other ? 1 : 0;
}

/**
 * Reads JSON; an integer beyond 2^53 comes as its digits, as text. HubSpot writes ids as JSON numbers in some answers and
 * in all webhooks. Throws a SyntaxError.
 */
export function parseKeepingIds(text: string): unknown {
  return (JSON.parse as ParseWithSource)(text, (_, value, { source }) =>
    typeof value === "number" && !Number.isSafeInteger(value) && source !== undefined && /^-?\d+$/.test(source)
      ? source
      : value,
  );
}

/** JSON.parse as Node has it since 21 (TC39, "JSON.parse source text access"); TypeScript does not know it yet. */
type ParseWithSource = (
  text: string,
  reviver: (key: string, value: unknown, context: { readonly source?: string }) => unknown,
) => unknown;
