import { quotaLimits } from "@cosell/partner-central/model";
import type { DealComparison } from "./compare-mappings.ts";

/** A deal with what the change of the mapping does to it. */
export interface ComparedDeal extends DealComparison {
  /** The CRM's id, or the golden case's name. */
  readonly deal: string;
  readonly title: string | undefined;
  readonly opportunityId: string | undefined;
  readonly reviewStatus: string | undefined;
}

/** What a change of the mapping comes to. */
export interface DiffSummary {
  /** Deals looked at. */
  readonly deals: number;
  readonly changed: number;
  /** Deals that would begin or cease to take part. */
  readonly joining: number;
  readonly leaving: number;
  /** How many deals a path changes for, the most first; `sent` of them at once. */
  readonly paths: readonly { readonly path: string; readonly deals: number; readonly sent: number }[];
  readonly cost: DealComparison["cost"];
  /** The shortest time in which AWS's default quota allows it. */
  readonly quotaSeconds: number;
}

/** Adds deals up, one by one. */
export function createDiffSummary(): { add(deal: DealComparison): void; summary(): DiffSummary } {
  const counts = { deals: 0, changed: 0, joining: 0, leaving: 0 };
  const cost = { reads: 0, writes: 0 };
  const paths = new Map<string, { deals: number; sent: number }>();
  return {
    add: ({ takesPart, changes, cost: own }) => {
      counts.deals += 1;
      if (changes.length > 0) counts.changed += 1;
      if (takesPart?.after === true) counts.joining += 1;
      if (takesPart?.after === false) counts.leaving += 1;
      for (const { path, effect } of changes) {
        const count = paths.get(path) ?? { deals: 0, sent: 0 };
        paths.set(path, { deals: count.deals + 1, sent: count.sent + (effect === "sent" ? 1 : 0) });
      }
      cost.reads += own.reads;
      cost.writes += own.writes;
    },
    summary: () => ({
      ...counts,
      paths: [...paths]
        .map(([path, count]) => ({ path, ...count }))
        .toSorted((one, other) => other.deals - one.deals || one.path.localeCompare(other.path)),
      cost,
      quotaSeconds: Math.max(cost.writes / quotaLimits.write.perSecond, cost.reads / quotaLimits.read.perSecond),
    }),
  };
}
