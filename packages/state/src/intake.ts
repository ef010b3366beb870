import { randomUUID } from "node:crypto";
import type { Queries } from "./backend.ts";
import { batches } from "./batches.ts";
import { lockLinks } from "./link-locks.ts";
import { markLocked, type Wish } from "./mark-links.ts";
import { mostUrgent } from "./mark-priority.ts";
import type { Mark } from "./store.ts";

/** What one intake brings. */
export interface Intake {
  readonly sync: string;
  readonly marks: readonly Mark[];
  readonly now: number;
}

/** Marks links, making those of CRM records that are new. Returns how many were clean before. */
export const storeMarks = async (queries: Queries, { sync, marks, now }: Intake): Promise<number> => {
  const crm = wishesByRef(marks, "crm");
  const aws = wishesByRef(marks, "aws");
  await makeLinks(queries, sync, [...crm.keys()], now);
  return (
    (await markFound(queries, sync, "crm_ref", crm, now)) + (await markFound(queries, sync, "opportunity_id", aws, now))
  );
};

/** Notes on the links of records that a list of all of them, begun `at`, has shown them. */
export const noteListed = async (
  queries: Queries,
  sync: string,
  { refs, at }: { readonly refs: readonly string[]; readonly at: number },
): Promise<void> => {
  for (const batch of batches([...new Set(refs)])) {
    const links = await lockLinks(queries, "crm_ref", batch, sync);
    const ids = links.map(({ id }) => id);
    if (ids.length > 0) await queries.updateTable("links").set({ listed_at: at }).where("id", "in", ids).execute();
  }
};

const wishesByRef = (marks: readonly Mark[], side: Mark["side"]): ReadonlyMap<string, Wish> => {
  const wishes = new Map<string, Wish & { readonly reasons: string[] }>();
  for (const { ref, reason, priority = "normal" } of marks.filter((candidate) => candidate.side === side)) {
    const known = wishes.get(ref);
    known?.reasons.push(reason);
    wishes.set(
      ref,
      known === undefined
        ? { reasons: [reason], priority }
        : { reasons: known.reasons, priority: mostUrgent(known.priority, priority) },
    );
  }
  return wishes;
};

/** Makes the links of CRM records that have none. */
export const makeLinks = async (
  queries: Queries,
  sync: string,
  refs: readonly string[],
  now: number,
): Promise<void> => {
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
  wishes: ReadonlyMap<string, Wish>,
  now: number,
): Promise<number> => {
  let newlyDirty = 0;
  for (const batch of batches([...wishes.keys()])) {
    const links = await lockLinks(queries, column, batch, sync);
    newlyDirty += await markLocked(
      queries,
      links,
      now,
      (link) => wishes.get(link[column] ?? "") ?? { reasons: [], priority: "normal" },
    );
  }
  return newlyDirty;
};
