import { failureOf } from "@cosell/connector";
import type { EngineOptions, RunOptions } from "../engine.ts";
import { throwIfAborted } from "../failures.ts";
import { readRecords } from "../read-records.ts";
import { retrying } from "../retrying.ts";
import type { AdoptionPair, AdoptionReport } from "./adoption.ts";

/**
 * Links pairs that are certain or approved; creates nothing on either side. Each is looked at on both sides first: a
 * file may be old, or mistyped. A new link has no base values: at its first sync, values that agree become the base, the
 * others are judged by authority, and what only one side holds is never cleared.
 */
export async function linkPairs(
  pairs: readonly AdoptionPair[],
  options: EngineOptions,
  run: RunOptions,
): Promise<AdoptionReport> {
  const { store, sync, clock } = options;
  const linked: AdoptionPair[] = [];
  const refused: { readonly pair: AdoptionPair; readonly why: string }[] = [];
  for (const [index, pair] of pairs.entries()) {
    throwIfAborted(run.signal);
    run.onProgress?.({ phase: "link", done: index, total: pairs.length });
    const { by, why, score, opportunityId } = pair;
    try {
      const crmRef = sync.connection.canonicalRef(pair.crmRef);
      const missing = await missingSide({ ...pair, crmRef }, options, run);
      if (missing !== undefined) {
        refused.push({ pair, why: missing });
        continue;
      }
      const summary =
        by === "similar"
          ? `Linked to ${opportunityId}: approved by a person. ${why}`
          : `Linked to ${opportunityId}: ${why}`;
      const detail = { opportunityId, by, score };
      await store.join(
        sync.name,
        { crmRef, opportunityId, ...(pair.title === undefined ? {} : { title: pair.title }) },
        [{ at: clock.now(), kind: "adopted", summary, detail }],
      );
      linked.push(pair);
    } catch (error) {
      const failure = failureOf(error);
      if (failure?.kind !== "conflict" && failure?.kind !== "invalid") throw error;
      refused.push({ pair, why: failure.message });
    }
  }
  return { linked, refused };
}

/** Why a pair cannot be linked: one of the two is not there. Ids that came from the sides themselves are not asked for again. */
async function missingSide(
  { crmRef, opportunityId, by }: AdoptionPair,
  options: EngineOptions,
  { signal }: RunOptions,
): Promise<string | undefined> {
  if (by !== "similar") return undefined;
  const [read] = await retrying(() => readRecords([crmRef], options), options, signal);
  if (read?.status !== "found") return `The CRM has no record ${crmRef}.`;
  try {
    const call = signal === undefined ? {} : { signal };
    await retrying(() => options.partnerCentral.getOpportunity(opportunityId, call), options, signal);
  } catch (error) {
    if (failureOf(error)?.kind !== "missing") throw error;
    return `AWS does not show opportunity ${opportunityId} to this account.`;
  }
  return undefined;
}
