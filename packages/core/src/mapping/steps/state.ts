import { Problem } from "../problem.ts";
import { suggest } from "../suggest.ts";
import { normalName } from "./normal-name.ts";
import type { ScalarStep } from "./step.ts";
import { stateNames, stateSpellings } from "./us-states.ts";

const states: ReadonlyMap<string, string> = new Map(
  Object.entries(stateNames).flatMap(([code, name]) =>
    [code, name, ...(stateSpellings[code] ?? [])].flatMap((spelling) => [
      [spelling, name] as const,
      [normalName(spelling), name] as const,
    ]),
  ),
);

/** The full English name of a state of the United States, out of its name or postal code. AWS takes no other states. */
export const state: ScalarStep = {
  takes: "text",
  gives: "text",
  prepare: () => (text) =>
    states.get(text) ??
    states.get(normalName(text)) ??
    new Problem(
      "unknown-state",
      "is not a state of the United States: correct it in the CRM",
      suggest(text.trim(), Object.values(stateNames)),
    ),
};
