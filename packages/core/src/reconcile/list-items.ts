import type { JsonObject, JsonValue } from "@cosell/connector";
import { isList, isObject } from "../json-path.ts";
import type { TargetModel } from "../target.ts";

/**
 * An update replaces a list whole. Members of its items that the mapping never writes (neither now nor when the list
 * was last agreed) are carried over from AWS's item with the same key, so that they are echoed and not erased.
 */
export function withUnmappedMembers(
  list: JsonValue | undefined,
  current: JsonValue | undefined,
  agreed: JsonValue | undefined,
  path: string,
  target: TargetModel,
): JsonValue | undefined {
  const key = target.writable.get(path)?.itemKey;
  if (key === undefined || !isList(list) || !isList(current)) return list;
  const mapped = new Set(
    [...list, ...(isList(agreed) ? agreed : [])].flatMap((item) => (isObject(item) ? Object.keys(item) : [])),
  );
  return list.map((item) => {
    if (!isObject(item)) return item;
    const counterpart = current.filter(isObject).find((other) => other[key] === item[key]);
    return counterpart === undefined ? item : { ...unmappedMembers(counterpart, mapped), ...item };
  });
}

function unmappedMembers(item: JsonObject, mapped: ReadonlySet<string>): JsonObject {
  return Object.fromEntries(Object.entries(item).filter(([member]) => !mapped.has(member)));
}
