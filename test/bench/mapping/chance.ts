/** Chance that repeats itself: the same seed, the same draws. */
export interface Chance {
  readonly happens: (probability: number) => boolean;
  /** A whole number, both ends included. */
  readonly whole: (from: number, to: number) => number;
  readonly pick: <T>(items: readonly T[]) => T;
  /** At least one of them, in their order. */
  readonly several: (items: readonly string[]) => readonly string[];
  /** A text, or what stands for none: mostly null, now and then an empty text. */
  readonly maybe: (probability: number, make: () => string) => string | null;
}

export function createChance(seed: number): Chance {
  const next = mulberry32(seed);
  const happens = (probability: number): boolean => next() < probability;
  const whole = (from: number, to: number): number => from + Math.floor(next() * (to - from + 1));
  const pick = <T>(items: readonly T[]): T => {
    const item = items[whole(0, items.length - 1)];
    if (item === undefined) throw new Error("There is nothing to pick from.");
    return item;
  };
  return {
    happens,
    whole,
    pick,
    several: (items) => {
      const chosen = items.filter(() => happens(0.4));
      return chosen.length === 0 ? [pick(items)] : chosen;
    },
    maybe: (probability, make) => (happens(probability) ? make() : happens(0.1) ? "" : null),
  };
}

function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
