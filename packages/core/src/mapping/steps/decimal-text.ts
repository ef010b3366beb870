import bigJs from "big.js";
import { Problem } from "../problem.ts";

/** Places of a quotient: far below any cent, and dividing costs time by the place. */
export const decimalPlaces = 12;

const Big = bigJs();
Big.DP = decimalPlaces;

const numeral = /^-?(?:\d{1,60}(?:\.\d{0,60})?|\.\d{1,60})(?:e[+-]?\d{1,2})?$/iu;

/** Is it a plain numeral? */
export function isNumeral(text: string): boolean {
  return numeral.test(text);
}

/** The exact decimal that a text stands for; never a float. `undefined` when it is not a plain numeral. */
export function parseDecimal(text: string): bigJs | undefined {
  const trimmed = text.trim();
  return numeral.test(trimmed) ? new Big(trimmed) : undefined;
}

export function notANumber(): Problem {
  return new Problem("bad-number", "is not a number: write digits with a point, such as 1250.50");
}
