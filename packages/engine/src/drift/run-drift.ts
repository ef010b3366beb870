import { FailureError, type ReadResult } from "@cosell/connector";
import type { Link } from "@cosell/state";
import pMap from "p-map";
import { awsIntake } from "../aws-intake.ts";
import { crmIntake } from "../crm-intake.ts";
import type { EngineOptions, RunOptions } from "../engine.ts";
import { throwIfAborted } from "../failures.ts";
import { inBatches } from "../in-batches.ts";
import { namedRecords } from "../named-records.ts";
import { observe } from "../observe.ts";
import { readRecords } from "../read-records.ts";
import { retrying } from "../retrying.ts";
import { compareLink } from "./compare-link.ts";
import type { ComparedLink } from "./drift.ts";

/**
 * Compares every link field by field. Looks for changes first, so that what is merely new is told from what nobody
 * noticed; writes nowhere but the state's marks. One read at AWS per link.
 */
export async function* runDrift(options: EngineOptions, run: RunOptions): AsyncIterable<ComparedLink> {
  const { store, sync, concurrency = 4 } = options;
  await retrying(() => crmIntake(options, run), options, run.signal);
  await retrying(() => awsIntake(options, run), options, run.signal);
  const dirty = new Set<string>();
  for await (const { id } of store.dirtyLinks(sync.name)) dirty.add(id);
  const failed = new Set<string>();
  for await (const { linkId } of store.failures(sync.name)) failed.add(linkId);
  const total = run.records?.length ?? (await linkedCount(options));
  let done = 0;
  for await (const batch of inBatches(chosenLinks(options, run), sync.capabilities.readBatch)) {
    const refs = batch.map(({ crmRef }) => crmRef);
    const records = await retrying(() => readRecords(refs, options), options, run.signal);
    const compare = async (link: Link, index: number): Promise<ComparedLink> => {
      throwIfAborted(run.signal);
      const crm: ReadResult = records[index] ?? { status: "missing", ref: link.crmRef };
      const base = await store.baseValues(link.id);
      const { crmRef, opportunityId, awsVersion, id: linkId } = link;
      const request = { crmRef, linkId, crm, opportunityId, awsVersion, base, withSummary: false, signal: run.signal };
      const observation = await retrying(() => observe(request, options), options, run.signal);
      done += 1;
      run.onProgress?.({ phase: "compare", done, total });
      return compareLink(link, observation, { dirty: dirty.has(linkId), failed: failed.has(linkId) }, options);
    };
    yield* await pMap(batch, compare, { concurrency });
  }
}

async function linkedCount({ store, sync }: EngineOptions): Promise<number> {
  const { links } = await store.counts(sync.name);
  return links.linked + links.orphaned + links.lost;
}

/** The links that have an opportunity, or those of the records that were named. */
async function* chosenLinks(options: EngineOptions, { records, signal }: RunOptions): AsyncIterable<Link> {
  const { store, sync } = options;
  if (records === undefined) {
    yield* store.links({ sync: sync.name, linked: true });
    return;
  }
  for (const crmRef of await namedRecords(records, options, signal)) {
    const link = await store.linkByCrmRef(sync.name, crmRef);
    if (link?.opportunityId === undefined) {
      throw new FailureError({
        kind: "missing",
        message: `CRM record ${crmRef} has no opportunity to compare it with.`,
      });
    }
    yield link;
  }
}
