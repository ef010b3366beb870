import { FailureError, type ObjectSchema, type SchemaSnapshot } from "@cosell/connector";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { z } from "zod";

/** As far as a snapshot must be right to be of use; the checker looks at the rest. */
const snapshotSchema = z.object({
  connector: z.string(),
  object: z.string(),
  objects: z.record(
    z.string(),
    z.looseObject({
      object: z.string(),
      fields: z.array(z.looseObject({ name: z.string(), type: z.string() })),
      relations: z.array(z.looseObject({ path: z.string(), objects: z.array(z.string()) })),
    }),
  ),
});

/** Where the snapshot for a mapping is looked for: `snapshots/<connector>.<object>.json` beside it. */
export function snapshotFile(mappingFile: string, connector: string, object: string): string {
  return join(dirname(mappingFile), "snapshots", `${connector}.${object}.json`);
}

/** Reads a saved schema. `undefined` when there is no such file. @throws FailureError `config` for what is no snapshot */
export async function readSnapshot(file: string): Promise<SchemaSnapshot | undefined> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch {
    return undefined;
  }
  const parsed = snapshotSchema.safeParse(jsonOf(text));
  if (!parsed.success) {
    throw new FailureError({
      kind: "config",
      message: `${file} is no schema snapshot: it needs connector, object and objects with their fields and relations.`,
    });
  }
  return parsed.data as unknown as SchemaSnapshot;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A schema as it is saved: one value a line and in an order of its own, so that a change of the CRM reads well in a diff. */
export function snapshotText({ connector, object, objects }: SchemaSnapshot): string {
  const others = Object.keys(objects)
    .filter((name) => name !== object)
    .toSorted();
  const sorted = [object, ...others].flatMap((name) => {
    const schema = objects[name];
    return schema === undefined ? [] : [[name, inOrder(schema)]];
  });
  return `${JSON.stringify({ connector, object, objects: Object.fromEntries(sorted) as unknown }, null, 1)}\n`;
}

/** Fields and relations by name. A picklist keeps the CRM's order: that one means something. */
function inOrder({ fields, relations, ...schema }: ObjectSchema): ObjectSchema {
  return {
    ...schema,
    fields: fields.toSorted((one, other) => compare(one.name, other.name)),
    relations: relations.toSorted((one, other) => compare(one.path, other.path)),
  };
}

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);
