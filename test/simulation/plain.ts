import type { JsonValue } from "@cosell/connector";

/** A value as a text for messages and comparisons; nothing as "". */
export function textOf(value: JsonValue | undefined): string {
  if (value === undefined || value === null) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** A value in the one form in which both sides can be compared: several values in order. */
export function plain(value: JsonValue | undefined): string {
  const items: readonly JsonValue[] = Array.isArray(value) ? (value as readonly JsonValue[]) : textOf(value).split(";");
  return items.map(textOf).sort().join(";");
}
