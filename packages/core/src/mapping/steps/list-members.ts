import type { ListStep } from "./step.ts";

/** Each value once, in the order of its first appearance. */
export const unique: ListStep = {
  takes: "list",
  gives: "list",
  prepare: () => (items) => [...new Map(items.map((item) => [JSON.stringify(item), item])).values()],
};

/** The first value of a list. */
export const first: ListStep = { takes: "list", gives: "text", prepare: () => (items) => items[0] };

/** The last value of a list. */
export const last: ListStep = { takes: "list", gives: "text", prepare: () => (items) => items.at(-1) };
