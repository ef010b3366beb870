import type { Connection, ObjectSchema, SchemaSnapshot } from "@cosell/connector";

/** What of a CRM's schema a mapping can reach: its object, and those that the given paths lead through. */
export async function describeSchema(
  connection: Connection,
  connector: string,
  object: string,
  paths: readonly string[],
): Promise<SchemaSnapshot> {
  const objects: Record<string, ObjectSchema> = {};
  const describe = async (name: string): Promise<ObjectSchema> => (objects[name] ??= await connection.describe(name));
  const root = await describe(object);
  for (const path of paths) {
    let from: readonly ObjectSchema[] = [root];
    let rest = path.replaceAll("[]", "");
    for (;;) {
      const next = from.flatMap(({ relations }) => relations).find((relation) => rest.startsWith(`${relation.path}.`));
      if (next === undefined) break;
      rest = rest.slice(next.path.length + 1);
      from = [];
      for (const name of next.objects) from = [...from, await describe(name)];
    }
  }
  return { connector, object, objects };
}
