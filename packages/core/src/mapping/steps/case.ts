import type { ScalarStep } from "./step.ts";

/** Small letters: what AWS wants of an e-mail address. */
export const lower: ScalarStep = { takes: "text", gives: "text", prepare: () => (text) => text.toLowerCase() };

/** Capital letters. */
export const upper: ScalarStep = { takes: "text", gives: "text", prepare: () => (text) => text.toUpperCase() };
