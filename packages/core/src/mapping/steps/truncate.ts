import { firstCodePoints } from "../code-points.ts";
import { Problem } from "../problem.ts";
import type { ScalarStep } from "./step.ts";

/** `{ truncate: 255 }`: at most so many characters. Counts code points, as AWS does, and cuts none in two. */
export const truncate: ScalarStep = {
  takes: "text",
  gives: "text",
  arguments: { value: "required" },
  lossy: { code: "truncated", message: "was cut to fit" },
  prepare({ value = "" }) {
    if (!/^[1-9]\d{0,6}$/u.test(value))
      return new Problem("bad-argument", "cannot be cut: truncate takes a number of characters, such as 255");
    const length = Number(value);
    return (text) => (text.length <= length ? text : firstCodePoints(text, length).trimEnd());
  },
};
