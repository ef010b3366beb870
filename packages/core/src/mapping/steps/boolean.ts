import { Problem } from "../problem.ts";
import type { ScalarStep } from "./step.ts";

const meanings: ReadonlyMap<string, boolean> = new Map([
  ...["true", "yes", "y", "1", "on"].map((word) => [word, true] as const),
  ...["false", "no", "n", "0", "off"].map((word) => [word, false] as const),
]);

/** True or false out of the words that CRMs use for them. */
export const boolean: ScalarStep = {
  takes: "boolean",
  gives: "boolean",
  prepare: () => (text) =>
    meanings.get(text.trim().toLowerCase()) ??
    new Problem("bad-boolean", "is neither true nor false: write true or false"),
};
