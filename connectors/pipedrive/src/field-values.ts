import { FailureError, type JsonObject, type JsonValue } from "@cosell/connector";
import type { Field } from "./fields.ts";

/** The value of a field in a record of Pipedrive, in the words of a mapping. What is absent is null. */
export function valueOf(field: Field, record: JsonObject): JsonValue {
  const stored = storedValue(field, record) ?? null;
  if (stored === null) return null;
  if (field.part === "primary") return primaryOf(stored);
  if (field.composite) return objectOf(stored)[field.part] ?? null;
  if (field.type === "id") return textOf(stored);
  if (!field.options) return stored;
  if (Array.isArray(stored)) {
    const labels = stored.map((id: JsonValue) => labelOf(field, id));
    return labels.length > 0 ? labels.join(";") : null;
  }
  return labelOf(field, stored);
}

/** A closed deal stands in its status: the stage in which it was closed says nothing any more. */
function storedValue({ custom, code, part }: Field, record: JsonObject): JsonValue | undefined {
  if (custom) return objectOf(record["custom_fields"])[code];
  const status = record["status"];
  return part === "standing" && (status === "won" || status === "lost") ? status : record[code];
}

/** An option that was deleted since has no label any more: its id is told, so that nothing vanishes. */
function labelOf({ options = [] }: Field, id: JsonValue): string {
  return options.find((option) => option.id === id)?.label ?? textOf(id);
}

function textOf(value: JsonValue): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

function primaryOf(stored: JsonValue): JsonValue {
  if (!Array.isArray(stored)) return null;
  const entries = stored.map(objectOf);
  const value = (entries.find(({ primary }) => primary === true) ?? entries[0])?.["value"] ?? null;
  return value === "" ? null : value;
}

function objectOf(value: JsonValue | undefined): JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
}

/**
 * A mapping's value as Pipedrive wants it: ids for labels, numbers as numbers (version 2 turns no text into one), an object
 * where the value has parts. Throws `invalid` for a label that is none of the field's options.
 */
export function sendable(field: Field, value: JsonValue, currency: string): JsonValue {
  if (value === null || value === "") return null;
  if (field.options) return optionIds(field, value);
  const plain = ofType(field, value);
  if (!field.composite) return plain;
  return field.type === "currency" ? { value: plain, currency } : { value: plain };
}

/** What makes a deal stand there, of what {@link sendable} gave: a stage is one of an open deal. */
export function standingMembers({ code }: Field, id: JsonValue): JsonObject {
  return typeof id === "string" ? { status: id } : { [code]: id, status: "open" };
}

function optionIds(field: Field, value: JsonValue): JsonValue {
  if (field.type !== "multipicklist") return optionId(field, value);
  const labels = Array.isArray(value) ? (value as readonly JsonValue[]) : textOf(value).split(";");
  const ids = labels.map((label) => optionId(field, typeof label === "string" ? label.trim() : label));
  // An empty list is refused: null clears.
  return ids.length > 0 ? ids : null;
}

function optionId({ name, options = [] }: Field, value: JsonValue): JsonValue {
  const id = options.find(({ label }) => label === value)?.id;
  if (id !== undefined) return id;
  const message = `${name} takes only its own options: add the option in Pipedrive or map the value to another.`;
  throw new FailureError({ kind: "invalid", message, issues: [{ message, target: name }] });
}

const numeric: ReadonlySet<string> = new Set(["integer", "decimal", "currency", "reference"]);

function ofType({ type }: Field, value: JsonValue): JsonValue {
  if (typeof value === "string" && numeric.has(type) && /^-?\d+(\.\d+)?$/.test(value)) return Number(value);
  if (typeof value === "string" && type === "boolean" && /^(true|false)$/.test(value)) return value === "true";
  const isText = type === "string" || type === "text" || type === "phone";
  return isText && (typeof value === "number" || typeof value === "boolean") ? String(value) : value;
}
