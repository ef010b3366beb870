import type { JsonObject, JsonValue } from "@cosell/connector";
import type { Link, Mark } from "@cosell/state";
import type { EngineOptions, RunOptions } from "./engine.ts";
import { throwIfAborted } from "./failures.ts";
import { beginInbound, inboundSince, isPerhapsReferred, toInbox } from "./inbound/unknown-opportunities.ts";
import { priorityOf } from "./intake/priority.ts";

const source = "aws";
/** AWS's stamps are coarse and a new opportunity shows up late: read again what is younger than this. */
const overlapMs = 60_000;

/**
 * Marks the links of opportunities that changed at AWS, by AWS's own stamps: the watermark is the newest one seen,
 * never our clock. An opportunity that carries the id of a record which has none is that record's: it is linked,
 * so that a lost state file never leads to a second create. One that no link knows and that AWS may have referred goes to
 * the inbox.
 */
export async function awsIntake(
  options: EngineOptions,
  { signal, onProgress }: RunOptions,
): Promise<{ readonly changes: number; readonly marked: number; readonly pages: number }> {
  const { sync, store, partnerCentral } = options;
  const watermark = await store.cursor(sync.name, source);
  let newest = watermark;
  let changes = 0;
  let marked = 0;
  let pages = 0;
  const since = await inboundSince(options);
  const after = watermark === undefined ? {} : { after: earlier(watermark) };
  for await (const page of partnerCentral.listOpportunities(after, signal === undefined ? {} : { signal })) {
    throwIfAborted(signal);
    pages += 1;
    const marks: Mark[] = [];
    const unknown: string[] = [];
    for (const summary of page) {
      const id = text(summary["Id"]);
      const version = text(summary["LastModifiedDate"]);
      if (id === undefined) continue;
      if (version !== undefined && isLater(version, newest)) newest = version;
      const link = (await store.linkByOpportunity(sync.name, id)) ?? (await adopted(id, summary, options));
      if (link === undefined && isPerhapsReferred(summary, since)) unknown.push(id);
      // One that AWS shows again is seen as it is, whatever its stamp.
      if (link === undefined || (link.status !== "lost" && sameInstant(link.awsVersion, version))) continue;
      changes += 1;
      marks.push({ side: "aws", ref: id, reason: "aws:changed", priority: priorityOf(summary, link) });
    }
    // In the inbox before the watermark passes them.
    await toInbox(unknown, options);
    marked += await store.intake(sync.name, source, marks, newest);
    onProgress?.({ phase: "aws-changes", done: changes, total: undefined });
  }
  await beginInbound(newest, options);
  return { changes, marked, pages };
}

/** Links an opportunity to the record whose id it carries, when that record has no opportunity. */
async function adopted(
  id: string,
  summary: JsonObject,
  { sync, store, clock }: EngineOptions,
): Promise<Link | undefined> {
  const stated = text(summary["PartnerOpportunityIdentifier"]);
  if (stated === undefined) return undefined;
  let ref: string;
  try {
    ref = sync.connection.canonicalRef(stated);
  } catch {
    return undefined; // An identifier of another system: not ours to link.
  }
  const link = await store.linkByCrmRef(sync.name, ref);
  if (link === undefined || link.opportunityId !== undefined) return undefined;
  await store.settle(link.id, {
    patch: { opportunityId: id, status: "linked" },
    journal: [
      {
        at: clock.now(),
        kind: "adopted",
        summary: `Opportunity ${id} carries this record's id: linked, nothing was created.`,
        detail: { opportunityId: id },
      },
    ],
  });
  return { ...link, opportunityId: id, status: "linked", awsVersion: undefined };
}

function earlier(stamp: string): string {
  return new Date(Date.parse(stamp) - overlapMs).toISOString();
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
