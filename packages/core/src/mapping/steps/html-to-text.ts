import { compile } from "html-to-text";
import type { ScalarStep } from "./step.ts";

const convert = compile({
  wordwrap: false,
  limits: { maxInputLength: 200_000, maxDepth: 100 },
  selectors: [
    { selector: "a", options: { ignoreHref: true } },
    { selector: "img", format: "skip" },
    ...["h1", "h2", "h3", "h4", "h5", "h6"].map((selector) => ({ selector, options: { uppercase: false } })),
  ],
});

/** Readable text out of a rich-text field: tags gone, entities decoded, lists and paragraphs as lines. */
export const htmlToText: ScalarStep = { takes: "text", gives: "text", prepare: () => (text) => convert(text).trim() };
