import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { countCodePoints, firstCodePoints } from "./code-points.ts";

/** Letters, pairs, and halves of pairs. */
const text = fc.array(fc.constantFrom("a", "é", "👩", "\ud83d", "\udc69")).map((parts) => parts.join(""));

describe("code points", () => {
  it("are counted as a list of them has them", () => {
    fc.assert(fc.property(text, (given) => expect(countCodePoints(given)).toBe(Array.from(given).length)));
  });

  it("are cut as a list of them is", () => {
    fc.assert(
      fc.property(text, fc.nat(12), (given, count) =>
        expect(firstCodePoints(given, count)).toBe(Array.from(given).slice(0, count).join("")),
      ),
    );
  });
});
