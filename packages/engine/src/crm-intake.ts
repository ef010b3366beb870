import type { Mark } from "@cosell/state";
import type { EngineOptions, RunOptions } from "./engine.ts";
import { throwIfAborted } from "./failures.ts";

const source = "crm";
const mappingSource = "mapping";

/**
 * Marks the links of records that changed in the CRM. The cursor is stored together with the marks of its page.
 * Versions that were reconciled already (the feed's overlap, our own writes read back) mark nothing. A mapping that
 * changed marks everything: old records must follow it too.
 */
export async function crmIntake(
  { sync, store }: EngineOptions,
  { signal, onProgress }: RunOptions,
): Promise<{ readonly changes: number; readonly marked: number }> {
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
        if (link?.crmVersion === change.version && !remapped) continue;
        marks.push({ side: "crm", ref: change.ref, reason: sweeping ? "crm:sweep" : "crm:changed" });
      } else if (link !== undefined) {
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
