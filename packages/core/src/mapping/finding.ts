import type { Finding, Position } from "./mapping.ts";

/** Something to say about a place of the file. */
export interface Remark {
  readonly code: string;
  readonly message: string;
  readonly suggestion?: string | undefined;
  /** @defaultValue "error" */
  readonly severity?: Finding["severity"];
}

/** Gathers findings while a mapping is read or checked. */
export type Report = (at: Position, remark: Remark) => void;

/** A report that appends to a list; the same remark about the same place is kept once. */
export function reportTo(findings: Finding[]): Report {
  const seen = new Set<string>();
  return ({ file, line, column }, { code, message, suggestion, severity = "error" }) => {
    const key = [file, line, column, code, message].join("\n");
    if (seen.has(key)) return;
    seen.add(key);
    findings.push({ file, line, column, severity, code, message, ...(suggestion !== undefined && { suggestion }) });
  };
}

/** By file, then by place. */
export function sortFindings(findings: readonly Finding[]): readonly Finding[] {
  return findings.toSorted(
    (a, b) => a.file.localeCompare(b.file) || a.line - b.line || a.column - b.column || a.code.localeCompare(b.code),
  );
}

/** One line for a terminal: `file:line:col  severity  code  message (did you mean …?)`. */
export function formatFinding(finding: Finding): string {
  const { file, line, column, severity, code, message, suggestion } = finding;
  const hint = suggestion === undefined ? "" : ` (did you mean ${suggestion}?)`;
  return `${file}:${line}:${column}  ${severity}  ${code}  ${message}${hint}`;
}
