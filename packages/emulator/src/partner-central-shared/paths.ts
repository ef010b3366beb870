import { canonicalJson, isJsonObject, type JsonObject, type JsonValue } from "../kernel/index.ts";

/** The value at `Customer.Account.Address.City`; null when there is none. */
export function valueAt(object: JsonObject, path: string): JsonValue {
  let value: JsonValue = object;
  for (const member of path.split(".")) value = isJsonObject(value) ? (value[member] ?? null) : null;
  return value;
}

/** The text at a path; undefined for anything else. */
export function textAt(object: JsonObject, path: string): string | undefined {
  const value = valueAt(object, path);
  return typeof value === "string" ? value : undefined;
}

/** A copy with another value at the path; structures on the way are made. */
export function withValue(object: JsonObject, path: string, value: JsonValue): JsonObject {
  const [member = "", ...rest] = path.split(".");
  if (rest.length === 0) return { ...object, [member]: value };
  const inner = object[member];
  return { ...object, [member]: withValue(isJsonObject(inner) ? inner : {}, rest.join("."), value) };
}

/** The places where two objects differ. A list is one place; null, absent and an empty list are the same. */
export function changedPaths(before: JsonObject, after: JsonObject, prefix = ""): readonly string[] {
  const members = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return members.flatMap((member) => {
    const path = prefix + member;
    const [old, next] = [before[member] ?? null, after[member] ?? null];
    if (isJsonObject(old) || isJsonObject(next)) {
      return changedPaths(isJsonObject(old) ? old : {}, isJsonObject(next) ? next : {}, `${path}.`);
    }
    return comparable(old) === comparable(next) ? [] : [path];
  });
}

function comparable(value: JsonValue): string {
  if (!Array.isArray(value)) return canonicalJson(value);
  const items = (value as readonly JsonValue[]).map(canonicalJson);
  return items.length === 0 ? canonicalJson(null) : items.sort().join(",");
}
