import { fingerprint } from "@cosell/core";
import type { LinkPatch } from "@cosell/state";
import { type Deal, recordOf } from "./deal.ts";

/** Marks that say no more than that the record was written: by its feed, or by its webhook. */
const saysNoMore: ReadonlySet<string> = new Set(["crm:changed", "crm:webhook-upsert"]);

/**
 * A change in the CRM that alters nothing of what the mapping reads: our own write come back, or somebody else's field.
 * A deal that is parked stays parked: the same values would be refused again.
 */
export function isEcho(deal: Deal, reasons: readonly string[]): boolean {
  const record = recordOf(deal);
  return (
    deal.link.crmHash !== undefined &&
    record !== undefined &&
    reasons.every((reason) => saysNoMore.has(reason)) &&
    fingerprint(record, deal.options.sync.mapping) === deal.link.crmHash
  );
}

/**
 * AWS's own stamps of what this reconcile wrote there first and last: events of that time are its echoes. Not every answer
 * tells a stamp; our clock then measures how long before the last one the first write was begun.
 */
export function writtenBetween(deal: Deal): Pick<LinkPatch, "awsWrittenFrom" | "awsWrittenAt"> {
  const { firstWrite, awsVersion, stampedAt = 0, tally } = deal;
  const wrote = firstWrite !== undefined || tally.created || tally.submitted || tally.updated;
  if (!wrote || awsVersion === undefined) return {};
  const awsWrittenAt = Date.parse(awsVersion);
  const { stamp, begunAt = stampedAt } = firstWrite ?? {};
  const awsWrittenFrom = stamp === undefined ? awsWrittenAt - (stampedAt - begunAt) : Date.parse(stamp);
  return { awsWrittenFrom, awsWrittenAt };
}
