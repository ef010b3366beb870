import type { JsonObject } from "@cosell/connector";
import { likelyDuplicates } from "../inbound/likely-duplicates.ts";
import { inboxPatch, type Invited, keep, urgent } from "./invited.ts";

/** Asks AWS for the invitation in hand. */
export function askForInvitation(invited: Invited): Promise<JsonObject> {
  const { partnerCentral } = invited.options;
  return partnerCentral.call("GetEngagementInvitation", { Identifier: invited.invitation.id }, urgent(invited));
}

/** Reads the invitation in hand whole; the first time, looks in the CRM for deals that may be the same. */
export async function readInvitation(invited: Invited): Promise<void> {
  const first = invited.invitation.decision === undefined && invited.invitation.duplicates.length === 0;
  const data = await askForInvitation(invited);
  invited.stale = false;
  invited.tally.floor.reads += 1;
  const duplicates = first && data["Status"] === "PENDING" ? await likelyDuplicates(data, invited.options) : undefined;
  await keep(invited, { ...inboxPatch(data), data, ...(duplicates === undefined ? {} : { duplicates }) });
}
