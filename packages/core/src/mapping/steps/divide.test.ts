import { describe, expect, it } from "@jest/globals";
import Big from "big.js";
import fc from "fast-check";
import { isProblem } from "../problem.ts";
import { divide } from "./divide.ts";

describe("divide", () => {
  it("gives what big.js gives, the quick way too", () => {
    const exact = Big();
    exact.DP = 12;
    const amount = fc.oneof(
      fc.bigInt(0n, 10n ** 20n).map(String),
      fc.constantFrom("0", "007", "-5", "12.34", "0.000001"),
    );
    fc.assert(
      fc.property(amount, fc.integer({ min: 1, max: 999_999_999 }), (text, divisor) => {
        const run = divide.prepare({ value: String(divisor) });
        if (isProblem(run)) throw new Error(run.message);
        expect(run(text)).toBe(new exact(text).div(divisor).toFixed());
      }),
    );
  });
});
