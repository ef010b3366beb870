import Big from "big.js";
import { Problem } from "../problem.ts";
import { notANumber, parseDecimal } from "./decimal-text.ts";
import type { ScalarStep } from "./step.ts";

/** `{ decimal: 2 }`: a decimal text with at most so many places, rounded half up, without exponent or trailing zeros. */
export const decimal: ScalarStep = {
  takes: "number",
  gives: "number",
  arguments: { value: "optional" },
  prepare({ value = "2" }) {
    if (!/^\d{1,2}$/u.test(value))
      return new Problem("bad-argument", "cannot be rounded: decimal takes a number of places, such as 2");
    const places = Number(value);
    return (text) => parseDecimal(text)?.round(places, Big.roundHalfUp).toFixed() ?? notANumber();
  },
};
