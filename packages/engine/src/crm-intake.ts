import type { EngineOptions, RunOptions } from "./engine.ts";
import { throwIfAborted } from "./failures.ts";
import { beginListing, endListing, goOnListing } from "./intake/listing.ts";
import { marksOfPage } from "./intake/marks-of-page.ts";

const source = "crm";
const mappingSource = "mapping";

/** What one look at the CRM found. */
interface Found {
  readonly changes: number;
  readonly marked: number;
}

/**
 * Marks the links of records that changed in the CRM. The cursor is stored together with the marks of its page.
 * Versions that were reconciled already (the feed's overlap, our own writes read back) mark nothing. A mapping that
 * changed marks everything: old records must follow it too. That needs a list of all records, as does a CRM that has lost
 * our place; the feed goes first, since it alone tells of deletes and merges.
 */
export async function crmIntake(options: EngineOptions, run: RunOptions): Promise<Found> {
  const { sync, store } = options;
  const followed = await followFeed(options, run);
  const remapped = (await store.cursor(sync.name, mappingSource)) !== sync.mapping.hash;
  if (remapped || followed === undefined) {
    await beginListing(options, { reason: "crm:sweep", priority: "normal", known: remapped });
  }
  const listed = await goOnListing(options, run);
  if (listed !== undefined) {
    if (followed === undefined) await store.intake(sync.name, source, [], listed.cursor);
    if (remapped) await store.intake(sync.name, mappingSource, [], sync.mapping.hash);
    await endListing(options);
  }
  const { changes = 0, marked = 0 } = followed ?? {};
  return { changes: changes + (listed?.changes ?? 0), marked: marked + (listed?.marked ?? 0) };
}

/** Marks what the feed tells since the stored cursor; `undefined` where there is none, or the CRM knows it no more. */
async function followFeed(options: EngineOptions, { signal, onProgress }: RunOptions): Promise<Found | undefined> {
  const { sync, store } = options;
  let cursor = await store.cursor(sync.name, source);
  let changes = 0;
  let marked = 0;
  while (cursor !== undefined) {
    throwIfAborted(signal);
    const { object } = sync.mapping.crm;
    const page = await sync.connection.changes({ object, fields: sync.mapping.sourceFields, cursor });
    if (page.cursorLost === true) return undefined;
    changes += page.changes.length;
    const marks = await marksOfPage(
      page.changes,
      {
        reason: "crm:changed",
        // A new deal waits for its submission: it goes before a change of an old one, and before a look at everything.
        priority: (link) => (link?.opportunityId === undefined ? "high" : "normal"),
        known: false,
      },
      options,
    );
    marked += await store.intake(sync.name, source, marks, page.cursor);
    onProgress?.({ phase: "crm-changes", done: changes, total: undefined });
    if (page.caughtUp) return { changes, marked };
    cursor = page.cursor;
  }
  return undefined;
}
