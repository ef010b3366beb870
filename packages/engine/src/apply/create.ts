import { failureOf, FailureError, type JsonObject } from "@cosell/connector";
import { agreedByCreate, sameValueIn } from "@cosell/core";
import type { NewJournalEntry, PendingCall } from "@cosell/state";
import { createToken } from "../client-token.ts";
import { type ApplyStep, callOptions, type Deal } from "../deal.ts";
import { refuseInvited } from "../inbound/refuse-invited.ts";
import { carriedTwice } from "../intake/carriers.ts";
import { findCarrier } from "./find-carrier.ts";
import { changesAsJson } from "./journal.ts";
import { requireNew, surelyNotDone } from "./sent-calls.ts";

const step = "create";
/** Base key under which refused creates are counted: a token is tied to the first body that it was sent with. */
const refusalsKey = "call:create";

/**
 * Creates the opportunity. The call is stored with its token and body before it is sent. What was surely not done is
 * pending no more, and is decided anew; what may have arrived stays pending with its token, and is looked for before
 * anything is sent again ({@link resendCreate}), so there is never a second opportunity.
 */
export const applyCreate: ApplyStep<"create"> = async ({ payload, changes }, deal) => {
  const { clock } = deal.options;
  await refuseInvited(deal.link, deal.options);
  const call = requireNew(await begin(await tokenOf(deal), payload, deal));
  const opportunityId = await sendCreate(call, deal, { sentBefore: false });
  return {
    opportunityId,
    journal: [
      {
        at: clock.now(),
        kind: "create",
        summary: `Created opportunity ${opportunityId} at AWS.`,
        detail: { opportunityId, changes: changesAsJson(changes) },
      },
    ],
  };
};

/**
 * Sends a create again whose first answer never came: with its own token and body, so that AWS answers with the
 * opportunity that there may be. If AWS refuses that body now, today's `payload` goes out under the same token: where the
 * first one had arrived after all, AWS makes no second opportunity of it.
 */
export async function resendCreate(call: PendingCall, payload: JsonObject, deal: Deal): Promise<void> {
  const { store, clock, target } = deal.options;
  await refuseInvited(deal.link, deal.options);
  const summary =
    "Found the outcome of the create that an earlier run had started, by sending it again with its token.";
  const journal = [{ at: clock.now(), kind: "resumed", summary, detail: { step } }];
  try {
    await sendCreate(call, deal, { sentBefore: true, journal });
  } catch (error) {
    const isSame = sameValueIn(target)("", payload, call.request);
    const isOver = (await store.pendingCalls(deal.link.id)).every(({ id }) => id !== call.id);
    if (failureOf(error)?.kind !== "invalid" || isSame || isOver) throw error;
    await store.finishCall(call.id);
    const corrected = requireNew(await begin(call.clientToken, payload, deal));
    await sendCreate(corrected, deal, { sentBefore: true, journal });
  }
}

function begin(clientToken: string, request: JsonObject, deal: Deal) {
  return deal.options.store.beginCall({ linkId: deal.link.id, step, clientToken, request, makesOpportunity: true });
}

async function tokenOf(deal: Deal): Promise<string> {
  const { store, partnerCentral, sync } = deal.options;
  const refusals = (await store.baseValues(deal.link.id)).get(refusalsKey)?.crm;
  return createToken(
    {
      catalog: partnerCentral.catalog,
      organization: sync.organization,
      object: sync.mapping.crm.object,
      crmRef: deal.link.crmRef,
    },
    typeof refusals === "number" ? refusals : 0,
  );
}

/** Sends a stored create and stores its outcome. `sentBefore`: an earlier send may have arrived. Returns the opportunity's id. */
async function sendCreate(
  call: PendingCall,
  deal: Deal,
  { sentBefore, journal = [] }: { readonly sentBefore: boolean; readonly journal?: readonly NewJournalEntry[] },
): Promise<string> {
  const { store, partnerCentral, sync, target } = deal.options;
  let id: string;
  // With what was sent as the base: whatever happens before the next look, the CRM's later changes are seen as changes.
  let base = agreedByCreate(call.request, { mapping: sync.mapping, target });
  try {
    const answer = await partnerCentral.createOpportunity(
      { ...call.request, ClientToken: call.clientToken },
      callOptions(deal),
    );
    id = answer.Id;
  } catch (error) {
    if (failureOf(error)?.kind === "conflict") {
      id = await carrierOf(call, deal);
      base = new Map();
    } else {
      if (!sentBefore && surelyNotDone(error)) await forget(call, error, deal);
      throw error;
    }
  }
  await store.finishCall(call.id, { patch: { opportunityId: id, status: "linked" }, base, journal });
  deal.link = { ...deal.link, opportunityId: id, status: "linked" };
  deal.tally.created = true;
  return id;
}

/** Nothing exists of a first send. If AWS refused the values, the next one needs a token of its own. */
async function forget(call: PendingCall, error: unknown, deal: Deal): Promise<void> {
  const { store } = deal.options;
  const kind = failureOf(error)?.kind;
  if (kind !== "invalid" && kind !== "permission") {
    await store.finishCall(call.id);
    return;
  }
  const refusals = (await store.baseValues(deal.link.id)).get(refusalsKey)?.crm;
  const count = (typeof refusals === "number" ? refusals : 0) + 1;
  await store.finishCall(call.id, { base: new Map([[refusalsKey, { crm: count, aws: count }]]) });
}

/**
 * The token was used with another body: the opportunity exists, made by an installation whose state we do not have.
 * It is found by the record's id that it carries; where it cannot be found a person must look, nothing is created.
 */
async function carrierOf(call: PendingCall, deal: Deal): Promise<string> {
  const found = await findCarrier(call.request, undefined, deal);
  if (found?.others.length === 0) return found.id;
  // This call did nothing. It must not stand before the id that the person gives.
  await deal.options.store.finishCall(call.id);
  const field = deal.options.sync.mapping.link.opportunityId;
  if (found !== undefined) throw carriedTwice(deal.link.crmRef, [found.id, ...found.others], field);
  throw new FailureError({
    kind: "invalid",
    code: "create-token-used",
    message: `AWS says that an opportunity was already created for CRM record ${deal.link.crmRef}, but none carries its id. Nothing was created. Find it in Partner Central and put its id into the CRM field ${field}.`,
    issues: [],
  });
}
