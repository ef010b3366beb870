import type { JsonObject, JsonValue } from "@cosell/connector";
import type { MappingIssue, Position } from "../mapping.ts";
import type { Problem } from "../problem.ts";

/** In place of a value: there is none, and an issue says why. */
export const failed: unique symbol = Symbol("failed");

/** A value, nothing, or a failure that is already reported. */
export type Outcome = JsonValue | undefined | typeof failed;

/** The state of one run over one record: the only thing that changes while a mapping runs. */
export interface Run {
  readonly record: JsonObject;
  /** What the outermost rules gave so far, in their order: conditions on targets read it. */
  readonly values: Outcome[];
  readonly issues: MappingIssue[];
  /** What was made so far, for provenance. */
  readonly trace: Made[];
  /** The path that gave the value in hand; `undefined` when no path did. */
  used: string | undefined;
  /** How many values came from a path so far, fit or not. */
  reads: number;
  /** The list item that is being made: `Customer.Contacts[0].`. */
  prefix: string;
  /** A table left a value out on purpose. */
  omitted: boolean;
}

/** An object that rules made: their values and the paths that gave them, side by side. */
export interface Made {
  readonly names: readonly string[];
  readonly values: readonly Outcome[];
  readonly used: readonly (string | undefined)[];
  /** As the run's, when the object was made. */
  readonly prefix: string;
}

/** Part of a compiled rule. `item` is what paths start at: the record, or an item of `each`. */
export type Evaluate = (item: JsonObject, run: Run) => Outcome;

/** A rule, as issues speak of it. */
export interface Site {
  /** The target, from the list item on when it is inside one. */
  readonly target: string;
  readonly sources: readonly string[];
  readonly rule: Position;
  /** The value must not stand in a message. */
  readonly sensitive: boolean;
}

/** Begins a run over a record, for so many outermost rules. */
export function startRun(record: JsonObject, rules = 0): Run {
  return {
    record,
    values: new Array<Outcome>(rules),
    issues: [],
    trace: [],
    used: undefined,
    reads: 0,
    prefix: "",
    omitted: false,
  };
}

/** Longer values say nothing to the reader of a message. */
const longestShown = 60;

/** Reports why a value cannot be used. `index` is its place in a list. */
export function reportProblem(run: Run, site: Site, problem: Problem, value: JsonValue, index?: number): typeof failed {
  const { code, message, suggestion } = problem;
  const subject = run.used ?? site.sources.join(" or ");
  const shown =
    site.sensitive || typeof value === "object" || String(value).length > longestShown ? undefined : `"${value}"`;
  const hint = suggestion === undefined ? "" : ` Did you mean "${suggestion}"?`;
  const about = [subject, shown].filter((part) => part !== undefined && part !== "").join(" ");
  report(run, site, {
    severity: "error",
    code,
    message: `${about === "" ? "The value" : about} ${message}.${hint}`,
    index,
  });
  return failed;
}

/** Appends an issue about a rule. */
export function report(
  run: Run,
  site: Site,
  issue: Pick<MappingIssue, "severity" | "code" | "message"> & { readonly index?: number | undefined },
): void {
  const { severity, code, message, index } = issue;
  const place = index === undefined ? "" : `[${index}]`;
  const target = `${run.prefix}${site.target}${place}`;
  run.issues.push({ severity, code, message, target, sources: site.sources, rule: site.rule });
}

/** Says that a value is wanted and where it would come from. */
export function missingMessage(name: string, sources: readonly string[], targetName: string): string {
  if (sources.length === 0) return `${targetName} needs ${name}, and the mapping gives no value for it.`;
  return `${targetName} needs ${name}: fill in ${sources.join(" or ")} in the CRM.`;
}

/** The source of every leaf that has one. */
export function usedSources(trace: readonly Made[]): Readonly<Record<string, string>> {
  const sources: Record<string, string> = {};
  for (const { names, values, used, prefix } of trace)
    for (const [slot, name] of names.entries()) {
      const source = used[slot];
      if (source !== undefined && values[slot] !== undefined && values[slot] !== failed)
        sources[prefix + name] = source;
    }
  return sources;
}
