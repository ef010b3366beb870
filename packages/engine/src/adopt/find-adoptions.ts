import type { JsonObject, JsonValue, ReadResult } from "@cosell/connector";
import { valueAt } from "@cosell/core";
import type { EngineOptions, RunOptions } from "../engine.ts";
import { throwIfAborted } from "../failures.ts";
import { inBatches } from "../in-batches.ts";
import { readRecords } from "../read-records.ts";
import { recordNamedBy } from "../record-named-by.ts";
import { retrying } from "../retrying.ts";
import type { AdoptionFindings } from "./adoption.ts";
import {
  type Candidate,
  candidatesByWebsite,
  matchByIds,
  type OpenOpportunity,
  type OpenRecord,
  proposalsOf,
} from "./match.ts";
import { domainOf } from "./similarity.ts";

const website = "Customer.Account.WebsiteUrl";

/**
 * Finds what exists on both sides and is not linked: by the id in the CRM, by the record's id at AWS, then what looks
 * alike. Reads only: all opportunities in pages of 100, all records in batches, and one read more per lookalike.
 */
export async function findAdoptions(options: EngineOptions, run: RunOptions): Promise<AdoptionFindings> {
  const { partnerCentral } = options;
  const before = partnerCentral.calls.reads;
  const aws = await openOpportunities(options, run);
  const crm = await openRecords(options, run);
  const matched = matchByIds(crm.open, aws.open, (id) => aws.linked.has(id));
  const candidates = candidatesByWebsite(matched.records, matched.opportunities);
  const proposals = proposalsOf(candidates, await titlesOf(candidates, options, run));
  return {
    exact: matched.exact,
    proposals,
    problems: matched.problems,
    linked: aws.linked.size,
    unmatchedRecords: matched.records.length - proposals.length,
    unmatchedOpportunities: matched.opportunities.length - proposals.length,
    awsReads: partnerCentral.calls.reads - before,
  };
}

async function openOpportunities(
  options: EngineOptions,
  { signal, onProgress }: RunOptions,
): Promise<{ readonly open: readonly OpenOpportunity[]; readonly linked: ReadonlySet<string> }> {
  const { store, sync, partnerCentral } = options;
  const open: OpenOpportunity[] = [];
  const linked = new Set<string>();
  const seen = new Set<string>();
  for await (const page of partnerCentral.listOpportunities({}, signal === undefined ? {} : { signal })) {
    throwIfAborted(signal);
    for (const summary of page) {
      const id = textOf(summary["Id"]);
      // One that changes while the pages are read is listed twice.
      if (id === undefined || seen.has(id)) continue;
      seen.add(id);
      if ((await store.linkByOpportunity(sync.name, id)) !== undefined) linked.add(id);
      else open.push(opportunityOf(id, summary, options));
    }
    onProgress?.({ phase: "aws-changes", done: seen.size, total: undefined });
  }
  return { open, linked };
}

function opportunityOf(id: string, summary: JsonObject, { sync }: EngineOptions): OpenOpportunity {
  const site = textOf(valueAt(summary, website));
  return {
    id,
    crmRef: recordNamedBy(summary, sync.connection),
    domain: site === undefined ? undefined : domainOf(site),
  };
}

async function openRecords(options: EngineOptions, run: RunOptions): Promise<{ readonly open: readonly OpenRecord[] }> {
  const { store, sync } = options;
  const open: OpenRecord[] = [];
  let done = 0;
  for await (const refs of inBatches(allRefs(options, run), sync.capabilities.readBatch)) {
    const unlinked: string[] = [];
    for (const ref of refs) {
      const link = await store.linkByCrmRef(sync.name, ref);
      if (link?.opportunityId === undefined) unlinked.push(ref);
    }
    const records = await retrying(() => readRecords(unlinked, options), options, run.signal);
    open.push(...records.flatMap((read) => recordOf(read, options)));
    done += refs.length;
    run.onProgress?.({ phase: "read", done, total: undefined });
  }
  return { open };
}

/** The ids of all records there are: the feed of changes from its very beginning. The sync's own cursor is not touched. */
async function* allRefs({ sync }: EngineOptions, { signal }: RunOptions): AsyncIterable<string> {
  const seen = new Set<string>();
  let cursor: string | undefined;
  for (;;) {
    throwIfAborted(signal);
    const page = await sync.connection.changes({
      object: sync.mapping.crm.object,
      ...(cursor === undefined ? {} : { cursor }),
    });
    if (page.cursorLost === true) {
      cursor = undefined;
      continue;
    }
    for (const change of page.changes) {
      if (change.kind !== "upsert" || seen.has(change.ref)) continue;
      seen.add(change.ref);
      yield change.ref;
    }
    if (page.caughtUp) return;
    cursor = page.cursor;
  }
}

/** A record counts when it takes part, or names an opportunity already. */
function recordOf(read: ReadResult, { sync }: EngineOptions): readonly OpenRecord[] {
  if (read.status !== "found") return [];
  const { mapping } = sync;
  const storedId = textOf(read.record[mapping.link.opportunityId]);
  if (storedId === undefined && !mapping.matches(read.record)) return [];
  const { payload } = mapping.run(read.record);
  const site = textOf(valueAt(payload, website));
  const title = textOf(valueAt(payload, "Project.Title")) ?? textOf(read.record["Name"]);
  return [{ crmRef: read.ref, storedId, title, domain: site === undefined ? undefined : domainOf(site) }];
}

/** The list of opportunities has no titles: each lookalike is read once. */
async function titlesOf(
  candidates: readonly Candidate[],
  options: EngineOptions,
  { signal, onProgress }: RunOptions,
): Promise<ReadonlyMap<string, string>> {
  const ids = [...new Set(candidates.map(({ opportunity }) => opportunity.id))];
  const titles = new Map<string, string>();
  for (const [index, id] of ids.entries()) {
    throwIfAborted(signal);
    const call = signal === undefined ? {} : { signal };
    const opportunity = await retrying(() => options.partnerCentral.getOpportunity(id, call), options, signal);
    const title = textOf(valueAt(opportunity, "Project.Title"));
    if (title !== undefined) titles.set(id, title);
    onProgress?.({ phase: "compare", done: index + 1, total: ids.length });
  }
  return titles;
}

function textOf(value: JsonValue | undefined): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
