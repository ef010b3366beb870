import type { JsonValue } from "@cosell/connector";

/**
 * AWS answers with texts that it encoded for HTML, colons twice, and refuses them when they come back so. Source: AWS's
 * own sample client. Only what it is known to do is undone, in this order.
 */
export function decodeEntities(value: JsonValue): JsonValue {
  if (typeof value === "string") {
    return value.includes("&amp;") ? value.replaceAll("&amp;colon;", ":").replaceAll("&amp;", "&") : value;
  }
  if (Array.isArray(value)) return value.map(decodeEntities);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([member, item]) => [member, decodeEntities(item)]));
}
