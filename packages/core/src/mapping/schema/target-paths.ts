import type { TargetField, TargetModel } from "../../target.ts";
import { parentsOf } from "../check/mapped-paths.ts";
import { plainPath } from "../check/target-fields.ts";

/** The paths that a rule may have as its target, anywhere: items of lists are no targets themselves. */
export function targetPaths({ writable }: TargetModel): readonly TargetField[] {
  return [...writable.values()].filter(({ path }) => !path.endsWith("[]"));
}

/** The paths that an outbound rule may stand under: what is inside a list is written in the list's rule. */
export function topPaths(target: TargetModel): readonly TargetField[] {
  return targetPaths(target).filter(({ path }) => !path.includes("[]"));
}

/**
 * Every path by which a file may name a target without writing it, with the field that is meant: as rules write it, without
 * the marks of items, and what stands above. What is above and no field itself stands for all that is below it.
 */
export function namedPaths(target: TargetModel): ReadonlyMap<string, TargetField | undefined> {
  const fields = [...target.writable.values()].map((field) => [plainPath(field.path), field] as const);
  const parents = fields.flatMap(([path]) => parentsOf(path).map((parent) => [parent, undefined] as const));
  // The list itself comes before its items, and is what is meant.
  return new Map([...parents, ...fields.toReversed()].toSorted(([a], [b]) => a.localeCompare(b, "en")));
}

/** The members of a structure, or of a list's items, by the name that they have there. */
export function membersOf(path: string, target: TargetModel): ReadonlyMap<string, TargetField> {
  const within = target.writable.get(path)?.type === "list" ? `${path}[].` : `${path}.`;
  return new Map(
    targetPaths(target)
      .filter((field) => field.path.startsWith(within))
      .map((field) => [field.path.slice(within.length), field] as const)
      .filter(([name]) => !name.includes("[]")),
  );
}

/** The paths that an inbound rule may read. */
export function sourcePaths({ readable }: TargetModel): readonly TargetField[] {
  const hasMembers = ({ path, type }: TargetField): boolean =>
    type === "structure" || readable.get(`${path}[]`)?.type === "structure";
  return [...readable.values()].filter((field) => !hasMembers(field));
}
