import { randomUUID } from "node:crypto";
import type { Queries } from "./backend.ts";
import { batches } from "./batches.ts";
import { markColumns, markStateOf, saveMarks } from "./mark-rows.ts";
import { mark } from "./mark-state.ts";
import type { Mark } from "./store.ts";

/** What one intake brings. */
export interface Intake {
  readonly sync: string;
  readonly marks: readonly Mark[];
  readonly now: number;
}

/** Marks links, making those of CRM records that are new. Returns how many were clean before. */
export const storeMarks = async (queries: Queries, { sync, marks, now }: Intake): Promise<number> => {
  const crm = reasonsByRef(marks, "crm");
  const aws = reasonsByRef(marks, "aws");
  await makeLinks(queries, sync, [...crm.keys()], now);
  return (
    (await markFound(queries, sync, "crm_ref", crm, now)) + (await markFound(queries, sync, "opportunity_id", aws, now))
  );
};

const reasonsByRef = (marks: readonly Mark[], side: Mark["side"]): ReadonlyMap<string, readonly string[]> => {
  const reasons = new Map<string, string[]>();
  for (const { ref, reason } of marks.filter((candidate) => candidate.side === side)) {
    const known = reasons.get(ref);
    if (known === undefined) reasons.set(ref, [reason]);
    else known.push(reason);
  }
  return reasons;
};

const makeLinks = async (queries: Queries, sync: string, refs: readonly string[], now: number): Promise<void> => {
  for (const batch of batches(refs))
    await queries
      .insertInto("links")
      .values(
        batch.map((ref) => ({
          id: randomUUID(),
          sync,
          crm_ref: ref,
          status: "new" as const,
          created_at: now,
          updated_at: now,
        })),
      )
      .onConflict((conflict) => conflict.columns(["sync", "crm_ref"]).doNothing())
      .execute();
};

const markFound = async (
  queries: Queries,
  sync: string,
  column: "crm_ref" | "opportunity_id",
  reasons: ReadonlyMap<string, readonly string[]>,
  now: number,
): Promise<number> => {
  let newlyDirty = 0;
  for (const batch of batches([...reasons.keys()])) {
    const found = await queries
      .selectFrom("links")
      .leftJoin("marks", "marks.link_id", "links.id")
      .where("links.sync", "=", sync)
      .where(`links.${column}`, "in", batch)
      .select(["links.id", "links.position", `links.${column} as ref`, ...markColumns])
      .execute();
    const states = found.map((row) => ({ row, before: markStateOf(row) }));
    newlyDirty += states.filter(({ before }) => before.markedAt === undefined).length;
    await saveMarks(
      queries,
      states.map(({ row, before }) => ({
        linkId: row.id,
        position: row.position,
        sync,
        state: mark(before, now, reasons.get(row.ref ?? "") ?? []),
      })),
    );
  }
  return newlyDirty;
};
