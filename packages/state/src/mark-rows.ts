import type { Insertable, Selectable } from "kysely";
import type { Queries } from "./backend.ts";
import { batches } from "./batches.ts";
import { clean, type MarkState } from "./mark-state.ts";
import type { Claim } from "./store.ts";
import type { MarksTable } from "./tables.ts";

/** A link's mark with what its row needs beside it. */
export interface LinkMark {
  readonly linkId: string;
  readonly position: number;
  readonly sync: string;
  readonly state: MarkState;
}

/** Columns to select for {@link markStateOf}. */
export const markColumns = [
  "marks.marked_at",
  "marks.due_at",
  "marks.priority",
  "marks.reasons",
  "marks.remarked_at",
  "marks.remark_due_at",
  "marks.remark_priority",
  "marks.remark_reasons",
  "marks.generation",
  "marks.claimed_by",
  "marks.claimed_until",
] as const;

type MarkColumns = Omit<Selectable<MarksTable>, "link_id" | "position" | "sync">;

/** From a row, or from the nulls of an outer join where a link has none. */
export const markStateOf = (row: { readonly [Column in keyof MarkColumns]: MarkColumns[Column] | null }): MarkState =>
  row.generation === null
    ? clean
    : {
        markedAt: row.marked_at ?? undefined,
        dueAt: row.due_at ?? undefined,
        priority: row.priority ?? undefined,
        reasons: reasonsOf(row.reasons),
        remarkedAt: row.remarked_at ?? undefined,
        remarkDueAt: row.remark_due_at ?? undefined,
        remarkPriority: row.remark_priority ?? undefined,
        remarkReasons: reasonsOf(row.remark_reasons),
        generation: row.generation,
        owner: row.claimed_by ?? undefined,
        claimedUntil: row.claimed_until ?? undefined,
      };

const reasonsOf = (text: string | null): readonly string[] =>
  text === null || text === "[]" ? [] : (JSON.parse(text) as readonly string[]);

const rowOf = ({ linkId, position, sync, state }: LinkMark): Insertable<MarksTable> => ({
  link_id: linkId,
  position,
  sync,
  marked_at: state.markedAt ?? null,
  due_at: state.dueAt ?? null,
  priority: state.priority ?? null,
  reasons: JSON.stringify(state.reasons),
  remarked_at: state.remarkedAt ?? null,
  remark_due_at: state.remarkDueAt ?? null,
  remark_priority: state.remarkPriority ?? null,
  remark_reasons: JSON.stringify(state.remarkReasons),
  generation: state.generation,
  claimed_by: state.owner ?? null,
  claimed_until: state.claimedUntil ?? null,
});

/** Stores marks in as few statements as possible. */
export const saveMarks = async (queries: Queries, marks: readonly LinkMark[]): Promise<void> => {
  for (const batch of batches(marks))
    await queries
      .insertInto("marks")
      .values(batch.map(rowOf))
      .onConflict((conflict) =>
        conflict.column("link_id").doUpdateSet((excluded) => ({
          marked_at: excluded.ref("excluded.marked_at"),
          due_at: excluded.ref("excluded.due_at"),
          priority: excluded.ref("excluded.priority"),
          reasons: excluded.ref("excluded.reasons"),
          remarked_at: excluded.ref("excluded.remarked_at"),
          remark_due_at: excluded.ref("excluded.remark_due_at"),
          remark_priority: excluded.ref("excluded.remark_priority"),
          remark_reasons: excluded.ref("excluded.remark_reasons"),
          generation: excluded.ref("excluded.generation"),
          claimed_by: excluded.ref("excluded.claimed_by"),
          claimed_until: excluded.ref("excluded.claimed_until"),
        })),
      )
      .execute();
};

/** Is a claim of a mark's link still the newest one, and not given back? */
export const isHeld = (mark: LinkMark | undefined, { owner, generation }: Omit<Claim, "linkId">): boolean =>
  mark?.state.owner === owner && mark.state.generation === generation;

/** The marks of links; a link that was never marked is not among them. */
export const marksOf = async (queries: Queries, linkIds: readonly string[]): Promise<readonly LinkMark[]> => {
  const rows = await queries
    .selectFrom("marks")
    .where("link_id", "in", linkIds)
    .select(["marks.link_id", "marks.position", "marks.sync", ...markColumns])
    .execute();
  return rows.map((row) => ({
    linkId: row.link_id,
    position: row.position,
    sync: row.sync,
    state: markStateOf(row),
  }));
};
