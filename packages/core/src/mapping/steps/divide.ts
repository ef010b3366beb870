import { Problem } from "../problem.ts";
import { decimalPlaces, notANumber, parseDecimal } from "./decimal-text.ts";
import type { ScalarStep } from "./step.ts";

/** `{ divide: 12 }`: a year's amount per month. Exact to 12 places, rounded half up. */
export const divide: ScalarStep = {
  takes: "number",
  gives: "number",
  arguments: { value: "required" },
  prepare({ value = "" }) {
    const divisor = parseDecimal(value);
    if (divisor === undefined)
      return new Problem("bad-argument", "cannot be computed: the step's argument is not a number");
    if (divisor.eq(0)) return new Problem("division-by-zero", "cannot be divided by 0");
    const whole = /^\d{1,9}$/u.test(value) ? BigInt(value) : undefined;
    return (text) => {
      const quick = whole === undefined ? undefined : divideWhole(text, whole);
      return quick ?? parseDecimal(text)?.div(divisor).toFixed() ?? notANumber();
    };
  },
};

const scale = 10n ** BigInt(decimalPlaces);

/** A plain amount by a whole number, by far the most common: several times as quick as big.js, and the same result. */
function divideWhole(text: string, divisor: bigint): string | undefined {
  const match = /^(\d{1,30})(?:\.(\d{1,9}))?$/u.exec(text);
  if (match === null) return undefined;
  const [, whole = "", fraction = ""] = match;
  const by = fraction === "" ? divisor : divisor * 10n ** BigInt(fraction.length);
  const digits = ((BigInt(whole + fraction) * scale * 2n + by) / (by * 2n)).toString().padStart(decimalPlaces + 1, "0");
  const places = digits.slice(-decimalPlaces).replace(/0+$/u, "");
  return digits.slice(0, -decimalPlaces) + (places === "" ? "" : `.${places}`);
}
