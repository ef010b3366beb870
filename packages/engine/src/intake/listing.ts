import type { EngineOptions, RunOptions } from "../engine.ts";
import { throwIfAborted } from "../failures.ts";
import { marksOfPage } from "./marks-of-page.ts";

const source = "crm-listing";
/** Links marked in one go. */
const batch = 500;

/** Why all records are listed, and what is marked. */
export interface ListingPurpose {
  readonly reason: string;
  readonly priority: "normal" | "low";
  /** Records in a version that was reconciled already, too. */
  readonly known: boolean;
}

/** A list of all records that is under way, as it is stored. */
interface Listing extends ListingPurpose {
  /** When it was begun. Milliseconds. */
  readonly at: number;
  /** The mapping that it was begun for. */
  readonly mapping: string;
  /** Absent: nothing was listed yet. */
  readonly cursor?: string | undefined;
}

/** What a finished list of all records found. */
export interface Listed {
  readonly changes: number;
  readonly marked: number;
  /** From here on the feed tells what changed since the list was begun. */
  readonly cursor: string;
}

/**
 * Begins to list all records, beside the feed, whose place stays where it is. That a list is under way is stored: one that
 * is interrupted goes on where it stopped. One that is under way stands if it marks as much and is for this mapping.
 */
export async function beginListing(options: EngineOptions, purpose: ListingPurpose): Promise<void> {
  const { sync, store, clock } = options;
  const underWay = await listingOf(options);
  if (underWay?.mapping === sync.mapping.hash && (underWay.known || !purpose.known)) return;
  const listing: Listing = { ...purpose, at: clock.now(), mapping: sync.mapping.hash };
  await store.intake(sync.name, source, [], JSON.stringify(listing));
}

/**
 * Ends the list of all records that is under way, if there is one. Links whose record it did not show are marked: the
 * record may be gone, and a list of what there is tells of no deletes.
 */
export async function goOnListing(
  options: EngineOptions,
  { signal, onProgress }: Pick<RunOptions, "signal" | "onProgress">,
): Promise<Listed | undefined> {
  const { sync, store, clock } = options;
  let listing = await listingOf(options);
  if (listing === undefined) return undefined;
  let changes = 0;
  let marked = 0;
  for (;;) {
    throwIfAborted(signal);
    const { reason, priority, known, at, cursor }: Listing = listing;
    const page = await sync.connection.changes({
      object: sync.mapping.crm.object,
      fields: sync.mapping.sourceFields,
      ...(cursor === undefined ? {} : { cursor }),
    });
    if (page.cursorLost === true) {
      listing = { ...listing, at: clock.now(), cursor: undefined };
      continue;
    }
    changes += page.changes.length;
    const marks = await marksOfPage(page.changes, { reason, priority: () => priority, known }, options);
    const refs = page.changes.map(({ ref }) => ref);
    listing = { ...listing, cursor: page.cursor };
    marked += await store.intake(sync.name, source, marks, JSON.stringify(listing), { refs, at });
    onProgress?.({ phase: "crm-changes", done: changes, total: undefined });
    if (!page.caughtUp) continue;
    marked += await markUnlisted(at, reason, options);
    return { changes, marked, cursor: page.cursor };
  }
}

/** Forgets a list of all records once everything that it was for is stored. */
export async function endListing({ sync, store }: EngineOptions): Promise<void> {
  await store.intake(sync.name, source, [], "");
}

async function listingOf({ sync, store }: EngineOptions): Promise<Listing | undefined> {
  const text = await store.cursor(sync.name, source);
  // The caller knows the shape: it is written here alone.
  return text === undefined || text === "" ? undefined : (JSON.parse(text) as Listing);
}

async function markUnlisted(at: number, reason: string, { store, sync }: EngineOptions): Promise<number> {
  let marked = 0;
  let ids: string[] = [];
  const markThese = async (): Promise<void> => {
    marked += await store.markLinks(ids, reason, "low");
    ids = [];
  };
  for await (const { id, status } of store.links({ sync: sync.name, notListedSince: at })) {
    if (status === "orphaned" || status === "ignored") continue;
    ids.push(id);
    if (ids.length === batch) await markThese();
  }
  if (ids.length > 0) await markThese();
  return marked;
}
