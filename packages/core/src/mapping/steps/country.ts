import { Problem } from "../problem.ts";
import { countryCode, likelyCountry } from "./countries.ts";
import type { ScalarStep } from "./step.ts";

/** The two-letter ISO code of a country, out of its name or any of its codes. */
export const country: ScalarStep = {
  takes: "text",
  gives: "text",
  prepare: () => (text) =>
    countryCode(text) ??
    new Problem("unknown-country", "is not the name or code of a country: correct it in the CRM", likelyCountry(text)),
};
