import { failureOf } from "@cosell/connector";
import type { Finding } from "@cosell/core";
import type { ConfiguredSync } from "../configuration/configuration.ts";
import { FindingsError } from "../failure/findings-error.ts";
import type { SchemaFor } from "./check-file.ts";
import { checkIdFields } from "./check-id-fields.ts";
import { knownConnector } from "./find-mapping-connector.ts";
import { openInvitations } from "./open-invitations.ts";
import { openMappingFile } from "./open-mapping.ts";
import { shownPath } from "./read-mapping.ts";

/**
 * What does not fit between a sync, its mappings of invitations and the CRM. Errors inside the mappings are told by their
 * own check.
 */
export async function checkInvitations(
  { mapping: file, connection: { connector }, invitations }: ConfiguredSync,
  schemaFor: SchemaFor,
): Promise<readonly Finding[]> {
  const [first] = invitations?.records ?? [];
  if (invitations === undefined || first === undefined) return [];
  try {
    const { document, mapping } = await openMappingFile(file, knownConnector(connector));
    const { records } = await openInvitations(invitations, mapping, connector);
    return await checkIdFields(document, records, { capabilities: connector.capabilities, schemaFor });
  } catch (error) {
    if (error instanceof FindingsError) return [];
    const failure = failureOf(error);
    if (failure?.kind !== "config") throw error;
    const at = { file: shownPath(first.mapping), line: 1, column: 1 };
    return [{ ...at, severity: "error", code: "unfit-invitation-mapping", message: failure.message }];
  }
}
