import { FailureError } from "@cosell/connector";
import type { Link } from "@cosell/state";
import { keepClaims, leaseMs } from "../keep-claims.ts";
import { processOwner } from "../owner.ts";
import type { Invited } from "./invited.ts";

/**
 * Does something about a deal's opportunity while nobody reconciles the deal: whoever did could create another one. The
 * link is made and marked, so that it is reconciled afterwards. Throws `transient` while the deal is somebody else's.
 */
export async function holdDeal<Result>(
  crmRef: string,
  { options, invitation }: Invited,
  work: (link: Link) => Promise<Result>,
): Promise<Result> {
  const { store, sync } = options;
  const owner = processOwner();
  await store.intake(sync.name, "invitations", [{ side: "crm", ref: crmRef, reason: "crm:invitation" }], undefined);
  const [claimed] = await store.claim(sync.name, owner, { limit: 1, leaseMs, crmRefs: [crmRef] });
  if (claimed === undefined) throw inHand(crmRef, invitation.id);
  const { link } = claimed;
  const letGo = keepClaims(owner, () => [link.id], options);
  try {
    // A call that an earlier reconcile began may make an opportunity: its outcome comes first.
    if (link.opportunityId === undefined && (await store.pendingCalls(link.id)).length > 0) {
      throw inHand(crmRef, invitation.id);
    }
    return await work(link);
  } finally {
    letGo();
    await store.release(owner, [link.id]);
  }
}

function inHand(crmRef: string, invitationId: string): FailureError {
  return new FailureError({
    kind: "transient",
    code: "deal-in-hand",
    message: `CRM record ${crmRef}, the deal that the lead of invitation ${invitationId} has become, is being reconciled or waits for its next try. The lead follows when that is done.`,
  });
}
