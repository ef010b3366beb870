import type { SchemaSnapshot } from "@cosell/connector";

/** As far as people name fields: from the record two relations on. */
const deepest = 2;

/** Every field that a schema knows, as a path from the record: `Account.Name`, `OpportunityContactRoles.records.Role`. */
export function schemaPaths(schema: SchemaSnapshot): readonly string[] {
  return pathsFrom(schema, schema.object, "", deepest);
}

function pathsFrom(schema: SchemaSnapshot, name: string, prefix: string, depth: number): readonly string[] {
  const object = schema.objects[name];
  if (object === undefined) return [];
  const own = object.fields.map((field) => prefix + field.name);
  if (depth === 0) return own;
  return [
    ...own,
    ...object.relations.flatMap(({ path, objects }) =>
      objects.flatMap((other) => pathsFrom(schema, other, `${prefix}${path}.`, depth - 1)),
    ),
  ];
}
