import type { LinkFailure } from "@cosell/state";
import { adviceFor } from "../failure/advice.ts";
import { describeIssue } from "../failure/report.ts";
import { renderTable } from "../terminal/table.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { counted, moment } from "./value.ts";

/** Failures with the same cause. */
export interface FailureGroup {
  readonly kind: LinkFailure["failure"]["kind"];
  readonly cause: string;
  readonly advice: string;
  readonly failures: readonly LinkFailure[];
}

/** Groups failures by what is to be done about them, the largest group first. */
export function groupFailures(failures: readonly LinkFailure[]): readonly FailureGroup[] {
  const groups = Map.groupBy(failures, ({ failure }) => `${failure.kind}\n${causeOf(failure)}`);
  return [...groups.values()]
    .flatMap((group) => {
      const failure = group[0]?.failure;
      if (failure === undefined) return [];
      return [{ kind: failure.kind, cause: causeOf(failure), advice: adviceFor[failure.kind], failures: group }];
    })
    .sort((left, right) => right.failures.length - left.failures.length);
}

/** One table per cause: the deals, in CRM terms, and when they are tried again. */
export function renderFailures(terminal: Terminal, groups: readonly FailureGroup[]): string {
  if (groups.length === 0) return "No deal has failed.";
  return groups
    .map(({ kind, cause, advice, failures }) => {
      const table = renderTable(terminal, {
        head: ["Deal", "CRM id", "AWS id", "Tries", "Again", "What"],
        rows: failures.map((entry) => [
          entry.title ?? "",
          entry.crmRef,
          entry.opportunityId ?? "",
          entry.attempts,
          entry.retryAt === undefined ? "when it changes" : moment(entry.retryAt),
          whatOf(entry.failure),
        ]),
        right: [3],
      });
      const { bold, red, cyan } = terminal.colours;
      return `${bold(counted(failures.length, "deal"))}  ${red(kind)}  ${cause}\n${table}\n${cyan("next")}   ${advice}`;
    })
    .join("\n\n");
}

/** Equal causes read equal: the fields and codes of a refusal, the code or message of anything else. */
function causeOf(failure: LinkFailure["failure"]): string {
  if (failure.kind !== "invalid" || failure.issues.length === 0) return failure.code ?? failure.message;
  return [...new Set(failure.issues.map(({ target, code }) => [target, code].filter(Boolean).join(" ")))].join(", ");
}

function whatOf(failure: LinkFailure["failure"]): string {
  return failure.kind === "invalid" && failure.issues.length > 0
    ? failure.issues.map(describeIssue).join("\n")
    : failure.message;
}
