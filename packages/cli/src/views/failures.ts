import type { FailureIssue, FailureKind } from "@cosell/connector";
import type { LinkFailure } from "@cosell/state";
import { adviceFor } from "../failure/advice.ts";
import { describeIssue } from "../failure/report.ts";
import { renderTable } from "../terminal/table.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { counted, moment, withoutIds } from "./value.ts";

/** Failures with the same cause. */
export interface FailureGroup {
  /** `<code>:<CRM field>`, as `cosell replay --cause` takes it. */
  readonly cause: string;
  readonly kind: FailureKind;
  /** The CRM fields to look at. */
  readonly fields: readonly string[];
  readonly deals: number;
  /** What one of them was told. */
  readonly message: string;
  readonly advice: string;
  readonly failures: readonly LinkFailure[];
}

/** What to do about deals that failed: other than a command that failed, they are tried again by themselves. */
function adviceOf(kind: FailureKind, parked: boolean): string {
  if (kind === "invalid") {
    return "Correct the values named above in the CRM, or the rule in the mapping: the next sync tries these deals again.";
  }
  if (!parked) return "The first sync after the time above tries these deals again; nothing is lost.";
  return adviceFor[kind];
}

/** So many deals of a cause are listed for people; machines get all. */
const samples = 5;

/** Groups failures by what is to be done about them, the largest group first. */
export function groupFailures(failures: readonly LinkFailure[]): readonly FailureGroup[] {
  const groups = Map.groupBy(failures, ({ failure }) => `${failure.kind}\n${causeOf(failure)}`);
  return [...groups.values()]
    .flatMap((group): FailureGroup[] => {
      const failure = group[0]?.failure;
      if (failure === undefined) return [];
      const parked = group.every(({ retryAt }) => retryAt === undefined);
      return [
        {
          cause: causeOf(failure),
          kind: failure.kind,
          fields: fieldsOf(failure),
          deals: group.length,
          message: failure.message,
          advice: adviceOf(failure.kind, parked),
          failures: group,
        },
      ];
    })
    .sort((left, right) => right.deals - left.deals || left.cause.localeCompare(right.cause));
}

/** Is a failure of a cause that a person named: the whole cause, its code, or its kind? Case does not matter. */
export function isOfCause(failure: LinkFailure["failure"], named: string): boolean {
  const cause = causeOf(failure).toLowerCase();
  const wanted = named.toLowerCase();
  return (
    wanted === cause ||
    cause.startsWith(`${wanted}:`) ||
    wanted === failure.kind ||
    wanted === failure.code?.toLowerCase()
  );
}

/** One table per cause: some of the deals, in CRM terms, when they are tried again, and what to do. */
export function renderFailures(terminal: Terminal, groups: readonly FailureGroup[]): string {
  if (groups.length === 0) return "No deal has failed.";
  const { bold, red, cyan, dim } = terminal.colours;
  return groups
    .map(({ kind, cause, advice, failures, deals }) => {
      const table = renderTable(terminal, {
        head: ["Deal", "CRM id", "AWS id", "Tries", "Again (UTC)", "What"],
        rows: failures
          .slice(0, samples)
          .map((entry) => [
            entry.title ?? "",
            entry.crmRef,
            entry.opportunityId ?? "",
            entry.attempts,
            entry.retryAt === undefined ? "when it changes" : moment(entry.retryAt),
            whatOf(entry.failure),
          ]),
        right: [3],
      });
      return [
        `${bold(counted(deals, "deal"))}  ${red(kind)}  ${cause}`,
        table,
        ...(deals > samples ? [dim(`… and ${counted(deals - samples, "more deal")} (--json lists all)`)] : []),
        `${cyan("next")}   ${advice} At once: cosell replay --cause ${shellWord(cause)}`,
      ].join("\n");
    })
    .join("\n\n");
}

const shellWord = (text: string): string => (/^[\w.:,-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);

/** Equal causes read equal: codes and CRM fields of a refusal, the code or message of anything else. */
function causeOf(failure: LinkFailure["failure"]): string {
  if (failure.kind !== "invalid" || failure.issues.length === 0) {
    return failure.code ?? withoutIds(failure.message);
  }
  return [...new Set(failure.issues.map(issueCause))].sort().join(", ");
}

function issueCause(issue: FailureIssue): string {
  return [issue.code ?? "refused", ...fieldsOfIssue(issue).slice(0, 1)].join(":");
}

function fieldsOf(failure: LinkFailure["failure"]): readonly string[] {
  return failure.kind === "invalid" ? [...new Set(failure.issues.flatMap(fieldsOfIssue))] : [];
}

/** The CRM's fields, since that is where it is mended; AWS's path where no field is behind it. */
function fieldsOfIssue({ sources = [], target }: FailureIssue): readonly string[] {
  return sources.length > 0 ? sources : target === undefined ? [] : [target];
}

function whatOf(failure: LinkFailure["failure"]): string {
  return failure.kind === "invalid" && failure.issues.length > 0
    ? failure.issues.map(describeIssue).join("\n")
    : failure.message;
}
