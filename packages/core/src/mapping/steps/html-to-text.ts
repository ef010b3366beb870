import { compile } from "html-to-text";
import { Problem } from "../problem.ts";
import type { ScalarStep } from "./step.ts";

/** In UTF-16 units: no CRM's rich-text field is longer. */
const longest = 200_000;

const convert = compile({
  wordwrap: false,
  limits: { maxInputLength: longest, maxDepth: 100 },
  selectors: [
    { selector: "a", options: { ignoreHref: true } },
    { selector: "img", format: "skip" },
    ...["h1", "h2", "h3", "h4", "h5", "h6"].map((selector) => ({ selector, options: { uppercase: false } })),
  ],
});

/** Readable text out of a rich-text field: tags gone, entities decoded, lists and paragraphs as lines. */
export const htmlToText: ScalarStep = {
  takes: "text",
  gives: "text",
  prepare: () => (text) =>
    text.length > longest
      ? new Problem("too-long", `is too long to be read as rich text: shorten it to ${longest} characters`)
      : convert(text).trim(),
};
