import { operationOf, type Member } from "@cosell/partner-central/model";
import { isJsonObject, type JsonObject, type JsonValue } from "../kernel/index.ts";

const membersByParent = new Map<string, ReadonlyMap<string, readonly Member[]>>();

/** A structure of which AWS sends one member only. */
const union = /(^|\.)Payload$/;

/** An answer as AWS sends it: every member of the operation's output in alphabetical order, null where there is no value. */
export function completeAnswer(operation: string, answer: JsonObject): JsonObject {
  let groups = membersByParent.get(operation);
  if (groups === undefined) {
    const members = (operationOf(operation)?.output ?? []).filter(({ path }) => !/[\]}]$/.test(path));
    groups = Map.groupBy(members, ({ path }) => path.slice(0, Math.max(0, path.lastIndexOf("."))));
    membersByParent.set(operation, groups);
  }
  return completed(answer, "", groups);
}

function completed(value: JsonObject, path: string, groups: ReadonlyMap<string, readonly Member[]>): JsonObject {
  const members = [...(groups.get(path) ?? [])].sort((a, b) => (a.path < b.path ? -1 : 1));
  return Object.fromEntries(
    members.flatMap((member) => {
      const name = member.path.slice(member.path.lastIndexOf(".") + 1);
      const inner = value[name] ?? null;
      if (inner === null && union.test(path)) return [];
      return [[name, completedValue(inner, member.path, groups)]];
    }),
  );
}

function completedValue(value: JsonValue, path: string, groups: ReadonlyMap<string, readonly Member[]>): JsonValue {
  if (Array.isArray(value)) {
    return (value as readonly JsonValue[]).map((item) => completedValue(item, `${path}[]`, groups));
  }
  return isJsonObject(value) && groups.has(path) ? completed(value, path, groups) : value;
}
