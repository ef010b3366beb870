/**
 * A link's place in the queue, as a value. A claim takes the marks that stand; those made later are kept apart, so that
 * a settlement answers exactly what its claim took.
 */
export interface MarkState {
  /** The oldest mark not yet answered; `undefined`: clean. */
  readonly markedAt: number | undefined;
  /** Oldest first, no repeats. */
  readonly reasons: readonly string[];
  /** The first mark since the claim. */
  readonly remarkedAt: number | undefined;
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
  reasons: [],
  remarkedAt: undefined,
  remarkReasons: [],
  generation: 0,
  owner: undefined,
  claimedUntil: undefined,
};

/** More reasons than this help nobody; the oldest ones stay. */
const keptReasons = 20;

const joined = (earlier: readonly string[], later: readonly string[]): readonly string[] =>
  [...new Set([...earlier, ...later])].slice(0, keptReasons);

/** Something changed at `now`. */
export const mark = (state: MarkState, now: number, reasons: readonly string[]): MarkState =>
  state.owner === undefined
    ? { ...state, markedAt: state.markedAt ?? now, reasons: joined(state.reasons, reasons) }
    : {
        ...state,
        remarkedAt: state.remarkedAt ?? now,
        remarkReasons: joined(state.remarkReasons, reasons),
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
  remarkReasons: [],
  owner: undefined,
  claimedUntil: undefined,
});

/** What the claim took is answered; what came later stands. */
export const answer = (state: MarkState): MarkState => ({
  ...clean,
  markedAt: state.remarkedAt,
  reasons: state.remarkReasons,
  generation: state.generation,
});
