import type { CrmField, CrmRelation, ObjectSchema } from "@cosell/connector";

/** An object's fields and relations by name, so that a path costs the same in a small object and in one of 2,000 fields. */
export interface ObjectIndex {
  readonly fields: ReadonlyMap<string, CrmField>;
  readonly relations: ReadonlyMap<string, CrmRelation>;
  /** Most segments in a relation's path. */
  readonly longestRelation: number;
}

const indexes = new WeakMap<ObjectSchema, ObjectIndex>();

/** The index of an object, made once. */
export function indexOf(object: ObjectSchema): ObjectIndex {
  const known = indexes.get(object);
  if (known !== undefined) return known;
  const { fields, relations } = object;
  const index: ObjectIndex = {
    fields: new Map(fields.map((field) => [field.name, field])),
    relations: new Map(relations.map((relation) => [relation.path, relation])),
    longestRelation: relations.reduce((longest, { path }) => Math.max(longest, path.split(".").length), 0),
  };
  indexes.set(object, index);
  return index;
}

/** The relation that a path begins with: of several, the one with the longest path. */
export function relationAt(
  { relations, longestRelation }: ObjectIndex,
  names: readonly string[],
): CrmRelation | undefined {
  for (let length = Math.min(longestRelation, names.length); length > 0; length -= 1) {
    const relation = relations.get(names.slice(0, length).join("."));
    if (relation !== undefined) return relation;
  }
  return undefined;
}
