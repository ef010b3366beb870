import type { ListStep } from "./step.ts";

/** `{ lines-to-text: " / " }`: one line out of a text with line breaks, or out of a list of lines. */
export const linesToText: ListStep = {
  takes: "list",
  gives: "text",
  arguments: { value: "optional" },
  prepare:
    ({ value: separator = " " }) =>
    (items) =>
      items
        .filter((item) => typeof item !== "object")
        .flatMap((item) => String(item).split(/[\r\n\u2028\u2029]/u))
        .map((line) => line.trim())
        .filter((line) => line !== "")
        .join(separator),
};
