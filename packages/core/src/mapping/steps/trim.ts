import type { ScalarStep } from "./step.ts";

/** Takes away white space at both ends. */
export const trim: ScalarStep = { takes: "text", gives: "text", prepare: () => (text) => text.trim() };
