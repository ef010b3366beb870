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
      : (text) => {
          const parts: string[] = [];
          for (const part of text.split(separator)) {
            const trimmed = part.trim();
            if (trimmed !== "") parts.push(trimmed);
          }
          return parts;
        },
};
