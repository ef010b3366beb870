import type { Plan } from "@cosell/core";
import type { PendingCall } from "@cosell/state";
import type { Deal } from "./deal.ts";
import { endCreate, lookForCreated } from "./apply/resume-create.ts";
import { endSubmit } from "./apply/submit.ts";
import { resolveWrite, writeStep } from "./apply/write-ahead.ts";

/**
 * Looks what became of calls that an earlier run stored and whose outcome it never learnt; sends nothing, since what they
 * were for may be wanted no more. Returns those that are still open: {@link endPendingCalls} ends them once it is decided
 * what the deal is to be now.
 */
export async function lookAtPendingCalls(deal: Deal): Promise<readonly PendingCall[]> {
  const open: PendingCall[] = [];
  for (const call of await deal.options.store.pendingCalls(deal.link.id)) {
    if (call.step === writeStep) await resolveWrite(call, deal);
    else if (call.step !== "create" || !(await lookForCreated(call, deal))) open.push(call);
  }
  return open;
}

/**
 * Ends what is open by what is decided now, of which the run applies `plan`: what is still wanted is sent again with its
 * own token, so that AWS answers what it answered then; the rest is over. Returns whether the deal is to be observed again.
 */
export async function endPendingCalls(
  open: readonly PendingCall[],
  now: { readonly decided: Plan; readonly plan: Plan },
  deal: Deal,
): Promise<boolean> {
  let again = false;
  for (const call of open) {
    const end = call.step === "create" ? endCreate : endSubmit;
    again = (await end(call, now, deal)) || again;
  }
  return again;
}
