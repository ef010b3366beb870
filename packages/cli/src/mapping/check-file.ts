import type { SchemaSnapshot } from "@cosell/connector";
import type { Finding, MappingDocument } from "@cosell/core";
import { loadConnector } from "../configuration/connectors.ts";
import { functionsOf, readMapping } from "./read-mapping.ts";

/** Gives the CRM's schema for a mapping, or `undefined` where none is at hand. */
export type SchemaFor = (document: Pick<MappingDocument, "crm">) => Promise<SchemaSnapshot | undefined>;

/** Everything that is wrong with a mapping file: its form, and what it means at AWS and in the CRM. */
export async function checkMappingFile(file: string, schemaFor: SchemaFor): Promise<readonly Finding[]> {
  const { document, invitation, findings } = await readMapping(file);
  const about = document ?? invitation;
  if (about === undefined) return findings;
  const [{ checkInvitationMapping, checkMapping }, { partnerCentralTarget: target }] = await Promise.all([
    import("@cosell/core"),
    import("@cosell/partner-central"),
  ]);
  const [connector, schema] = await Promise.all([loadConnector(about.crm.connector.text), schemaFor(about)]);
  const options = { target, functions: functionsOf(connector), ...(schema !== undefined && { schema }) };
  const meant = [
    ...(document === undefined ? [] : checkMapping(document, options)),
    ...(invitation === undefined ? [] : checkInvitationMapping(invitation, options)),
  ];
  return [...findings, ...meant];
}
