import type { Change } from "@cosell/connector";
import type { Description } from "./describe.ts";
import { mergedIds, readGone } from "./read.ts";
import { readRecords } from "./records.ts";
import { upsertOf } from "./search-walk.ts";
import type { Session } from "./session.ts";

/**
 * How records stand now, as changes by id: there, archived, or merged into another one, which is told too. Of a record that
 * HubSpot shows nowhere, nothing.
 */
export async function standingOf(
  session: Session,
  { object, stamp, properties }: Description & { readonly stamp: string },
  ids: readonly string[],
): Promise<ReadonlyMap<string, Change>> {
  const standing = new Map<string, Change>();
  const asked = [stamp, ...(properties.has(mergedIds) ? [mergedIds] : [])];
  let open = [...new Set(ids)];
  while (open.length > 0) {
    const rows = await readRecords(session, object, { ids: open, properties: asked });
    for (const row of rows) standing.set(row.id, upsertOf({ stamp }, row));
    const absent = open.filter((id) => !standing.has(id));
    open = [];
    for (const [ref, result] of await readGone(session, object, absent, rows)) {
      if (result.status === "deleted") standing.set(ref, { kind: "delete", ref });
      if (result.status !== "merged") continue;
      standing.set(ref, { kind: "merge", ref, survivor: result.survivor });
      if (!standing.has(result.survivor)) open.push(result.survivor);
    }
  }
  return standing;
}
