import { FailureError } from "@cosell/connector";
import { agreedByCreate, type Plan } from "@cosell/core";
import type { NewJournalEntry, PendingCall } from "@cosell/state";
import { type Deal, recordOf } from "../deal.ts";
import { carriedTwice } from "../intake/carriers.ts";
import { resendCreate } from "./create.ts";
import { findCarrier, identifierOf } from "./find-carrier.ts";

/**
 * Looks what became of a create whose answer never came; sends nothing. An opportunity that carries the record's id is
 * its outcome. Where the link or the record names an opportunity by now, that one counts and the create is over.
 * Returns whether the outcome is known now. Throws `invalid` where what was found belongs to another record.
 */
export async function lookForCreated(call: PendingCall, deal: Deal): Promise<boolean> {
  const { store, sync, target, logger } = deal.options;
  const found = await findCarrier(call.request, call.startedAt, deal);
  const named = deal.link.opportunityId ?? namedBy(deal);
  if (named !== undefined && named !== found?.id) {
    const other =
      found === undefined
        ? "it is not sent again"
        : `but it had arrived: AWS also has ${found.id}, which carries this record's id. Close one of them in Partner Central`;
    if (found !== undefined)
      logger.warn("a record has two opportunities", { link: deal.link.id, named, found: found.id });
    const detail = { step: call.step, named, ...(found === undefined ? {} : { found: found.id }) };
    await store.finishCall(call.id, {
      journal: [
        line(
          `An earlier run had started a create; the record has opportunity ${named} by now, ${other}.`,
          detail,
          deal,
        ),
      ],
    });
    return true;
  }
  if (found === undefined) return false;
  const { id, others } = found;
  if (named === undefined && others.length > 0) {
    throw carriedTwice(deal.link.crmRef, [id, ...others], sync.mapping.link.opportunityId);
  }
  const owner = await store.linkByOpportunity(sync.name, id);
  if (owner !== undefined && owner.id !== deal.link.id) throw anothers(id, owner.crmRef, deal);
  await store.finishCall(call.id, {
    patch: { opportunityId: id, status: "linked" },
    base: found.isNew ? agreedByCreate(call.request, { mapping: sync.mapping, target }) : new Map(),
    journal: [
      line(
        "Found the outcome of the create that an earlier run had started.",
        { step: call.step, opportunityId: id },
        deal,
      ),
    ],
  });
  deal.link = { ...deal.link, opportunityId: id, status: "linked" };
  deal.tally.created = true;
  return true;
}

/**
 * Ends a create that was looked for in vain: sent again if the deal is still to be created, over if not. `plan` is the
 * part of what is decided that this run applies. Returns whether the deal is to be observed again.
 */
export async function endCreate(
  call: PendingCall,
  { decided, plan }: { readonly decided: Plan; readonly plan: Plan },
  deal: Deal,
): Promise<boolean> {
  const wanted = plan.steps.find((step) => step.kind === "create");
  if (wanted !== undefined) {
    await resendCreate(call, wanted.payload, deal);
    return true;
  }
  // A run for the other side leaves it to the next one.
  if (decided.steps.some(({ kind }) => kind === "create")) return false;
  const looked =
    identifierOf(call.request) === undefined
      ? `The mapping gives AWS no PartnerOpportunityIdentifier by which it could be found: look in Partner Central whether it arrived, and put its id into the CRM field ${deal.options.sync.mapping.link.opportunityId}.`
      : "AWS shows no opportunity that carries the record's id.";
  const summary = `A create that an earlier run had started, and whose answer never came, is not sent again: the deal is not to be created as it stands now. ${looked}`;
  await deal.options.store.finishCall(call.id, { journal: [line(summary, { step: call.step }, deal)] });
  return false;
}

function line(summary: string, detail: NewJournalEntry["detail"], deal: Deal): NewJournalEntry {
  return { at: deal.options.clock.now(), kind: "resumed", summary, detail };
}

function namedBy(deal: Deal): string | undefined {
  const id = recordOf(deal)?.[deal.options.sync.mapping.link.opportunityId];
  return typeof id === "string" && id !== "" ? id : undefined;
}

function anothers(opportunityId: string, crmRef: string, deal: Deal): FailureError {
  return new FailureError({
    kind: "invalid",
    code: "opportunity-linked-twice",
    message: `Opportunity ${opportunityId} was created for CRM record ${deal.link.crmRef} and carries its id, but belongs to CRM record ${crmRef}. Nothing is created again. Put the id of the opportunity that record ${deal.link.crmRef} is to have into its field ${deal.options.sync.mapping.link.opportunityId}.`,
    issues: [],
  });
}
