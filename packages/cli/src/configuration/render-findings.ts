import type { Finding } from "@cosell/core";
import { relative } from "node:path";
import type { Colours } from "../terminal/terminal.ts";

/** Findings as lines `file:line:col  severity  code  message (did you mean …?)`, in the order of the files. */
export function renderFindings(findings: readonly Finding[], colours: Colours): string {
  const lines = findings.map((finding) => ({ finding, place: placeOf(finding) }));
  const width = Math.max(0, ...lines.map(({ place }) => place.length));
  return lines
    .map(({ finding, place }) => {
      const paint = finding.severity === "error" ? colours.red : colours.yellow;
      const hint = finding.suggestion === undefined ? "" : ` (did you mean ${finding.suggestion}?)`;
      return `${place.padEnd(width)}  ${paint(finding.severity.padEnd(7))}  ${colours.dim(finding.code)}  ${finding.message}${hint}`;
    })
    .join("\n");
}

/** How many of each severity, in words. */
export function countFindings(findings: readonly Finding[]): string {
  const errors = findings.filter(({ severity }) => severity === "error").length;
  const warnings = findings.length - errors;
  return `${plural(errors, "error")}, ${plural(warnings, "warning")}`;
}

const plural = (count: number, word: string): string => `${count} ${word}${count === 1 ? "" : "s"}`;

function placeOf({ file, line, column }: Finding): string {
  const fromHere = relative(process.cwd(), file);
  return `${fromHere.startsWith("..") ? file : fromHere}:${line}:${column}`;
}
