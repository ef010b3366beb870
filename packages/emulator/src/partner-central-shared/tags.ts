import type { JsonObject, JsonValue } from "../kernel/index.ts";
import { textAt } from "./paths.ts";

/** A list of `Key` and `Value` as a record. */
export function tagsOf(list: JsonValue | undefined): Readonly<Record<string, string>> {
  const tags = Array.isArray(list) ? (list as readonly JsonObject[]) : [];
  return Object.fromEntries(tags.map((tag) => [textAt(tag, "Key") ?? "", textAt(tag, "Value") ?? ""]));
}
