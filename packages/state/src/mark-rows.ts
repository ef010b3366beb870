import type { Insertable, Selectable } from "kysely";
import type { Queries } from "./backend.ts";
import { batches } from "./batches.ts";
import { clean, type MarkState } from "./mark-state.ts";
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
  "marks.reasons",
  "marks.remarked_at",
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
        reasons: reasonsOf(row.reasons),
        remarkedAt: row.remarked_at ?? undefined,
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
  reasons: JSON.stringify(state.reasons),
  remarked_at: state.remarkedAt ?? null,
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
          reasons: excluded.ref("excluded.reasons"),
          remarked_at: excluded.ref("excluded.remarked_at"),
          remark_reasons: excluded.ref("excluded.remark_reasons"),
          generation: excluded.ref("excluded.generation"),
          claimed_by: excluded.ref("excluded.claimed_by"),
          claimed_until: excluded.ref("excluded.claimed_until"),
        })),
      )
      .execute();
};
