import type { Change } from "@cosell/connector";
import type { Link, Mark, MarkPriority } from "@cosell/state";
import type { EngineOptions } from "../engine.ts";
import { marksOfEnd } from "./marks-of-end.ts";

/** How records that stand are marked. */
export interface MarkWay {
  readonly reason: string;
  /** `link`: the record's own, where it has one. */
  readonly priority: (link: Link | undefined) => MarkPriority;
  /** Records in a version that was reconciled already, too. */
  readonly known: boolean;
}

/** What is marked because of changes that the CRM told. Links of merged records are moved. */
export async function marksOfPage(
  changes: readonly Change[],
  way: MarkWay,
  options: EngineOptions,
): Promise<readonly Mark[]> {
  const { sync, store } = options;
  const marks: Mark[] = [];
  for (const change of changes) {
    const link = await store.linkByCrmRef(sync.name, change.ref);
    if (change.kind === "upsert") {
      // A record that is back from the bin may have its old version.
      if (!way.known && link?.crmVersion === change.version && link.status !== "orphaned") continue;
      marks.push({ side: "crm", ref: change.ref, reason: way.reason, priority: way.priority(link) });
    } else if (link !== undefined) {
      marks.push(...(await marksOfEnd(change, link, options)));
    }
  }
  return marks;
}
