import { Problem } from "../problem.ts";
import type { ScalarStep } from "./step.ts";

/** `{ split: ";" }`: a list of the parts, trimmed, empty ones left out. */
export const split: ScalarStep = {
  takes: "text",
  gives: "list",
  arguments: { value: "required" },
  prepare: ({ value: separator }) =>
    separator === undefined || separator === ""
      ? new Problem("bad-argument", 'cannot be split: split takes a separator, such as ";"')
      : (text) =>
          text
            .split(separator)
            .map((part) => part.trim())
            .filter((part) => part !== ""),
};
