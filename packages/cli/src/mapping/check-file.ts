import type { SchemaSnapshot } from "@cosell/connector";
import type { Finding, MappingDocument } from "@cosell/core";
import type { FindMappingConnector } from "./find-mapping-connector.ts";
import { judgeMapping } from "./judge-mapping.ts";
import { readMapping } from "./read-mapping.ts";

/** Gives the CRM's schema for a mapping, or `undefined` where none is at hand. */
export type SchemaFor = (document: Pick<MappingDocument, "crm">) => Promise<SchemaSnapshot | undefined>;

/** Everything that is wrong with a mapping file: its form, and what it means at AWS and in the CRM. */
export async function checkMappingFile(
  file: string,
  { schemaFor, find }: { readonly schemaFor: SchemaFor; readonly find: FindMappingConnector },
): Promise<readonly Finding[]> {
  const loaded = await readMapping(file);
  const about = loaded.document ?? loaded.invitation;
  if (about === undefined) return loaded.findings;
  const [found, schema] = await Promise.all([find(about.crm.connector.text, file), schemaFor(about)]);
  return (await judgeMapping(loaded, found, schema)).findings;
}
