import { FailureError, failureOf, type Clock, type JsonObject, type JsonValue } from "@cosell/connector";
import { compareInstants } from "../instants.ts";
import type { CallOptions, PartnerCentral } from "../partner-central.ts";

/** One opportunity as AWS last gave it. */
export interface MirroredOpportunity {
  readonly id: string;
  /** `LastModifiedDate` as AWS's list gave it. */
  readonly lastModified: string;
  /** `GetOpportunity`, whole. */
  readonly document: JsonObject;
  /** `GetAwsOpportunitySummary`, where it was asked for. */
  readonly summary?: JsonObject;
}

/** Where a mirror is kept. Every method is atomic. */
export interface MirrorStore {
  /** The newest `LastModifiedDate` that was stored with its page; absent before the first. */
  cursor(): string | undefined;
  /** `LastModifiedDate` of those that are kept, by id; what is gone is not among them. */
  versions(): ReadonlyMap<string, string>;
  /** Stores a page, what AWS no longer shows of it, and the cursor, in one transaction. */
  put(page: {
    readonly opportunities: readonly MirroredOpportunity[];
    readonly gone: readonly string[];
    readonly at: number;
    readonly cursor: string | undefined;
  }): void;
}

export interface MirrorOptions {
  readonly partnerCentral: PartnerCentral;
  readonly store: MirrorStore;
  readonly clock: Clock;
  /** Also AWS's own view of each opportunity: one read more. @defaultValue false */
  readonly summaries?: boolean;
  /** Look at everything, not only at what changed, and so find what AWS no longer shows. @defaultValue false */
  readonly full?: boolean;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: { readonly listed: number; readonly read: number }) => void;
}

/** What one run did. */
export interface MirrorReport {
  /** Opportunities in the lists of AWS. */
  readonly listed: number;
  /** Those that were new or had changed, and were read. */
  readonly read: number;
  /** Those that AWS shows no more. Their last state is kept. */
  readonly gone: number;
  readonly calls: number;
}

/** AWS's stamps are coarse, and it is not known whether its bound is inclusive: read again what is younger than this. */
const overlapMs = 60_000;

/**
 * Brings a local mirror of the account's opportunities up to date: lists by `LastModifiedDate`, ascending, from the
 * newest stamp that AWS itself gave, and reads what changed. It can be stopped anywhere: the cursor is stored with its
 * page, the next run goes on there. AWS has no list of removals: only a `full` run finds what it shows no more.
 * Reads only. Throws `FailureError`.
 */
export async function mirrorOpportunities(options: MirrorOptions): Promise<MirrorReport> {
  const { partnerCentral, store, clock, full = false, signal, onProgress } = options;
  const call: CallOptions = { priority: "background", ...(signal !== undefined && { signal }) };
  const callsBefore = partnerCentral.calls.reads;
  const known = store.versions();
  let newest = store.cursor();
  const after = newest === undefined || full ? {} : { after: earlier(newest) };
  const listed = new Set<string>();
  let read = 0;
  let gone = 0;
  for await (const page of partnerCentral.listOpportunities(after, call)) {
    stopIf(signal);
    const stamped = page.flatMap(stampOf);
    for (const { id } of stamped) listed.add(id);
    const changed = stamped.filter(({ id, lastModified }) => full || known.get(id) !== lastModified);
    const found = await Promise.all(
      changed.map(async (one) => ({ id: one.id, mirrored: await readWhole(one, options, call) })),
    );
    const opportunities = found.flatMap(({ mirrored }) => mirrored ?? []);
    const missing = found.filter(({ mirrored }) => mirrored === undefined).map(({ id }) => id);
    for (const { lastModified } of stamped) if (isLater(lastModified, newest)) newest = lastModified;
    store.put({ opportunities, gone: missing, at: clock.now(), cursor: newest });
    read += opportunities.length;
    gone += missing.length;
    onProgress?.({ listed: listed.size, read });
  }
  if (full) {
    const vanished = [...known.keys()].filter((id) => !listed.has(id));
    store.put({ opportunities: [], gone: vanished, at: clock.now(), cursor: newest });
    gone += vanished.length;
  }
  return { listed: listed.size, read, gone, calls: partnerCentral.calls.reads - callsBefore };
}

/** Keeps the list's stamp: the next list is compared with it, and AWS may spell the same instant otherwise elsewhere. */
async function readWhole(
  { id, lastModified }: Stamped,
  { partnerCentral, summaries = false }: MirrorOptions,
  call: CallOptions,
): Promise<MirroredOpportunity | undefined> {
  const document = await orMissing(partnerCentral.getOpportunity(id, call));
  if (document === undefined) return undefined;
  const summary = summaries ? await orMissing(partnerCentral.getAwsOpportunitySummary(id, call)) : undefined;
  return { id, lastModified, document, ...(summary !== undefined && { summary }) };
}

interface Stamped {
  readonly id: string;
  readonly lastModified: string;
}

async function orMissing(answer: Promise<JsonObject>): Promise<JsonObject | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (failureOf(error)?.kind === "missing") return undefined;
    throw error;
  }
}

function stampOf(listed: JsonObject): readonly Stamped[] {
  const id = text(listed["Id"]);
  const lastModified = text(listed["LastModifiedDate"]);
  return id === undefined ? [] : [{ id, lastModified: lastModified ?? "" }];
}

function earlier(stamp: string): string {
  return new Date(Date.parse(stamp) - overlapMs).toISOString();
}

function isLater(stamp: string, than: string | undefined): boolean {
  return stamp !== "" && (than === undefined || compareInstants(stamp, than) > 0);
}

function stopIf(signal: AbortSignal | undefined): void {
  if (signal?.aborted !== true) return;
  throw new FailureError({ kind: "aborted", message: "The mirror was stopped; the next run goes on where it was." });
}

function text(value: JsonValue | undefined): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
