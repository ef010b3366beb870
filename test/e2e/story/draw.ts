/** Chance that is the same for the same seed. */
export interface Draw {
  /** A whole number from 0 up to, not including, `below`. */
  whole(below: number): number;
  /** One of them. */
  one<Item>(items: readonly Item[]): Item;
  /** Takes up to `count` items out of a pool: nobody else gets them. */
  take<Item>(pool: Item[], count: number): readonly Item[];
}

/** Chance by Mulberry32, a small generator of 32 bits. */
export function createDraw(seed: number): Draw {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const whole = (below: number): number => Math.floor(next() * below);
  return {
    whole,
    one: (items) => {
      const item = items[whole(items.length)];
      if (item === undefined) throw new Error("there is nothing to draw from");
      return item;
    },
    take: (pool, count) => {
      const taken = [];
      while (taken.length < count && pool.length > 0) taken.push(...pool.splice(whole(pool.length), 1));
      return taken;
    },
  };
}
