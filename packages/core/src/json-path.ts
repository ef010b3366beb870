import type { JsonObject, JsonValue } from "@cosell/connector";

/** Is it an object, not null and not a list? */
export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Is it a list? */
export function isList(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value);
}

/** The value at a dotted path, `undefined` where nothing is. Does not reach into lists. */
export function valueAt(object: JsonObject, path: string): JsonValue | undefined {
  let value: JsonValue | undefined = object;
  for (const member of path.split(".")) {
    if (!isObject(value)) return undefined;
    value = value[member];
  }
  return value;
}

/** A copy with the value at a dotted path replaced; `undefined` removes it, and structures that become empty with it. */
export function withValueAt(object: JsonObject, path: string, value: JsonValue | undefined): JsonObject {
  const dot = path.indexOf(".");
  const member = dot < 0 ? path : path.slice(0, dot);
  const { [member]: current, ...others } = object;
  const replaced = dot < 0 ? value : withValueAt(isObject(current) ? current : {}, path.slice(dot + 1), value);
  if (replaced === undefined || (dot >= 0 && isObject(replaced) && Object.keys(replaced).length === 0)) return others;
  return { ...object, [member]: replaced };
}
