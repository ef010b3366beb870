import type { Clock, Logger } from "@cosell/connector";
import { answerConflicts, answersOf } from "./answers.ts";
import type { Backend } from "./backend.ts";
import { batches } from "./batches.ts";
import { claimable, claimMostUrgent, claimOwners, releaseClaims, renewClaims } from "./claims.ts";
import { exportAll } from "./export-lines.ts";
import { replayFailures, standingFailures } from "./failed-links.ts";
import { importAll } from "./import-lines.ts";
import { storeMarks } from "./intake.ts";
import { findInvitation, listInvitations, patchInvitation, storeInvitations } from "./invitations.ts";
import { infoOf } from "./info.ts";
import { joinLink } from "./join-link.ts";
import { bindValue, readCursor, storeCursor, tokenStorage } from "./keyed-values.ts";
import { leastObserved } from "./least-observed.ts";
import { allLinks, findLink } from "./link-rows.ts";
import { markLinks } from "./mark-links.ts";
import { moveLinkTo } from "./move-link.ts";
import { countAll, fieldStatesOf, reasonCounts } from "./overview.ts";
import { allPauses, endPause, storePause } from "./pauses.ts";
import { beginPendingCall, finishPendingCall, pendingCallsOf } from "./pending-calls.ts";
import { pruneOldLines } from "./prune-journal.ts";
import { fromJson, journalEntryOf } from "./rows.ts";
import { settleLink } from "./settle.ts";
import type { StateStore } from "./store.ts";
import { allUnsettled } from "./unsettled.ts";

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
    claim: (sync, owner, { leaseMs, ...options }) =>
      write((transaction) => {
        const now = clock.now();
        return claimMostUrgent(transaction, { ...options, sync, owner, now, until: now + leaseMs });
      }),
    claimable: (sync, { limit }) => claimable(queries, sync, { limit, now: clock.now() }),
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

    markLinks: (linkIds, reason, priority = "normal") =>
      write((transaction) => markLinks(transaction, linkIds, { reasons: [reason], priority }, clock.now())),
    leastObserved: (sync, options) => leastObserved(queries, sync, options),
    join: (sync, pair, journal = []) => write((transaction) => joinLink(transaction, sync, pair, journal, clock.now())),
    moveLink: (linkId, survivorRef, journal = []) =>
      write((transaction) => moveLinkTo(transaction, linkId, survivorRef, journal, clock.now())),

    baseValues: async (linkId) => {
      const rows = await queries.selectFrom("base_values").where("link_id", "=", linkId).selectAll().execute();
      return new Map(rows.map(({ path, crm, aws }) => [path, { crm: fromJson(crm), aws: fromJson(aws) }]));
    },
    fieldStates: (linkId) => fieldStatesOf(queries, linkId),
    reasons: (sync, limit) => reasonCounts(queries, sync, limit),
    unsettled: (filter) => allUnsettled(queries, filter),
    answer: (linkId, choices) => write((transaction) => answerConflicts(transaction, linkId, choices, clock.now())),
    answers: (linkId) => answersOf(queries, linkId),

    pause: (pause, options = {}) => write((transaction) => storePause(transaction, pause, clock.now(), options)),
    resume: (pause) => write((transaction) => endPause(transaction, pause)),
    pauses: () => allPauses(queries),

    takeInvitations: (sync, found, cursor) =>
      write(async (transaction) => {
        const now = clock.now();
        if (cursor !== undefined) await storeCursor(transaction, { sync, ...cursor, now });
        return storeInvitations(transaction, sync, found, now);
      }),
    invitation: (sync, id) => findInvitation(queries, sync, id),
    invitations: (sync, { status } = {}) => listInvitations(queries, sync, status),
    updateInvitation: (sync, id, patch) =>
      write((transaction) => patchInvitation(transaction, sync, id, patch, clock.now())),

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
    journalEntry: async (id) => {
      const row = await queries.selectFrom("journal").where("id", "=", id).selectAll().executeTakeFirst();
      return row && journalEntryOf(row);
    },
    pruneJournal: (options) => pruneOldLines(backend, options),
    counts: (sync) => countAll(queries, sync),
    info: () => infoOf(backend),
    exportLines: () => exportAll(backend),
    importLines: (lines) => importAll(backend, lines),
    tokens: (connection) => tokenStorage(backend, connection),
    close: () => backend.close(),
  };
};
