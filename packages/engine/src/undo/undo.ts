import type { Plan } from "@cosell/core";
import type { JournalEntry, Link } from "@cosell/state";

/** Why one field of a write is not written back. */
export interface UndoRefusal {
  /** As the journal names it; empty: the whole write. */
  readonly path: string;
  /** One sentence. */
  readonly why: string;
}

/** What undoing one write of the journal means now. Nothing is written while there is a refusal. */
export interface PlannedUndo {
  readonly entry: JournalEntry;
  readonly link: Link;
  /** Only these fields of the write. All, without. */
  readonly fields: readonly string[] | undefined;
  readonly plan: Plan;
  readonly refusals: readonly UndoRefusal[];
}
