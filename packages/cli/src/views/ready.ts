import type { Obstacle, Preview } from "@cosell/engine";
import type { Terminal } from "../terminal/terminal.ts";

/** What a person can still do for a deal, most urgent first. */
export interface Readiness {
  readonly crmRef: string;
  readonly title: string | undefined;
  /** Does the record take part (the mapping's `match`)? */
  readonly matches: boolean;
  /** Nothing stands between the deal and its submission. */
  readonly ready: boolean;
  /** Nothing stands between the deal and its creation at AWS. */
  readonly readyToCreate: boolean;
  /** Must be filled in. */
  readonly required: readonly Obstacle[];
  /** Must be corrected. */
  readonly wrong: readonly Obstacle[];
  /** The deal goes without it: what is left out of it, or was changed to fit. */
  readonly niceToHave: readonly Omit<Obstacle, "purpose" | "kind">[];
}

/** Sorts what a preview found by what it means for the deal. */
export function readinessOf(preview: Preview): Readiness {
  const { crmRef, title, matches, obstacles, fields } = preview;
  const inTheWay = new Set(obstacles.map(({ path }) => path));
  return {
    ...{ crmRef, title, matches },
    ready: matches && obstacles.length === 0,
    readyToCreate: matches && obstacles.every(({ purpose }) => purpose !== "create"),
    required: obstacles.filter(({ kind }) => kind === "missing"),
    wrong: obstacles.filter(({ kind }) => kind === "wrong"),
    niceToHave: fields.flatMap(({ path, source, rule, issue }) =>
      issue === undefined || inTheWay.has(path)
        ? []
        : [{ path, sources: source === undefined ? [] : [source], rule, message: issue }],
    ),
  };
}

/** The groups as lists; every line names the CRM field where it is mended. */
export function renderReadiness(terminal: Terminal, readiness: Readiness): string {
  const { bold, green, red, yellow, dim } = terminal.colours;
  const { crmRef, title, matches, ready, readyToCreate, required, wrong, niceToHave } = readiness;
  const group = (heading: string, items: readonly (Omit<Obstacle, "purpose" | "kind"> & Partial<Obstacle>)[]): string =>
    [
      heading,
      ...items.map(({ sources, message, path, purpose }) => {
        const named = sources.length === 0 || sources.some((source) => message.includes(source));
        const field = named ? "" : `${sources.join(", ")}: `;
        return `  - ${field}${message} ${dim(`[${path}${purpose === undefined ? "" : `, to ${purpose}`}]`)}`;
      }),
    ].join("\n");
  return [
    bold(`${title ?? "(no title)"}  ${crmRef}`),
    matches ? "" : red("This record does not take part: the mapping's `match` does not hold."),
    required.length === 0 ? "" : group(red("Required:"), required),
    wrong.length === 0 ? "" : group(red("Wrong:"), wrong),
    niceToHave.length === 0 ? "" : group(yellow("Nice to have:"), niceToHave),
    ready
      ? green("Ready to submit for review.")
      : yellow(`Not ready to ${readyToCreate ? "submit for review" : "create at AWS"}.`),
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}
