import { FailureError, type SchemaSnapshot } from "@cosell/connector";
import type { MappingDocument } from "@cosell/core";
import { readSnapshot, snapshotFile } from "./schema-snapshot.ts";

/**
 * The schema that a command works with: the snapshot that was named, else the one beside the mapping, if there is one.
 * @throws FailureError `config` when the one that was named is not there, or is none
 */
export async function schemaAtHand(
  mappingFile: string,
  { crm }: Pick<MappingDocument, "crm">,
  named: string | undefined,
): Promise<SchemaSnapshot | undefined> {
  const file = named ?? snapshotFile(mappingFile, crm.connector.text, crm.object.text);
  const snapshot = await readSnapshot(file);
  if (snapshot === undefined && named !== undefined) {
    throw new FailureError({ kind: "config", message: `There is no readable snapshot at ${named}.` });
  }
  return snapshot;
}
