import { failureOf, FailureError, type JsonObject } from "@cosell/connector";
import { agreedByCreate } from "@cosell/core";
import type { PendingCall } from "@cosell/state";
import { createToken } from "../client-token.ts";
import { type ApplyStep, callOptions, type Deal } from "../deal.ts";
import { refuseInvited } from "../inbound/refuse-invited.ts";
import { changesAsJson } from "./journal.ts";

const step = "create";
/** Base key under which refused creates are counted: a token is tied to the first body that it was sent with. */
const refusalsKey = "call:create";

/**
 * Creates the opportunity. The call is stored with its token and body before it is sent; whatever happens then, the
 * same call is repeated until its outcome is known ({@link finishCreate}), so there is never a second opportunity.
 */
export const applyCreate: ApplyStep<"create"> = async ({ payload, changes }, deal) => {
  const { store, partnerCentral, sync, clock } = deal.options;
  await refuseInvited(deal.link, deal.options);
  const refusals = (await store.baseValues(deal.link.id)).get(refusalsKey)?.crm;
  const clientToken = createToken(
    {
      catalog: partnerCentral.catalog,
      organization: sync.organization,
      object: sync.mapping.crm.object,
      crmRef: deal.link.crmRef,
    },
    typeof refusals === "number" ? refusals : 0,
  );
  const call = await store.beginCall({ linkId: deal.link.id, step, clientToken, request: payload });
  const opportunityId = await finishCreate(call, deal);
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

/** Sends a stored create, for the first time or again, and stores its outcome. Returns the opportunity's id. */
export async function finishCreate(call: PendingCall, deal: Deal): Promise<string> {
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
    const failure = failureOf(error);
    if (failure?.kind === "conflict") {
      id = await findByIdentifier(call.request, deal);
      base = new Map();
    } else {
      if (failure?.kind === "invalid" || failure?.kind === "permission") await forget(call, deal);
      throw error;
    }
  }
  await store.finishCall(call.id, { patch: { opportunityId: id, status: "linked" }, base });
  deal.link = { ...deal.link, opportunityId: id, status: "linked" };
  deal.tally.created = true;
  return id;
}

/** AWS refused the create: nothing exists, and the next one needs a token of its own. */
async function forget(call: PendingCall, deal: Deal): Promise<void> {
  const { store } = deal.options;
  const refusals = (await store.baseValues(deal.link.id)).get(refusalsKey)?.crm;
  const count = (typeof refusals === "number" ? refusals : 0) + 1;
  await store.finishCall(call.id, { base: new Map([[refusalsKey, { crm: count, aws: count }]]) });
}

/**
 * The token was used with another body: the opportunity exists, made by an installation whose state we do not have.
 * It is found by the record's id that it carries; where it cannot be found a person must look, nothing is created.
 */
async function findByIdentifier(request: JsonObject, deal: Deal): Promise<string> {
  const { partnerCentral } = deal.options;
  const identifier = request["PartnerOpportunityIdentifier"];
  if (typeof identifier === "string" && identifier !== "") {
    for await (const page of partnerCentral.listOpportunities({}, callOptions(deal))) {
      const found = page.find((summary) => summary["PartnerOpportunityIdentifier"] === identifier)?.["Id"];
      if (typeof found === "string") return found;
    }
  }
  throw new FailureError({
    kind: "invalid",
    code: "create-token-used",
    message: `AWS says that an opportunity was already created for CRM record ${deal.link.crmRef}, but none carries its id. Nothing was created. Find it in Partner Central and put its id into the CRM field ${deal.options.sync.mapping.link.opportunityId}.`,
    issues: [],
  });
}
