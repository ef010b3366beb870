import type { JsonValue } from "@cosell/connector";
import type { CaseResult } from "@cosell/core";
import { shownPath } from "../mapping/read-mapping.ts";
import type { CaseRun } from "../mapping/run-case-files.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { place } from "./mapping-place.ts";
import { counted } from "./value.ts";

/** Each case with what differs, and how many hold. */
export function renderCaseRun(terminal: Terminal, runs: readonly CaseRun[]): string {
  const { bold, green, red } = terminal.colours;
  const sections = runs.map(({ mapping, results }) =>
    [bold(shownPath(mapping)), ...results.map((result) => renderCase(terminal, result))].join("\n"),
  );
  const { passed, failed } = countsOf(runs);
  const verdict = `${counted(passed + failed, "case")}: ${passed} ${passed === 1 ? "holds" : "hold"}, ${failed} ${failed === 1 ? "differs" : "differ"}.`;
  return [...sections, failed === 0 ? green(verdict) : red(verdict)].join("\n\n");
}

/** The same for machines. */
export function caseRunDocument(runs: readonly CaseRun[]) {
  return {
    mappings: runs.map(({ mapping, results }) => ({
      mapping: shownPath(mapping),
      cases: results.map(({ case: { name, at }, differences }) => ({
        name,
        file: at.file,
        line: at.line,
        ok: differences.length === 0,
        differences: differences.map(({ path, expected, actual }) => ({
          path,
          ...(expected !== undefined && { expected }),
          ...(actual !== undefined && { actual }),
        })),
      })),
    })),
    ...countsOf(runs),
  };
}

function countsOf(runs: readonly CaseRun[]): { readonly passed: number; readonly failed: number } {
  const results = runs.flatMap((run) => run.results);
  const passed = results.filter(({ differences }) => differences.length === 0).length;
  return { passed, failed: results.length - passed };
}

function renderCase({ colours }: Terminal, { case: { name, at }, differences }: CaseResult): string {
  if (differences.length === 0) return `${colours.green("holds")}    ${name}`;
  return [
    `${colours.red("differs")}  ${name}  ${colours.dim(place(at))}`,
    ...differences.flatMap(({ path, expected, actual }) => [
      `  ${colours.bold(path)}`,
      `    expected  ${colours.green(whole(expected))}`,
      `    actual    ${colours.red(whole(actual))}`,
    ]),
  ].join("\n");
}

/** Values in full: a cut one could hide the very difference. */
const whole = (value: JsonValue | undefined): string => (value === undefined ? "(nothing)" : JSON.stringify(value));
