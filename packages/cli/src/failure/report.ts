import { type Failure, type FailureIssue, failureOf } from "@cosell/connector";
import type { Finding } from "@cosell/core";
import { CommanderError } from "commander";
import { renderFindings } from "../configuration/render-findings.ts";
import type { ExitCode } from "../program/command.ts";
import type { Colours } from "../terminal/terminal.ts";
import { adviceFor } from "./advice.ts";
import { FindingsError, UsageError } from "./findings-error.ts";

/** An error in the form in which it is told: to people by {@link renderError}, to machines as `json`. */
export interface ErrorReport {
  readonly exitCode: ExitCode;
  readonly json: {
    readonly kind: Failure["kind"] | "usage";
    readonly message: string;
    readonly code?: string;
    readonly requestId?: string;
    readonly issues?: readonly FailureIssue[];
    readonly findings?: readonly Finding[];
    readonly advice: string;
  };
  /** For `--log-level debug` only: it may name paths of this machine. */
  readonly stack: string | undefined;
}

/** What to tell about anything that was thrown. `usageText` is what commander had to say about the command line. */
export function reportOf(error: unknown, usageText = ""): ErrorReport {
  const stack = error instanceof Error ? error.stack : undefined;
  if (error instanceof CommanderError || error instanceof UsageError) {
    const message = (usageText === "" ? error.message : usageText).replace(/^error: /, "").trim();
    return { exitCode: 2, json: { kind: "usage", message, advice: "See `cosell --help`." }, stack };
  }
  if (error instanceof FindingsError) {
    const { message, findings, advice = adviceFor.config } = error;
    return { exitCode: 2, json: { kind: "config", message, findings, advice }, stack };
  }
  const failure = failureOf(error);
  if (failure === undefined) {
    const name = error instanceof Error ? error.name : typeof error;
    const message = `Something went wrong that Cosell did not expect (${name}).`;
    return { exitCode: 1, json: { kind: "bug", message, advice: adviceFor.bug }, stack };
  }
  return {
    exitCode: failure.kind === "config" ? 2 : 1,
    json: {
      kind: failure.kind,
      message: failure.message,
      ...(failure.code !== undefined && { code: failure.code }),
      ...(failure.requestId !== undefined && { requestId: failure.requestId }),
      ...(failure.kind === "invalid" && { issues: failure.issues }),
      advice: adviceFor[failure.kind],
    },
    stack,
  };
}

/** The report for a person: what, where, why, what to do. */
export function renderError(report: ErrorReport, colours: Colours, debug: boolean): string {
  const { kind, message, code, requestId, issues, findings, advice } = report.json;
  const lines = [`${colours.red("error")}  ${colours.bold(kind)}  ${message}`];
  const reference = [code, requestId === undefined ? undefined : `request ${requestId}`].filter(Boolean);
  if (reference.length > 0) lines.push(colours.dim(`  (${reference.join(", ")})`));
  for (const issue of issues ?? []) lines.push(`  - ${describeIssue(issue)}`);
  if (findings !== undefined) lines.push(renderFindings(findings, colours));
  lines.push(`${colours.cyan("next")}   ${advice}`);
  if (debug && report.stack !== undefined) lines.push(colours.dim(report.stack));
  return lines.join("\n");
}

/** One issue in a line: the CRM's fields first, since that is where it is mended. */
export function describeIssue(issue: FailureIssue): string {
  const from = issue.sources !== undefined && issue.sources.length > 0 ? `${issue.sources.join(", ")}: ` : "";
  const to = issue.target === undefined ? "" : ` [${issue.target}]`;
  const rule = issue.rule === undefined ? "" : ` (${issue.rule})`;
  return `${from}${issue.message}${to}${rule}`;
}
