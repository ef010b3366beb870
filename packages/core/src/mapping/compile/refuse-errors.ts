import { FailureError } from "@cosell/connector";
import { formatFinding } from "../finding.ts";
import type { Finding } from "../mapping.ts";

/**
 * Throws a `config` failure that lists what is wrong with a mapping. A member that the target requires and no rule gives
 * is no hindrance here: an update keeps it, and a create is judged by the target's readiness rules.
 */
export function refuseErrors(id: string, findings: readonly Finding[]): void {
  const errors = findings.filter(({ severity, code }) => severity === "error" && code !== "required-unmapped");
  if (errors.length === 0) return;
  const lines = errors.map((finding) => `\n  ${formatFinding(finding)}`).join("");
  throw new FailureError({ kind: "config", message: `The mapping ${id} has errors:${lines}` });
}
