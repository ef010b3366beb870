import type { EngineOptions, RunOptions, SyncReport } from "./engine.ts";
import { throwIfAborted } from "./failures.ts";
import { gatherWrites } from "./gather-writes.ts";
import { type Looked, lookForChanges } from "./intake/look-for-changes.ts";
import { keepClaims, leaseMs } from "./keep-claims.ts";
import { namedRecords } from "./named-records.ts";
import { processOwner, releaseDeadOwners } from "./owner.ts";
import { readRecords } from "./read-records.ts";
import { retrying } from "./retrying.ts";
import { type LinkOutcome, reconcileLink } from "./reconcile-link.ts";

const claimSize = 100;

/** A run of named records looks at nothing else. */
const nothingLooked: Pick<Looked, "floor"> & {
  readonly report: Pick<SyncReport, "invitations" | "recordsCreated" | "swept" | "lookedBack">;
} = {
  report: { invitations: { new: 0, accepted: 0, rejected: 0, expiring: 0 }, recordsCreated: 0, swept: 0 },
  floor: { reads: 0, writes: 0 },
};

/** One whole sync: look for changes on both sides, then reconcile every dirty link whose time has come. */
export async function runSync(options: EngineOptions, run: RunOptions): Promise<SyncReport> {
  const { store, sync, partnerCentral, clock, concurrency = 4, owner = processOwner() } = options;
  const startedAt = clock.now();
  const { reads, writes } = partnerCentral.calls;
  await releaseDeadOwners(store, sync.name);
  const crmRefs = run.records && (await namedRecords(run.records, options, run.signal));
  const looked = crmRefs === undefined ? await lookForChanges(options, run) : nothingLooked;
  if (crmRefs !== undefined) {
    const marks = crmRefs.map((ref) => ({
      side: "crm" as const,
      ref,
      reason: "operator",
      priority: "urgent" as const,
    }));
    await store.intake(sync.name, "operator", marks, undefined);
    await hasten(crmRefs, options);
  }
  const gathering = gatherWrites(sync.connection, {
    ...{ concurrency, clock },
    writeBatch: sync.capabilities.writeBatch,
  });
  const only = run.only === undefined ? {} : { only: run.only };
  const gathered = { ...options, ...only, sync: { ...sync, connection: gathering.connection } };
  // A run for one side keeps what is left for the other claimed until it ends: else it would claim it again and again.
  const kept = new Set<string>();
  const outcomes: LinkOutcome[] = [];
  for (;;) {
    throwIfAborted(run.signal);
    const filter = crmRefs === undefined ? {} : { crmRefs };
    const claims = await store.claim(sync.name, owner, { limit: claimSize, leaseMs, ...filter });
    if (claims.length === 0) break;
    const waiting = new Set(claims.map(({ link }) => link.id));
    const letGo = keepClaims(owner, () => [...waiting, ...kept], options);
    try {
      const total = outcomes.length + (await store.counts(sync.name)).dirty;
      const refs = claims.map(({ link }) => link.crmRef);
      const records = await retrying(() => readRecords(refs, options), options, run.signal);
      await gathering.doAll(
        claims.map((claimed, index) => async () => {
          const crm = records[index] ?? { status: "missing" as const, ref: claimed.link.crmRef };
          const outcome = await reconcileLink(claimed, crm, owner, gathered, run.signal);
          if (outcome.lost !== true) outcomes.push(outcome);
          if (outcome.tally.left) kept.add(claimed.link.id);
          waiting.delete(claimed.link.id);
          run.onProgress?.({ phase: "reconcile", done: outcomes.length, total });
        }),
      );
    } finally {
      letGo();
      if (waiting.size > 0) await store.release(owner, [...waiting]);
    }
  }
  if (kept.size > 0) await store.release(owner, [...kept]);
  const counts = await store.counts(sync.name);
  const count = (test: (outcome: LinkOutcome) => boolean): number => outcomes.filter(test).length;
  const floor = outcomes.reduce(
    (sum, { tally }) => ({ reads: sum.reads + tally.floor.reads, writes: sum.writes + tally.floor.writes }),
    looked.floor,
  );
  return {
    records: outcomes.length,
    created: count(({ tally }) => tally.created),
    submitted: count(({ tally }) => tally.submitted),
    updated: count(({ tally }) => tally.updated && !tally.created),
    inboundUpdated: count(({ tally }) => tally.inbound && !tally.created),
    unchanged: count(
      ({ tally, failed }) => !failed && !tally.created && !tally.submitted && !tally.updated && tally.crmWrites === 0,
    ),
    statusShown: count(
      ({ tally, failed }) =>
        !failed && tally.crmWrites > 0 && !tally.inbound && !tally.created && !tally.submitted && !tally.updated,
    ),
    failedNow: count(({ failed }) => failed),
    held: counts.held,
    deferred: counts.deferred,
    conflicts: counts.conflicts,
    failed: counts.failed,
    orphaned: counts.links.orphaned,
    awsCalls: { reads: partnerCentral.calls.reads - reads, writes: partnerCentral.calls.writes - writes },
    floor,
    crmWrites: outcomes.reduce((sum, { tally }) => sum + tally.crmWrites, 0),
    invitations: looked.report.invitations,
    recordsCreated: looked.report.recordsCreated,
    swept: looked.report.swept,
    echoes: count(({ tally }) => tally.echo),
    ...(looked.report.lookedBack === undefined ? {} : { lookedBack: looked.report.lookedBack }),
    seconds: (clock.now() - startedAt) / 1000,
  };
}

/** A person who names a record does not want to wait for the time at which a failure would be tried again. */
async function hasten(crmRefs: readonly string[], { store, sync }: EngineOptions): Promise<void> {
  const links = await Promise.all(crmRefs.map((ref) => store.linkByCrmRef(sync.name, ref)));
  await store.replay(
    sync.name,
    links.flatMap((link) => (link === undefined ? [] : [link.id])),
  );
}
