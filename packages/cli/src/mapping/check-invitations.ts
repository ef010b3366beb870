import { failureOf } from "@cosell/connector";
import type { Finding } from "@cosell/core";
import type { ConfiguredSync } from "../configuration/configuration.ts";
import { FindingsError } from "../failure/findings-error.ts";
import { openInvitations } from "./open-invitations.ts";
import { openMapping } from "./open-mapping.ts";
import { shownPath } from "./read-mapping.ts";

/** What does not fit between a sync and its mappings of invitations. Errors inside the mappings are told by their own check. */
export async function checkInvitations({
  mapping,
  connection,
  invitations,
}: ConfiguredSync): Promise<readonly Finding[]> {
  const [first] = invitations?.records ?? [];
  if (invitations === undefined || first === undefined) return [];
  try {
    await openInvitations(invitations, await openMapping(mapping, connection.connector));
    return [];
  } catch (error) {
    if (error instanceof FindingsError) return [];
    const failure = failureOf(error);
    if (failure?.kind !== "config") throw error;
    const at = { file: shownPath(first.mapping), line: 1, column: 1 };
    return [{ ...at, severity: "error", code: "unfit-invitation-mapping", message: failure.message }];
  }
}
