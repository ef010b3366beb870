import type { Mark } from "@cosell/state";
import type { EngineOptions, RunOptions } from "./engine.ts";
import { throwIfAborted } from "./failures.ts";
import { followMerge } from "./life/follow-merge.ts";

const source = "crm";
const mappingSource = "mapping";

/**
 * Marks the links of records that changed in the CRM. The cursor is stored together with the marks of its page.
 * Versions that were reconciled already (the feed's overlap, our own writes read back) mark nothing. A mapping that
 * changed marks everything: old records must follow it too.
 */
export async function crmIntake(
  options: EngineOptions,
  { signal, onProgress }: RunOptions,
): Promise<{ readonly changes: number; readonly marked: number }> {
  const { sync, store } = options;
  const remapped = (await store.cursor(sync.name, mappingSource)) !== sync.mapping.hash;
  let cursor = remapped ? undefined : await store.cursor(sync.name, source);
  let sweeping = cursor === undefined;
  let changes = 0;
  let marked = 0;
  for (;;) {
    throwIfAborted(signal);
    const page = await sync.connection.changes({
      object: sync.mapping.crm.object,
      fields: sync.mapping.sourceFields,
      ...(cursor === undefined ? {} : { cursor }),
    });
    if (page.cursorLost === true) {
      cursor = undefined;
      sweeping = true;
      continue;
    }
    const marks: Mark[] = [];
    for (const change of page.changes) {
      changes += 1;
      const link = await store.linkByCrmRef(sync.name, change.ref);
      if (change.kind === "upsert") {
        // A record that is back from the bin may have its old version.
        if (link?.crmVersion === change.version && link.status !== "orphaned" && !remapped) continue;
        const reason = sweeping ? "crm:sweep" : "crm:changed";
        // A new deal waits for its submission: it goes before a change of an old one, and before a look at everything.
        const priority = link?.opportunityId === undefined && !sweeping ? "high" : "normal";
        marks.push({ side: "crm", ref: change.ref, reason, priority });
      } else if (link !== undefined) {
        // Moved before anything is marked: the survivor must not be taken for a new deal meanwhile.
        const moved = change.kind === "merge" ? await followMerge(link, change.survivor, options) : link;
        // A delete that is known already stands in the feed's overlap for a while.
        const known = change.kind === "delete" && moved.status === "orphaned";
        if (moved.crmRef === change.ref && !known)
          marks.push({ side: "crm", ref: change.ref, reason: `crm:${change.kind}` });
        if (change.kind === "merge") marks.push({ side: "crm", ref: change.survivor, reason: "crm:merge" });
      }
    }
    marked += await store.intake(sync.name, source, marks, page.cursor);
    onProgress?.({ phase: "crm-changes", done: changes, total: undefined });
    if (page.caughtUp) break;
    cursor = page.cursor;
  }
  if (remapped) await store.intake(sync.name, mappingSource, [], sync.mapping.hash);
  return { changes, marked };
}
