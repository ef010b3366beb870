import type { EngineOptions, RunOptions } from "../engine.ts";
import { throwIfAborted } from "../failures.ts";
import { beginListing, endListing, goOnListing } from "./listing.ts";
import { marksOfPage, type MarkWay } from "./marks-of-page.ts";

const reason = "crm:since";

/** What a look back at the CRM found. */
export interface CrmLookBack {
  /** Records that changed since then, or went. */
  readonly found: number;
  /** The CRM does not reach that far back: all of its records were looked at. */
  readonly whole: boolean;
  /** Links that are dirty because of it. */
  readonly marked: number;
}

/**
 * Marks everything that changed in the CRM since an instant, known version or not, behind all other work. It walks the
 * feed beside the stored cursor, which stays where it is: nothing is lost or told twice because of it.
 */
export async function lookBackAtCrm(options: EngineOptions, since: string, run: RunOptions): Promise<CrmLookBack> {
  const { sync, store } = options;
  const { signal, onProgress } = run;
  const way: MarkWay = { reason, priority: () => "low", known: true };
  let cursor: string | undefined;
  const told = new Set<string>();
  let marked = 0;
  for (;;) {
    throwIfAborted(signal);
    const from = cursor === undefined ? { since } : { cursor };
    const request = { object: sync.mapping.crm.object, fields: sync.mapping.sourceFields };
    const page = await sync.connection.changes({ ...request, ...from });
    if (page.cursorLost === true) {
      await beginListing(options, { reason, priority: "low", known: true });
      const listed = await goOnListing(options, run);
      await endListing(options);
      return { found: listed?.changes ?? 0, whole: true, marked: marked + (listed?.marked ?? 0) };
    }
    for (const { ref } of page.changes) told.add(ref);
    marked += await store.intake(sync.name, "crm", await marksOfPage(page.changes, way, options), undefined);
    onProgress?.({ phase: "crm-changes", done: told.size, total: undefined });
    if (page.caughtUp) return { found: told.size, whole: false, marked };
    cursor = page.cursor;
  }
}
