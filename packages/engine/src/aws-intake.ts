import type { JsonValue } from "@cosell/connector";
import type { Mark } from "@cosell/state";
import type { EngineOptions, RunOptions } from "./engine.ts";
import { throwIfAborted } from "./failures.ts";
import { beginInbound, inboundSince, isPerhapsReferred, toInbox } from "./inbound/unknown-opportunities.ts";
import { type Carrier, carrierOf, linkNamed, linkOpen } from "./intake/carriers.ts";
import { priorityOf } from "./intake/priority.ts";

const source = "aws";
/** AWS's stamps are coarse and a new opportunity shows up late: read again what is younger than this. */
const overlapMs = 60_000;

/** What a look at AWS's list found. */
export interface AwsIntake {
  readonly changes: number;
  readonly marked: number;
  readonly pages: number;
  /** Linked opportunities that changed since the instant that the run looks back to. */
  readonly found: number;
}

/**
 * Marks the links of opportunities that changed at AWS, by AWS's own stamps: the watermark is the newest one seen,
 * never our clock. An opportunity that carries the id of a record which has none is that record's, unless the two sides
 * contradict each other: it is linked, so that a lost state file never leads to a second create. One that no link knows
 * and that AWS may have referred goes to the inbox.
 *
 * A run that looks back (`since`) begins as far back as it was told to, and marks what it finds there behind all other
 * work, known version or not; the watermark never goes back.
 */
export async function awsIntake(
  options: EngineOptions,
  { since: lookBack, signal, onProgress }: RunOptions,
): Promise<AwsIntake> {
  const { sync, store, partnerCentral } = options;
  const watermark = await store.cursor(sync.name, source);
  let newest = watermark;
  let changes = 0;
  let marked = 0;
  let pages = 0;
  let found = 0;
  const open: Carrier[] = [];
  const since = await inboundSince(options);
  const after = watermark === undefined ? {} : { after: earliest(overlapBefore(watermark), lookBack) };
  for await (const page of partnerCentral.listOpportunities(after, signal === undefined ? {} : { signal })) {
    throwIfAborted(signal);
    pages += 1;
    const marks: Mark[] = [];
    const unknown: string[] = [];
    const carriers: Carrier[] = [];
    for (const summary of page) {
      const id = text(summary["Id"]);
      const version = text(summary["LastModifiedDate"]);
      if (id === undefined) continue;
      if (version !== undefined && isLater(version, newest)) newest = version;
      const link = await store.linkByOpportunity(sync.name, id);
      if (link === undefined) {
        const carrier = await carrierOf(id, summary, options);
        if (carrier !== undefined) carriers.push(carrier);
        else if (isPerhapsReferred(summary, since)) unknown.push(id);
        continue;
      }
      const again = lookBack !== undefined && version !== undefined && !isLater(lookBack, version);
      if (again) found += 1;
      // One that AWS shows again is seen as it is, whatever its stamp.
      if (link.status === "lost" || !sameInstant(link.awsVersion, version)) {
        changes += 1;
        marks.push({ side: "aws", ref: id, reason: "aws:changed", priority: priorityOf(summary, link) });
      } else if (again) marks.push({ side: "aws", ref: id, reason: "aws:since", priority: "low" });
    }
    const named = await linkNamed(carriers, options);
    changes += named.linked.length;
    marks.push(...named.linked.map(markOf));
    open.push(...named.open);
    // In the inbox before the watermark passes them.
    await toInbox(unknown, options);
    // Nor does it pass what cannot be judged yet: after a crash the list is read from there again.
    marked += await store.intake(sync.name, source, marks, open.length === 0 ? newest : undefined);
    onProgress?.({ phase: "aws-changes", done: changes, total: undefined });
  }
  if (open.length > 0) {
    const linked = await linkOpen(open, options);
    changes += linked.length;
    marked += await store.intake(sync.name, source, linked.map(markOf), newest);
  }
  await beginInbound(newest, options);
  return { changes, marked, pages, found };
}

function markOf({ opportunityId, summary, link }: Carrier): Mark {
  return { side: "aws", ref: opportunityId, reason: "aws:changed", priority: priorityOf(summary, link) };
}

function overlapBefore(stamp: string): string {
  return new Date(Date.parse(stamp) - overlapMs).toISOString();
}

function earliest(one: string, other: string | undefined): string {
  return other !== undefined && Date.parse(other) < Date.parse(one) ? other : one;
}

function isLater(stamp: string, than: string | undefined): boolean {
  return than === undefined || Date.parse(stamp) > Date.parse(than);
}

function sameInstant(a: string | undefined, b: string | undefined): boolean {
  return a !== undefined && b !== undefined && Date.parse(a) === Date.parse(b);
}

function text(value: JsonValue | undefined): string | undefined {
  return typeof value === "string" ? value : undefined;
}
