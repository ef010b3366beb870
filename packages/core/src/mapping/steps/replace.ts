import { Problem } from "../problem.ts";
import type { ScalarStep } from "./step.ts";

/** `{ replace: { find: "-", with: "" } }`: every occurrence, to the letter. */
export const replace: ScalarStep = {
  takes: "text",
  gives: "text",
  arguments: { find: "required", with: "optional" },
  prepare: ({ find, with: replacement = "" }) =>
    find === undefined || find === ""
      ? new Problem("bad-argument", "cannot be changed: replace needs what to find")
      : (text) => text.replaceAll(find, () => replacement),
};
