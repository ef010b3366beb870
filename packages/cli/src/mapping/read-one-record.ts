import { type Connection, FailureError, type JsonObject } from "@cosell/connector";
import type { CompiledMapping } from "@cosell/core";

/** Reads one record with everything that a mapping reads. @throws FailureError `missing` when the CRM does not have it */
export async function readOneRecord(
  connection: Connection,
  { crm: { object }, sourceFields }: CompiledMapping,
  id: string,
): Promise<JsonObject> {
  const ref = connection.canonicalRef(id);
  const [result] = await connection.read({ object, refs: [ref], fields: sourceFields });
  if (result?.status === "found") return result.record;
  const message = `The CRM has no ${object} with the id ${ref} that this user can see.`;
  throw new FailureError({ kind: "missing", message });
}
