import { FailureError } from "@cosell/connector";
import type { Link } from "@cosell/state";
import type { EngineOptions } from "../engine.ts";

/**
 * A record that was made of an invitation is not created at AWS: accepting the invitation brings its opportunity. Throws
 * `invalid` while the invitation is open.
 */
export async function refuseInvited({ crmRef }: Link, { sync, store }: EngineOptions): Promise<void> {
  if (sync.invitations === undefined) return;
  const open = await store.invitations(sync.name, { status: ["pending", "accepting", "rejecting", "accepted"] });
  const invitation = open.find((one) => one.crmRef === crmRef);
  if (invitation === undefined) return;
  const next = invitation.status === "pending" ? "Accept it first, or reject it" : "It is being answered";
  throw new FailureError({
    kind: "invalid",
    code: "invitation-open",
    message: `CRM record ${crmRef} comes of AWS's invitation ${invitation.id}: a second opportunity would be a duplicate. ${next}.`,
    issues: [],
  });
}
