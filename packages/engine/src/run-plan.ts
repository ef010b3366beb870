import { decide } from "@cosell/core";
import type { Link } from "@cosell/state";
import { awsIntake } from "./aws-intake.ts";
import { crmIntake } from "./crm-intake.ts";
import type { EngineOptions, PlannedDeal, RunOptions } from "./engine.ts";
import { throwIfAborted } from "./failures.ts";
import { inBatches } from "./in-batches.ts";
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
    for await (const batch of inBatches(store.dirtyLinks(sync.name), sync.capabilities.readBatch)) {
      for await (const deal of planned(batch, options, run)) {
        done += 1;
        run.onProgress?.({ phase: "reconcile", done, total });
        yield deal;
      }
    }
    return;
  }
  const refs = run.records.map((ref) => sync.connection.canonicalRef(ref));
  yield* planned(
    await Promise.all(refs.map(async (ref) => (await store.linkByCrmRef(sync.name, ref)) ?? ref)),
    options,
    run,
  );
}

async function* planned(
  batch: readonly (Link | string)[],
  options: EngineOptions,
  { signal }: RunOptions,
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
    const observation = await observe(
      {
        crmRef: crm.ref,
        crm,
        linkId: link?.id,
        opportunityId: link?.opportunityId ?? stored,
        base: link === undefined ? new Map() : await store.baseValues(link.id),
        withSummary: false,
        signal,
      },
      options,
    );
    yield { crmRef: crm.ref, link, plan: decide(observation, { mapping: sync.mapping, target }) };
  }
}
