import { notANumber, parseDecimal } from "./decimal-text.ts";
import type { ScalarStep } from "./step.ts";

/** A JSON number, for fields that are numbers and not amounts. */
export const number: ScalarStep = {
  takes: "number",
  gives: "number",
  prepare: () => (text) => parseDecimal(text)?.toNumber() ?? notANumber(),
};
