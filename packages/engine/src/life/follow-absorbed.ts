import { FailureError } from "@cosell/connector";
import type { Deal } from "../deal.ts";
import { followMerge } from "./follow-merge.ts";

const step = "create";

/**
 * A record that other records went into has their opportunity, whichever of them is looked at first: nothing may be created
 * for it before their links are followed. A create of its own that was looked for in vain is over then. Throws `transient`
 * while a create of one that went into it may have arrived.
 *
 * @returns false where the link of one of them has taken the place of this one, and is marked: nothing is left to do here
 */
export async function followAbsorbed({ link, crm, options }: Deal): Promise<boolean> {
  const { sync, store, clock } = options;
  if (link.opportunityId !== undefined || crm.status !== "found") return true;
  let stands = true;
  for (const ref of crm.absorbed ?? []) {
    const gone = await store.linkByCrmRef(sync.name, ref);
    if (gone === undefined || ref === link.crmRef) continue;
    if (gone.opportunityId === undefined) {
      await refuseWhileCreating(ref, gone.id, { link, options });
      continue;
    }
    for (const call of stands ? await store.pendingCalls(link.id) : []) {
      if (call.step !== step) continue;
      const summary = `An earlier run had started a create; CRM record ${ref}, which went into ${link.crmRef}, has opportunity ${gone.opportunityId}: it is not sent again.`;
      const detail = { step, opportunityId: gone.opportunityId };
      await store.finishCall(call.id, { journal: [{ at: clock.now(), kind: "resumed", summary, detail }] });
    }
    const moved = await followMerge(gone, link.crmRef, options);
    if (moved.crmRef === link.crmRef) stands = false;
  }
  return stands;
}

async function refuseWhileCreating(
  ref: string,
  linkId: string,
  { link, options }: Pick<Deal, "link" | "options">,
): Promise<void> {
  const { store } = options;
  const calls = await store.pendingCalls(linkId);
  if (!calls.some((call) => call.step === step)) return;
  await store.markLinks([linkId], "crm:merge", "high");
  throw new FailureError({
    kind: "transient",
    code: "absorbed-pending",
    message: `CRM record ${ref} was merged into ${link.crmRef} while a create of its opportunity was under way. What became of that is looked at first; then ${link.crmRef} goes on.`,
  });
}
