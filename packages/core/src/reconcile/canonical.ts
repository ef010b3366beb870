import type { JsonValue } from "@cosell/connector";
import Big from "big.js";
import { isObject } from "../json-path.ts";
import type { TargetField, TargetModel } from "../target.ts";

type Format = NonNullable<TargetField["format"]>;
type Fields = ReadonlyMap<string, TargetField>;

const decimalText = /^[+-]?\d{1,40}(\.\d{1,40})?$/;

const canonicalText: Record<Format, (text: string) => string> = {
  text: (text) => text.trim(),
  email: (text) => text.trim().toLowerCase(),
  date: (text) => text.trim().slice(0, 10),
  decimal: (text) => (decimalText.test(text.trim()) ? new Big(text.trim()).toFixed() : text.trim()),
  timestamp: (text) => {
    const time = Date.parse(text);
    return Number.isNaN(time) ? text.trim() : new Date(time).toISOString();
  },
};

/**
 * The one form in which two spellings of a value are equal: `""`, null, empty lists and empty structures are absent,
 * amounts are decimals, dates are days, e-mail is lower-case, lists have no order and no repeats.
 */
export function canonical(value: JsonValue | undefined, path: string, fields: Fields): JsonValue | undefined {
  if (value === undefined || value === null || value === "") return undefined;
  if (typeof value === "string") {
    const text = canonicalText[fields.get(path)?.format ?? "text"](value);
    return text === "" ? undefined : text;
  }
  if (typeof value === "number") return fields.get(path)?.format === "decimal" ? new Big(value).toFixed() : value;
  if (typeof value === "boolean") return value;
  if (!isObject(value)) return canonicalList(value, path, fields);
  const members = Object.keys(value)
    .sort()
    .flatMap((member): [string, JsonValue][] => {
      const item = canonical(value[member], `${path}.${member}`, fields);
      return item === undefined ? [] : [[member, item]];
    });
  return members.length === 0 ? undefined : Object.fromEntries(members);
}

function canonicalList(list: readonly JsonValue[], path: string, fields: Fields): JsonValue | undefined {
  const bySpelling = new Map<string, JsonValue>();
  for (const value of list) {
    const item = canonical(value, `${path}[]`, fields);
    if (item !== undefined) bySpelling.set(JSON.stringify(item), item);
  }
  if (bySpelling.size === 0) return undefined;
  return [...bySpelling.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, item]) => item);
}

/** Compares values of one path of the target in canonical form. */
export type SameValue = (path: string, a: JsonValue | undefined, b: JsonValue | undefined) => boolean;

/** Equality in the target's own formats. */
export function sameValueIn(target: TargetModel): SameValue {
  return (path, a, b) => {
    const fields = target.writable.has(path) ? target.writable : target.readable;
    return JSON.stringify(canonical(a, path, fields)) === JSON.stringify(canonical(b, path, fields));
  };
}

/** Are two values of a CRM field equal? CRMs give numbers where AWS gives decimal text, and null for empty. */
export function sameCrmValue(a: JsonValue | undefined, b: JsonValue | undefined): boolean {
  return JSON.stringify(crmCanonical(a)) === JSON.stringify(crmCanonical(b));
}

function crmCanonical(value: JsonValue | undefined): JsonValue | undefined {
  if (value === undefined || value === null || value === "") return undefined;
  if (typeof value === "number") return new Big(value).toFixed();
  if (typeof value === "string") return canonicalText.decimal(value).replace(/\r\n?/g, "\n");
  return value;
}
