import { seededRandomness } from "../kernel/index.ts";

/** Decisions about one record: the same seed and record decide the same, whatever else is drawn. */
export interface Draw {
  /** From 0 (included) to 1 (excluded). */
  number(): number;
  /** A whole number from `from` to `to`, both included. */
  between(from: number, to: number): number;
  /** True with this probability. */
  chance(probability: number): boolean;
  one<Item>(items: readonly [Item, ...Item[]]): Item;
  /** From `from` to `to` different items, in their own order. */
  some<Item>(items: readonly Item[], from: number, to: number): readonly Item[];
  /** An item, each as likely as its weight says. */
  weighted<Item>(items: readonly (readonly [Item, number])[], otherwise: Item): Item;
}

/** Everything that is decided about the record `key`. */
export function drawFor(seed: number, key: string): Draw {
  const number = seededRandomness(hash(`${seed}:${key}`));
  const below = (limit: number): number => Math.floor(number() * limit);
  return {
    number,
    between: (from, to) => from + below(to - from + 1),
    chance: (probability) => number() < probability,
    one: (items) => items[below(items.length)] ?? items[0],
    some: (items, from, to) => {
      const count = from + below(to - from + 1);
      const order = items.map((item, index) => ({ item, index, rank: number() })).sort((a, b) => a.rank - b.rank);
      return order
        .slice(0, count)
        .sort((a, b) => a.index - b.index)
        .map(({ item }) => item);
    },
    weighted: (items, otherwise) => {
      let left = number() * items.reduce((sum, [, weight]) => sum + weight, 0);
      for (const [item, weight] of items) {
        left -= weight;
        if (left < 0) return item;
      }
      return otherwise;
    },
  };
}

/** Items in an order that only the seed decides. */
export function shuffled<Item>(items: readonly Item[], seed: number, keyOf: (item: Item) => string): readonly Item[] {
  return items
    .map((item) => ({ item, rank: drawFor(seed, `order:${keyOf(item)}`).number() }))
    .sort((left, right) => left.rank - right.rank)
    .map(({ item }) => item);
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  return value >>> 0;
}
