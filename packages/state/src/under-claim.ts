import type { Claim, StateStore } from "./store.ts";

/**
 * The same store for one who works under a claim: what it stores about the claim's link is stored only while the claim
 * stands. Once another has taken the link over, `settle`, `beginCall` and `finishCall` throw `conflict`
 * (`claim-lost`) and store nothing. A settlement that ends a claim (`settles`) says by itself what becomes of it then.
 */
export const underClaim = (store: StateStore, claim: Claim): StateStore => ({
  ...store,
  settle: (linkId, settlement) =>
    store.settle(
      linkId,
      linkId === claim.linkId && settlement.settles === undefined ? { ...settlement, claim } : settlement,
    ),
  beginCall: (call) => store.beginCall(call.linkId === claim.linkId ? { ...call, claim } : call),
  finishCall: (id, outcome) => store.finishCall(id, { ...outcome, claim }),
});
