import type { TargetField } from "../target.ts";

/** The members that the model requires in each structure, by the structure's path with a dot behind it: `Customer.Account.`. */
export function requiredMembers(fields: ReadonlyMap<string, TargetField>): ReadonlyMap<string, readonly string[]> {
  const parents = new Map<string, string[]>();
  for (const { path, required } of fields.values()) {
    const end = path.lastIndexOf(".") + 1;
    if (!required || end === 0 || path.endsWith("[]")) continue;
    const parent = path.slice(0, end);
    parents.set(parent, [...(parents.get(parent) ?? []), path.slice(end)]);
  }
  return parents;
}
