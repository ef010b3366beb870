import type { ReadResult } from "@cosell/connector";
import { decide, fingerprint } from "@cosell/core";
import type { BaseValue, Link } from "@cosell/state";
import { awsIntake } from "./aws-intake.ts";
import { crmIntake } from "./crm-intake.ts";
import type { EngineOptions, PlannedDeal, RunOptions } from "./engine.ts";
import { throwIfAborted } from "./failures.ts";
import { inBatches } from "./in-batches.ts";
import { namedRecords } from "./named-records.ts";
import { observe } from "./observe.ts";
import { retrying } from "./retrying.ts";
import { readRecords } from "./read-records.ts";

/** The plan of every dirty deal (or of the records asked for), without applying anything. One read at AWS per linked deal. */
export async function* runPlan(options: EngineOptions, run: RunOptions): AsyncIterable<PlannedDeal> {
  const { store, sync } = options;
  if (run.records === undefined) {
    await retrying(() => crmIntake(options, run), options, run.signal);
    await retrying(() => awsIntake(options, run), options, run.signal);
    const total = (await store.counts(sync.name)).dirty;
    let done = 0;
    const parked = await parkedLinks(options);
    for await (const batch of inBatches(store.dirtyLinks(sync.name), sync.capabilities.readBatch)) {
      for await (const deal of planned(batch, options, run, parked)) {
        done += 1;
        run.onProgress?.({ phase: "reconcile", done, total });
        yield deal;
      }
    }
    return;
  }
  const refs = await namedRecords(run.records, options, run.signal);
  yield* planned(
    await Promise.all(refs.map(async (ref) => (await store.linkByCrmRef(sync.name, ref)) ?? ref)),
    options,
    run,
  );
}

async function* planned(
  batch: readonly (Link | string)[],
  options: EngineOptions,
  { signal, records: named }: RunOptions,
  parked: ReadonlySet<string> = new Set(),
): AsyncIterable<PlannedDeal> {
  const { store, sync, target } = options;
  const refs = batch.map((link) => (typeof link === "string" ? link : link.crmRef));
  const records = await retrying(() => readRecords(refs, options), options, signal);
  for (const [index, crm] of records.entries()) {
    throwIfAborted(signal);
    const known = batch[index];
    const link = typeof known === "string" ? undefined : known;
    const field = crm.status === "found" ? crm.record[sync.mapping.link.opportunityId] : undefined;
    const stored = typeof field === "string" && field !== "" ? field : undefined;
    const request = {
      crmRef: crm.ref,
      crm,
      linkId: link?.id,
      opportunityId: link?.opportunityId ?? stored,
      awsVersion: link?.awsVersion,
      base: link === undefined ? new Map<string, BaseValue>() : await store.baseValues(link.id),
      withSummary: false,
      signal,
    };
    const observation = await retrying(() => observe(request, options), options, signal);
    const plan = decide(observation, { mapping: sync.mapping, target });
    // What is known as it is costs no call, unless a person asks: most often our own write has come back.
    const asKnown = named === undefined && link !== undefined && isKnown(crm, link, sync);
    const looks = observation.opportunityId !== undefined && !(asKnown && plan.steps.length === 0) ? 1 : 0;
    yield {
      ...{ crmRef: crm.ref, link, plan },
      parked: link !== undefined && parked.has(link.id) && asKnown,
      reads: Math.max(plan.cost.reads, looks),
    };
  }
}

/** Links whose failure waits for a change. */
async function parkedLinks({ store, sync }: EngineOptions): Promise<ReadonlySet<string>> {
  const parked = new Set<string>();
  for await (const { linkId, retryAt } of store.failures(sync.name)) if (retryAt === undefined) parked.add(linkId);
  return parked;
}

function isKnown(crm: ReadResult, { crmHash }: Link, { mapping }: EngineOptions["sync"]): boolean {
  return crm.status === "found" && fingerprint(crm.record, mapping) === crmHash;
}
