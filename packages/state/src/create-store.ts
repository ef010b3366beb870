import type { Clock, Logger } from "@cosell/connector";
import { answerConflicts, answersOf } from "./answers.ts";
import type { Backend } from "./backend.ts";
import { baseValuesOf } from "./base-values.ts";
import { batches } from "./batches.ts";
import { claimable, claimMostUrgent, claimOwners, holdsClaim, releaseClaims, renewClaims } from "./claims.ts";
import { exportAll } from "./export-lines.ts";
import { replayFailures, standingFailures } from "./failed-links.ts";
import { fieldStatesOf } from "./field-states.ts";
import { importAll } from "./import-lines.ts";
import { noteListed, storeMarks } from "./intake.ts";
import { gatherOne, gatherReads } from "./gather-reads.ts";
import { findInvitation, listInvitations, patchInvitation, storeInvitations } from "./invitations.ts";
import { infoOf } from "./info.ts";
import { joinLink } from "./join-link.ts";
import { bindValue, readCursor, storeCursor, tokenStorage } from "./keyed-values.ts";
import { leastObserved } from "./least-observed.ts";
import { allLinks, findLink } from "./link-rows.ts";
import { gatherLinkWrites, isEmpty } from "./link-writes.ts";
import { markLinks } from "./mark-links.ts";
import { moveLinkTo } from "./move-link.ts";
import { countAll, reasonCounts } from "./overview.ts";
import { allPauses, endPause, storePause } from "./pauses.ts";
import { pendingCallsOf } from "./pending-calls.ts";
import { pruneOldLines } from "./prune-journal.ts";
import { journalEntryOf } from "./rows.ts";
import type { StateStore } from "./store.ts";
import { allUnsettled } from "./unsettled.ts";

/** The store over any driver: says which queries make one transaction, and what time it is. */
export const createStore = (
  backend: Backend,
  { clock, logger }: { readonly clock: Clock; readonly logger: Logger },
): StateStore => {
  const { queries, write, leaseTime } = backend;
  const linkWrite = gatherLinkWrites(write, clock);
  const claimTimes = () => ({ now: clock.now(), leaseTime: leaseTime(clock.now()) });
  const baseValues = gatherReads(queries, baseValuesOf);
  const fieldStates = gatherReads(queries, fieldStatesOf);
  const answers = gatherReads(queries, answersOf);
  const pendingCalls = gatherReads(queries, pendingCallsOf);
  const pauses = gatherOne(() => allPauses(queries));
  return {
    bind: (key, value) => write((transaction) => bindValue(transaction, backend.location, key, value)),

    link: (id) => findLink(queries, { id }),
    linkByCrmRef: (sync, crmRef) => findLink(queries, { sync, crm_ref: crmRef }),
    linkByOpportunity: (sync, opportunityId) => findLink(queries, { sync, opportunity_id: opportunityId }),
    links: (filter = {}) => allLinks(queries, filter),

    intake: (sync, source, marks, cursor, listed) =>
      write(async (transaction) => {
        const now = clock.now();
        if (cursor !== undefined) await storeCursor(transaction, { sync, source, value: cursor, now });
        const newlyDirty = await storeMarks(transaction, { sync, marks, now });
        if (listed !== undefined) await noteListed(transaction, sync, listed);
        return newlyDirty;
      }),
    cursor: (sync, source) => readCursor(queries, sync, source),
    claim: (sync, owner, { leaseMs, ...options }) =>
      write((transaction) => claimMostUrgent(transaction, { ...options, sync, owner, leaseMs, ...claimTimes() })),
    claimable: (sync, { limit }) => claimable(queries, sync, { limit, ...claimTimes() }),
    claimOwners: (sync) => claimOwners(queries, sync, leaseTime(clock.now())),
    holdsClaim: (claim) => holdsClaim(queries, claim),
    renew: (owner, linkIds, leaseMs) =>
      write(async (transaction) => {
        for (const batch of batches(linkIds))
          await renewClaims(transaction, owner, batch, { leaseMs, leaseTime: leaseTime(clock.now()) });
      }),
    release: (owner, linkIds) =>
      write(async (transaction) => {
        for (const batch of batches(linkIds)) await releaseClaims(transaction, owner, batch);
      }),
    settle: async (linkId, settlement) => {
      if (isEmpty(settlement)) return;
      const { overtaken } = await linkWrite({ kind: "settle", linkId, settlement });
      if (overtaken)
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

    baseValues: async (linkId) => (await baseValues(linkId)) ?? new Map(),
    fieldStates: async (linkId) => (await fieldStates(linkId)) ?? [],
    reasons: (sync, limit) => reasonCounts(queries, sync, limit),
    unsettled: (filter) => allUnsettled(queries, filter),
    answer: (linkId, choices) => write((transaction) => answerConflicts(transaction, linkId, choices, clock.now())),
    answers: async (linkId) => (await answers(linkId)) ?? [],

    pause: (pause, options = {}) => write((transaction) => storePause(transaction, pause, clock.now(), options)),
    resume: (pause) => write((transaction) => endPause(transaction, pause)),
    pauses,

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

    beginCall: (call) => linkWrite({ kind: "begin", call }),
    pendingCalls: async (linkId) => (await pendingCalls(linkId)) ?? [],
    finishCall: (id, outcome = {}) => linkWrite({ kind: "finish", id, outcome }),

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
    checkWritable: () => write(() => Promise.resolve()),
    exportLines: () => exportAll(backend),
    importLines: (lines) => importAll(backend, lines),
    tokens: (connection) => tokenStorage(backend, connection),
    close: () => backend.close(),
  };
};
