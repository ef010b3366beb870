import type { FieldValue } from "../document.ts";
import { SalesforceError, unreadable } from "../salesforce-error.ts";
import type { FieldDefinition } from "../schema/field.ts";
import { readDay, readInstant, writeInstant } from "./instant.ts";
import { canonicalId } from "./record-id.ts";

/**
 * The value that Salesforce stores for one that was sent: text trimmed, empty text as null, ids with 18 characters,
 * several choices in the picklist's order. Throws what Salesforce answers when the value does not fit the field.
 */
export function storedValue(field: FieldDefinition, sent: unknown): FieldValue {
  const value = typeof sent === "string" ? sent.trim() : sent;
  if (value === null || value === undefined || value === "") return field.type === "boolean" ? false : null;
  switch (field.type) {
    case "boolean":
      return toBoolean(field, value);
    case "currency":
    case "double":
    case "int":
      return toNumber(field, value);
    case "date":
      return (typeof value === "string" ? readDay(value) : undefined) ?? fail(field, "date");
    case "datetime": {
      const instant = typeof value === "string" ? readInstant(value) : Number.NaN;
      return Number.isNaN(instant) ? fail(field, "datetime") : writeInstant(instant);
    }
    case "id":
    case "reference": {
      const text = typeof value === "string" ? value : fail(field, "id");
      const id = canonicalId(text);
      if (id !== undefined) return id;
      throw new SalesforceError("MALFORMED_ID", `${field.label}: id value of incorrect type: ${text}`, {
        fields: [field.name],
      });
    }
    case "picklist":
      return oneOf(field, short(field, value));
    case "multipicklist":
      return severalOf(field, short(field, value));
    case "email":
      return email(field, short(field, value));
    case "string":
    case "textarea":
    case "phone":
    case "url":
      return short(field, value);
  }
}

function short(field: FieldDefinition, value: unknown): string {
  if (typeof value !== "string") return fail(field, "string");
  const length = field.length ?? 255;
  if (value.length <= length) return value;
  throw new SalesforceError(
    "STRING_TOO_LONG",
    `${field.label}: data value too large: ${value} (max length=${length})`,
    {
      fields: [field.name],
    },
  );
}

function toBoolean(field: FieldDefinition, value: unknown): boolean {
  if (value === true || value === "true") return true;
  return value === false || value === "false" ? false : fail(field, "boolean");
}

function toNumber(field: FieldDefinition, value: unknown): number {
  const number = typeof value === "string" ? Number(value) : value;
  if (typeof number !== "number" || !Number.isFinite(number)) return fail(field, field.type);
  if (Math.abs(number) >= 1e16) {
    throw new SalesforceError("NUMBER_OUTSIDE_VALID_RANGE", `${field.label}: value outside of valid range`, {
      fields: [field.name],
    });
  }
  const scale = field.type === "int" ? 1 : 100;
  return Math.round(number * scale) / scale;
}

function oneOf(field: FieldDefinition, value: string): string {
  if (field.restricted !== true || field.picklist?.includes(value) === true) return value;
  throw new SalesforceError(
    "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
    `${field.label}: bad value for restricted picklist field: ${value}`,
    { fields: [field.name] },
  );
}

function severalOf(field: FieldDefinition, value: string): string {
  const values = value
    .split(";")
    .map((one) => one.trim())
    .filter(Boolean);
  for (const one of values) oneOf(field, one);
  const order = field.picklist ?? [];
  const rank = (one: string): number => (order.includes(one) ? order.indexOf(one) : order.length);
  return [...new Set(values)].sort((left, right) => rank(left) - rank(right)).join(";");
}

function email(field: FieldDefinition, value: string): string {
  if (/^[^\s@,;]+@[^\s@,;]+\.[^\s@.,;]+$/.test(value)) return value;
  throw new SalesforceError("INVALID_EMAIL_ADDRESS", `${field.label}: invalid email address: ${value}`, {
    fields: [field.name],
  });
}

function fail(field: FieldDefinition, type: string): never {
  throw unreadable(
    `Cannot deserialize instance of ${type} from the value given for ${field.name} or request may be missing a required field`,
  );
}
