import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { histories } from "./actions.ts";
import { ending, foundHistories, patience, runs, violations } from "./plays.ts";

it(
  "any history ends as it would have ended without its kills",
  async () => {
    await fc.assert(
      fc.asyncProperty(histories({ faulty: false }), async (history) => {
        expect(await ending(history, true)).toEqual(await ending(history, false));
      }),
      { numRuns: runs(500) },
    );
  },
  patience,
);

describe("a history that once broke an invariant", () => {
  for (const { about, history } of foundHistories()) {
    it(about, async () => {
      expect(await violations(history)).toEqual([]);
    });
  }
});
