import { type Connector, FailureError } from "@cosell/connector";
import type { CompiledMapping } from "@cosell/core";
import type { InvitationRecord, InvitationSettings } from "@cosell/engine";
import type { ConfiguredInvitations } from "../configuration/configuration.ts";
import { knownConnector } from "./find-mapping-connector.ts";
import { openAnyMapping } from "./open-mapping.ts";
import { shownPath } from "./read-mapping.ts";

/**
 * The invitations of a sync with their mappings compiled. A mapping that makes the sync's own object makes it once the
 * invitation is accepted, any other as soon as it is received, unless the configuration says so.
 *
 * @throws FindingsError with every error in a mapping; FailureError `config` where one does not fit the sync
 */
export async function openInvitations(
  { records, ...settings }: ConfiguredInvitations,
  deals: CompiledMapping,
  connector: Connector,
): Promise<InvitationSettings> {
  const { invitationIdField } = await import("@cosell/engine");
  const opened: InvitationRecord[] = [];
  for (const { mapping: file, create: wanted, becomes } of records) {
    const mapping = await openAnyMapping(file, knownConnector(connector));
    if (!("kind" in mapping)) throw unfit(file, "is no mapping of invitations: it has no `kind: invitation`");
    if (mapping.crm.connector !== deals.crm.connector) {
      throw unfit(file, `is for ${mapping.crm.connector}, and the sync for ${deals.crm.connector}`);
    }
    const create = wanted ?? (mapping.crm.object === deals.crm.object ? "accepted" : "received");
    if (create === "received" && invitationIdField(mapping) === undefined) {
      throw unfit(
        file,
        "has no rule that writes Invitation.Id, by which a record that is created on receipt is found again",
      );
    }
    opened.push({ mapping, create, ...(becomes === undefined ? {} : { becomes }) });
  }
  return { ...settings, records: opened };
}

function unfit(file: string, why: string): FailureError {
  return new FailureError({ kind: "config", message: `${shownPath(file)} ${why}.` });
}
