import { dueAt, mostUrgent } from "./mark-priority.ts";
import type { MarkPriority } from "./store.ts";

/**
 * A link's place in the queue, as a value. A claim takes the marks that stand; those made later are kept apart, so that
 * a settlement answers exactly what its claim took.
 */
export interface MarkState {
  /** The oldest mark not yet answered; `undefined`: clean. */
  readonly markedAt: number | undefined;
  /** Its place among the dirty ones: the lowest {@link dueAt} of the marks not yet answered. */
  readonly dueAt: number | undefined;
  /** The most urgent one of the marks not yet answered. */
  readonly priority: MarkPriority | undefined;
  /** Oldest first, no repeats. */
  readonly reasons: readonly string[];
  /** The first mark since the claim. */
  readonly remarkedAt: number | undefined;
  /** As `dueAt`, of the marks since the claim alone. */
  readonly remarkDueAt: number | undefined;
  readonly remarkPriority: MarkPriority | undefined;
  readonly remarkReasons: readonly string[];
  /** How often it was claimed. */
  readonly generation: number;
  readonly owner: string | undefined;
  /** The claim ends here, if nobody settles or renews it. */
  readonly claimedUntil: number | undefined;
}

/** A link that was never marked. */
export const clean: MarkState = {
  markedAt: undefined,
  dueAt: undefined,
  priority: undefined,
  reasons: [],
  remarkedAt: undefined,
  remarkDueAt: undefined,
  remarkPriority: undefined,
  remarkReasons: [],
  generation: 0,
  owner: undefined,
  claimedUntil: undefined,
};

/** More reasons than this help nobody; the oldest ones stay. */
const keptReasons = 20;

const joined = (earlier: readonly string[], later: readonly string[]): readonly string[] =>
  [...new Set([...earlier, ...later])].slice(0, keptReasons);

const earliest = (one: number | undefined, other: number): number => Math.min(one ?? other, other);

/** Something changed at `now`. */
export const mark = (
  state: MarkState,
  now: number,
  reasons: readonly string[],
  priority: MarkPriority = "normal",
): MarkState => {
  const due = dueAt(now, priority);
  return state.owner === undefined
    ? {
        ...state,
        markedAt: state.markedAt ?? now,
        dueAt: earliest(state.dueAt, due),
        priority: mostUrgent(state.priority, priority),
        reasons: joined(state.reasons, reasons),
      }
    : {
        ...state,
        // Should the claim end unanswered, all marks stand again.
        dueAt: earliest(state.dueAt, due),
        priority: mostUrgent(state.priority, priority),
        remarkedAt: state.remarkedAt ?? now,
        remarkDueAt: earliest(state.remarkDueAt, due),
        remarkPriority: mostUrgent(state.remarkPriority, priority),
        remarkReasons: joined(state.remarkReasons, reasons),
      };
};

/** `owner` works on it now, and on all that it was marked for. */
export const claim = (state: MarkState, owner: string, claimedUntil: number): MarkState => ({
  ...release(state),
  generation: state.generation + 1,
  owner,
  claimedUntil,
});

/** The claim is given back, nothing is answered. */
export const release = (state: MarkState): MarkState => ({
  ...state,
  reasons: joined(state.reasons, state.remarkReasons),
  remarkedAt: undefined,
  remarkDueAt: undefined,
  remarkPriority: undefined,
  remarkReasons: [],
  owner: undefined,
  claimedUntil: undefined,
});

/** What the claim took is answered; what came later stands. */
export const answer = (state: MarkState): MarkState => ({
  ...clean,
  markedAt: state.remarkedAt,
  dueAt: state.remarkDueAt,
  priority: state.remarkPriority,
  reasons: state.remarkReasons,
  generation: state.generation,
});
