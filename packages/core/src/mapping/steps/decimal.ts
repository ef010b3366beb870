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
    // Most amounts have few places already: rounding leaves them as they are.
    const fraction = places === 0 ? "" : `(?:\\.\\d{0,${places - 1}}[1-9])?`;
    const isRounded = new RegExp(`^(?:0|[1-9]\\d{0,29})${fraction}$`, "u");
    return (text) => {
      if (isRounded.test(text)) return text;
      return parseDecimal(text)?.round(places, Big.roundHalfUp).toFixed() ?? notANumber();
    };
  },
};
