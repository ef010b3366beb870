import type { ListStep } from "./step.ts";

/** `{ join: "; " }`: one text out of a list's values. */
export const join: ListStep = {
  takes: "list",
  gives: "text",
  arguments: { value: "optional" },
  prepare:
    ({ value: separator = ", " }) =>
    (items) =>
      items
        .filter((item) => typeof item !== "object")
        .map(String)
        .join(separator),
};
