import pMap from "p-map";
import { awsIntake } from "./aws-intake.ts";
import { crmIntake } from "./crm-intake.ts";
import type { EngineOptions, RunOptions, SyncReport } from "./engine.ts";
import { throwIfAborted } from "./failures.ts";
import { processOwner, releaseDeadOwners } from "./owner.ts";
import { readRecords } from "./read-records.ts";
import { retrying } from "./retrying.ts";
import { type LinkOutcome, reconcileLink } from "./reconcile-link.ts";

const claimSize = 100;
const leaseMs = 120_000;
const renewMs = 30_000;

/** One whole sync: look for changes on both sides, then reconcile every dirty link whose time has come. */
export async function runSync(options: EngineOptions, run: RunOptions): Promise<SyncReport> {
  const { store, sync, partnerCentral, clock, concurrency = 4, owner = processOwner() } = options;
  const startedAt = clock.now();
  const { reads, writes } = partnerCentral.calls;
  await releaseDeadOwners(store, sync.name);
  const crmRefs = run.records?.map((ref) => sync.connection.canonicalRef(ref));
  let pages = 0;
  if (crmRefs === undefined) {
    await retrying(() => crmIntake(options, run), options, run.signal);
    pages = (await retrying(() => awsIntake(options, run), options, run.signal)).pages;
  } else {
    const marks = crmRefs.map((ref) => ({ side: "crm" as const, ref, reason: "operator" }));
    await store.intake(sync.name, "operator", marks, undefined);
    await hasten(crmRefs, options);
  }
  const outcomes: LinkOutcome[] = [];
  for (;;) {
    throwIfAborted(run.signal);
    const filter = crmRefs === undefined ? {} : { crmRefs };
    const claims = await store.claim(sync.name, owner, { limit: claimSize, leaseMs, ...filter });
    if (claims.length === 0) break;
    const waiting = new Set(claims.map(({ link }) => link.id));
    const renewal = setInterval(
      () => void store.renew(owner, [...waiting], leaseMs).catch(() => undefined),
      renewMs,
    ).unref();
    try {
      const total = outcomes.length + (await store.counts(sync.name)).dirty;
      const refs = claims.map(({ link }) => link.crmRef);
      const records = await retrying(() => readRecords(refs, options), options, run.signal);
      await pMap(
        claims,
        async (claimed, index) => {
          const crm = records[index] ?? { status: "missing" as const, ref: claimed.link.crmRef };
          outcomes.push(await reconcileLink(claimed, crm, owner, options, run.signal));
          waiting.delete(claimed.link.id);
          run.onProgress?.({ phase: "reconcile", done: outcomes.length, total });
        },
        { concurrency },
      );
    } finally {
      clearInterval(renewal);
      if (waiting.size > 0) await store.release(owner, [...waiting]);
    }
  }
  const counts = await store.counts(sync.name);
  const count = (test: (outcome: LinkOutcome) => boolean): number => outcomes.filter(test).length;
  const floor = outcomes.reduce(
    (sum, { tally }) => ({ reads: sum.reads + tally.floor.reads, writes: sum.writes + tally.floor.writes }),
    { reads: pages, writes: 0 },
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
    held: counts.held,
    deferred: counts.deferred,
    conflicts: counts.conflicts,
    failed: counts.failed,
    orphaned: counts.links.orphaned,
    awsCalls: { reads: partnerCentral.calls.reads - reads, writes: partnerCentral.calls.writes - writes },
    floor,
    crmWrites: outcomes.reduce((sum, { tally }) => sum + tally.crmWrites, 0),
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
