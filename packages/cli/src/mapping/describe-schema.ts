import type { Connection, CrmRelation, ObjectSchema, SchemaSnapshot } from "@cosell/connector";
import type { MappingDocument } from "@cosell/core";

/**
 * What of a CRM's schema a mapping can reach: its object, and every object that a word of the mapping leads to from one
 * already described. Works for a mapping with errors too: that is when the schema is wanted most.
 */
export async function describeSchema(
  connection: Connection,
  connector: string,
  document: Pick<MappingDocument, "crm">,
): Promise<SchemaSnapshot> {
  const words = wordsOf(document);
  return describeReached(connection, {
    connector,
    object: document.crm.object.text,
    follows: ({ path }) => words.some((word) => `${word}.`.startsWith(`${path}.`)),
  });
}

/** An object, and those that the relations which are followed lead to, each once. */
export async function describeReached(
  connection: Pick<Connection, "describe">,
  options: {
    readonly connector: string;
    readonly object: string;
    readonly follows: (relation: CrmRelation) => boolean;
  },
): Promise<SchemaSnapshot> {
  const { connector, object, follows } = options;
  const objects: Record<string, ObjectSchema> = {};
  const waiting = [object];
  for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
    if (Object.hasOwn(objects, name)) continue;
    const described = await connection.describe(name);
    objects[name] = described;
    for (const relation of described.relations) if (follows(relation)) waiting.push(...relation.objects);
  }
  return { connector, object, objects };
}

/** Every word of the mapping that may be a path, without the marks of lists. */
function wordsOf(document: Pick<MappingDocument, "crm">): readonly string[] {
  const words = new Set<string>();
  JSON.stringify(document, (key, value: unknown) => {
    if (key === "text" && typeof value === "string") words.add(value.replaceAll("[]", ""));
    return value;
  });
  return [...words];
}
