import type { Connection, ObjectSchema, SchemaSnapshot } from "@cosell/connector";
import type { MappingDocument } from "@cosell/core";

/**
 * What of a CRM's schema a mapping can reach: its object, and every object that a word of the mapping leads to from one
 * already described. Works for a mapping with errors too: that is when the schema is wanted most.
 */
export async function describeSchema(
  connection: Connection,
  connector: string,
  document: MappingDocument,
): Promise<SchemaSnapshot> {
  const words = wordsOf(document);
  const object = document.crm.object.text;
  const objects: Record<string, ObjectSchema> = {};
  const waiting = [object];
  for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
    if (Object.hasOwn(objects, name)) continue;
    const described = await connection.describe(name);
    objects[name] = described;
    for (const relation of described.relations) {
      const isNamed = words.some((word) => `${word}.`.startsWith(`${relation.path}.`));
      if (isNamed) waiting.push(...relation.objects);
    }
  }
  return { connector, object, objects };
}

/** Every word of the mapping that may be a path, without the marks of lists. */
function wordsOf(document: MappingDocument): readonly string[] {
  const words = new Set<string>();
  JSON.stringify(document, (key, value: unknown) => {
    if (key === "text" && typeof value === "string") words.add(value.replaceAll("[]", ""));
    return value;
  });
  return [...words];
}
