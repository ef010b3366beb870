import { Problem } from "../problem.ts";
import { notANumber, parseDecimal } from "./decimal-text.ts";
import type { ScalarStep } from "./step.ts";

/** `{ multiply: 12 }`: a month's amount per year. Exact. */
export const multiply: ScalarStep = {
  takes: "number",
  gives: "number",
  arguments: { value: "required" },
  prepare({ value = "" }) {
    const factor = parseDecimal(value);
    if (factor === undefined)
      return new Problem("bad-argument", "cannot be computed: the step's argument is not a number");
    return (text) => parseDecimal(text)?.times(factor).toFixed() ?? notANumber();
  },
};
