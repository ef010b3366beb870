import { isJsonObject, type JsonObject, type JsonValue } from "../kernel/index.ts";

/** An answer without the members that have no value: as far as is known the Account API leaves them out. */
export function withoutNulls(answer: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(answer)
      .filter(([, value]) => value !== null)
      .map(([name, value]) => [name, cleaned(value)]),
  );
}

function cleaned(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return (value as readonly JsonValue[]).map(cleaned);
  return isJsonObject(value) ? withoutNulls(value) : value;
}
