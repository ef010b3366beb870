import type { Clock, Logger } from "@cosell/connector";
import type { Backend } from "./backend.ts";
import { batches } from "./batches.ts";
import { claimOldest, claimOwners, releaseClaims, renewClaims } from "./claims.ts";
import { replayFailures, standingFailures } from "./failed-links.ts";
import { storeMarks } from "./intake.ts";
import { bindValue, readCursor, storeCursor, tokenStorage } from "./keyed-values.ts";
import { allLinks, findLink } from "./link-rows.ts";
import { countAll, fieldStatesOf, reasonCounts } from "./overview.ts";
import { beginPendingCall, finishPendingCall, pendingCallsOf } from "./pending-calls.ts";
import { fromJson, journalEntryOf } from "./rows.ts";
import { settleLink } from "./settle.ts";
import type { ClaimedLink, StateStore } from "./store.ts";

/** The store over any driver: says which queries make one transaction, and what time it is. */
export const createStore = (
  backend: Backend,
  { clock, logger }: { readonly clock: Clock; readonly logger: Logger },
): StateStore => {
  const { queries, write } = backend;
  return {
    bind: (key, value) => write((transaction) => bindValue(transaction, backend.location, key, value)),

    link: (id) => findLink(queries, { id }),
    linkByCrmRef: (sync, crmRef) => findLink(queries, { sync, crm_ref: crmRef }),
    linkByOpportunity: (sync, opportunityId) => findLink(queries, { sync, opportunity_id: opportunityId }),
    links: (filter = {}) => allLinks(queries, filter),

    intake: (sync, source, marks, cursor) =>
      write(async (transaction) => {
        const now = clock.now();
        if (cursor !== undefined) await storeCursor(transaction, { sync, source, value: cursor, now });
        return storeMarks(transaction, { sync, marks, now });
      }),
    cursor: (sync, source) => readCursor(queries, sync, source),
    claim: (sync, owner, { limit, leaseMs, crmRefs }) =>
      write(async (transaction) => {
        const now = clock.now();
        const request = { sync, owner, now, until: now + leaseMs };
        if (crmRefs === undefined) return claimOldest(transaction, { ...request, limit });
        const claimed: ClaimedLink[] = [];
        for (const batch of batches(crmRefs))
          claimed.push(
            ...(await claimOldest(transaction, { ...request, limit: limit - claimed.length, crmRefs: batch })),
          );
        return claimed;
      }),
    claimOwners: (sync) => claimOwners(queries, sync, clock.now()),
    renew: (owner, linkIds, leaseMs) =>
      write(async (transaction) => {
        for (const batch of batches(linkIds)) await renewClaims(transaction, owner, batch, clock.now() + leaseMs);
      }),
    release: (owner, linkIds) =>
      write(async (transaction) => {
        for (const batch of batches(linkIds)) await releaseClaims(transaction, owner, batch);
      }),
    settle: async (linkId, settlement) => {
      const ours = await write((transaction) => settleLink(transaction, linkId, settlement, clock.now()));
      if (!ours)
        logger.warn("a claim ended before its work did; the link will be reconciled again", {
          link: linkId,
          owner: settlement.settles?.owner,
        });
    },
    dirtyLinks: (sync) => allLinks(queries, { sync, dirty: true }),

    baseValues: async (linkId) => {
      const rows = await queries.selectFrom("base_values").where("link_id", "=", linkId).selectAll().execute();
      return new Map(rows.map(({ path, crm, aws }) => [path, { crm: fromJson(crm), aws: fromJson(aws) }]));
    },
    fieldStates: (linkId) => fieldStatesOf(queries, linkId),
    reasons: (sync, limit) => reasonCounts(queries, sync, limit),
    failures: (sync) => standingFailures(queries, sync),
    replay: (sync, linkIds) => write((transaction) => replayFailures(transaction, sync, linkIds, clock.now())),

    beginCall: (call) => write((transaction) => beginPendingCall(transaction, call, clock.now())),
    pendingCalls: (linkId) => pendingCallsOf(queries, linkId),
    finishCall: (id, outcome = {}) => write((transaction) => finishPendingCall(transaction, id, outcome, clock.now())),

    journal: async (linkId, { limit } = {}) => {
      let query = queries.selectFrom("journal").where("link_id", "=", linkId).selectAll().orderBy("id", "desc");
      if (limit !== undefined) query = query.limit(limit);
      return (await query.execute()).map(journalEntryOf).reverse();
    },
    counts: (sync) => countAll(queries, sync),
    tokens: (connection) => tokenStorage(backend, connection),
    close: () => backend.close(),
  };
};
