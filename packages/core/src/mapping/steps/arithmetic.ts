import type Big from "big.js";
import { Problem } from "../problem.ts";
import { notANumber, parseDecimal } from "./decimal-text.ts";
import type { ScalarStep } from "./step.ts";

/** A step that computes with one number; the result is a decimal text. */
export function arithmetic(compute: (value: Big, operand: Big) => Big | Problem): ScalarStep {
  return {
    takes: "number",
    gives: "number",
    arguments: { value: "required" },
    prepare({ value }) {
      const operand = value === undefined ? undefined : parseDecimal(value);
      if (operand === undefined)
        return new Problem("bad-argument", "cannot be computed: the step's argument is not a number");
      return (text) => {
        const number = parseDecimal(text);
        if (number === undefined) return notANumber();
        const result = compute(number, operand);
        return result instanceof Problem ? result : result.toFixed();
      };
    },
  };
}
