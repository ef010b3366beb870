import { FailureError } from "@cosell/connector";
import type { InboxInvitation, Link } from "@cosell/state";
import type { EngineOptions } from "../engine.ts";
import { isLead, isRead } from "../invitations/invited.ts";
import type { InvitationSettings } from "../invitations/settings.ts";
import { dealsOfLeads } from "../invitations/values-on-records.ts";

/**
 * A record that was made of an invitation, or that a lead has become, is not created at AWS: answering the invitation
 * brings its opportunity. Throws `invalid` while the invitation is open. One read of the CRM while leads are.
 */
export async function refuseInvited({ crmRef }: Link, options: EngineOptions): Promise<void> {
  const { sync, store } = options;
  const { invitations: settings } = sync;
  if (settings === undefined) return;
  const open = await store.invitations(sync.name, { status: ["pending", "accepting", "rejecting", "accepted"] });
  const invitation = open.find((one) => one.crmRef === crmRef) ?? (await leadOf(crmRef, open, settings, options));
  if (invitation === undefined) return;
  const { id, status, failure } = invitation;
  const next = status === "pending" ? "Accept it first, or reject it." : "It is being answered.";
  const said =
    failure === undefined
      ? ""
      : ` The last try failed: ${failure.message} Where that cannot be mended, put the id of the opportunity that this deal has at AWS into ${sync.mapping.link.opportunityId}.`;
  throw new FailureError({
    kind: "invalid",
    code: "invitation-open",
    message: `CRM record ${crmRef} comes of AWS's invitation ${id}: a second opportunity would be a duplicate. ${next}${said}`,
    issues: [],
  });
}

/** The lead whose record says that it has become this deal. */
async function leadOf(
  crmRef: string,
  open: readonly InboxInvitation[],
  settings: InvitationSettings,
  options: EngineOptions,
): Promise<InboxInvitation | undefined> {
  const leads = open.filter((one) => isLead(one) && isRead(one) && one.crmRef !== undefined);
  if (leads.length === 0) return undefined;
  const deals = await dealsOfLeads(leads, settings, options, { sure: true });
  return leads.find(({ id }) => deals.get(id) === crmRef);
}
