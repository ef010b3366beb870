import type { CheckReport, SideCheck } from "../commands/check.ts";
import { countFindings, renderFindings } from "../configuration/render-findings.ts";
import { adviceFor } from "../failure/advice.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { renderPauses } from "./pauses.ts";

/** Findings, then each side: who we are there, or why not and what to do. */
export function renderCheck(terminal: Terminal, { findings, connections, pauses }: CheckReport): string {
  return [
    ...(findings.length > 0 ? [renderFindings(findings, terminal.colours)] : []),
    `Configuration and mappings: ${countFindings(findings)}.`,
    ...connections.map((side) => describeSide(terminal, side)),
    ...(pauses.length > 0 ? [renderPauses(terminal, pauses)] : []),
    ...(findings.some(({ severity }) => severity === "error")
      ? ["Correct the errors, then run `cosell check` again."]
      : []),
  ].join("\n");
}

function describeSide({ colours }: Terminal, { name, check }: SideCheck): string {
  if (check.ok) {
    const detail = check.detail === undefined ? "" : `, ${check.detail}`;
    const line = `${colours.green("ok")}     ${name}: ${check.user} in ${check.organization}${detail}`;
    return check.warning === undefined ? line : `${line}\n${colours.yellow("warning")} ${name}: ${check.warning}`;
  }
  const { kind, message } = check.failure;
  return `${colours.red("failed")} ${name}: ${kind}: ${message}\n${colours.cyan("next")}   ${adviceFor[kind]}`;
}
