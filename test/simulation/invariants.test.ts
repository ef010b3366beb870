import { expect, it } from "@jest/globals";
import fc from "fast-check";
import { histories } from "./actions.ts";
import { patience, runs, violations } from "./plays.ts";

it(
  "any history of edits, reviews, faults and kills keeps the invariants",
  async () => {
    await fc.assert(
      fc.asyncProperty(histories({ faulty: true }), async (history) => {
        expect(await violations(history)).toEqual([]);
      }),
      { numRuns: runs(2000) },
    );
  },
  patience,
);
