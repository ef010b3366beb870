import type { Obstacle, Preview } from "@cosell/engine";
import type { Terminal } from "../terminal/terminal.ts";

/** What a deal is judged for: `submit`, or a stage at AWS by its name. */
export type ReadinessGoal = string;

/** What a person can still do for a deal, most urgent first. */
export interface Readiness {
  readonly crmRef: string;
  readonly title: string | undefined;
  /** `submit`, or the stage at AWS that the deal is to reach. */
  readonly for: ReadinessGoal;
  /** Does the record take part (the mapping's `match`)? */
  readonly matches: boolean;
  /** Nothing stands between the deal and what it is judged for. */
  readonly ready: boolean;
  /** Nothing stands between the deal and its creation at AWS. Of a stage: AWS has the deal already. */
  readonly readyToCreate: boolean;
  /** Must be filled in. */
  readonly required: readonly Obstacle[];
  /** Must be corrected. */
  readonly wrong: readonly Obstacle[];
  /** AWS asks for it of some partners only, and does not say in the deal whether it asks this one. */
  readonly perhaps: readonly Obstacle[];
  /** The deal goes without it: what is left out of it, or was changed to fit. */
  readonly niceToHave: readonly Omit<Obstacle, "purpose" | "kind">[];
}

/** Sorts what a preview found by what it means for the deal. */
export function readinessOf(preview: Preview, goal: ReadinessGoal): Readiness {
  const { crmRef, title, matches, obstacles, fields } = preview;
  const inTheWay = new Set(obstacles.map(({ path }) => path));
  const certain = obstacles.filter(({ conditional }) => conditional !== true);
  return {
    ...{ crmRef, title, for: goal, matches },
    ready: matches && certain.length === 0,
    readyToCreate: matches && certain.every(({ purpose }) => purpose !== "create"),
    required: certain.filter(({ kind }) => kind === "missing"),
    wrong: certain.filter(({ kind }) => kind === "wrong"),
    perhaps: obstacles.filter(({ conditional }) => conditional === true),
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
  const { crmRef, title, for: goal, matches, ready, readyToCreate, required, wrong, perhaps, niceToHave } = readiness;
  const group = (heading: string, items: readonly (Omit<Obstacle, "purpose" | "kind"> & Partial<Obstacle>)[]): string =>
    [
      heading,
      ...items.map(({ sources, message, path, purpose }) => {
        const named = sources.length === 0 || sources.some((source) => message.includes(source));
        const field = named ? "" : `${sources.join(", ")}: `;
        const step = purpose === undefined || purpose === "stage" ? "" : `, to ${purpose}`;
        return `  - ${field}${message} ${dim(`[${path}${step}]`)}`;
      }),
    ].join("\n");
  const whole = goal === "submit" ? "submit for review" : `reach the stage ${goal}`;
  return [
    bold(`${title ?? "(no title)"}  ${crmRef}`),
    matches ? "" : red("This record does not take part: the mapping's `match` does not hold."),
    required.length === 0 ? "" : group(red("Required:"), required),
    wrong.length === 0 ? "" : group(red("Wrong:"), wrong),
    perhaps.length === 0 ? "" : group(yellow("Asked of some partners only:"), perhaps),
    niceToHave.length === 0 ? "" : group(yellow("Nice to have:"), niceToHave),
    ready ? green(`Ready to ${whole}.`) : yellow(`Not ready to ${readyToCreate ? whole : "create at AWS"}.`),
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}
