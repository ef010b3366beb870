import { arithmetic } from "./arithmetic.ts";

/** `{ multiply: 12 }`: a month's amount per year. */
export const multiply = arithmetic((value, factor) => value.times(factor));
