import { FailureError, type SchemaSnapshot } from "@cosell/connector";
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
