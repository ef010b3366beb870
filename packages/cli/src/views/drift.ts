import type { ComparedLink, DriftCause, FieldDifference } from "@cosell/engine";
import { renderTable } from "../terminal/table.ts";
import type { Terminal } from "../terminal/terminal.ts";
import type { Sensitive } from "./history.ts";
import { counted, hidden, shortValue } from "./value.ts";

/** What comparing came to. Counts of fields by cause. */
export interface DriftSummary {
  readonly compared: number;
  readonly differing: number;
  readonly causes: Readonly<Partial<Record<DriftCause, number>>>;
  readonly awsReads: number;
  /** Deals newly marked for the next sync. */
  readonly marked: number;
}

/** In the order in which they want attention. */
const meanings: Readonly<Record<DriftCause, string>> = {
  real: "nothing explains it: nobody noticed the change",
  conflict: "both sides changed; a person chooses (cosell conflicts)",
  failed: "the deal's last sync failed (cosell failures)",
  held: "not fit to send; the reason says what is missing",
  paused: "paused on request (cosell status)",
  deferred: "AWS has it locked; it goes out later (cosell deferred)",
  pending: "noticed; the next sync judges it",
  accepted: "both values are known, and stand until one changes",
  unmapped: "only AWS has a value; the mapping gives none here",
};
const causes = Object.keys(meanings) as DriftCause[];
/** Explained for good, and of no interest one by one. */
const quiet = new Set<DriftCause>(["accepted", "unmapped"]);
const listed = 50;

/** Counts deals and causes one by one. */
export function createDriftSummary(): {
  add(compared: ComparedLink): void;
  summary(): Omit<DriftSummary, "awsReads" | "marked">;
} {
  let compared = 0;
  let differing = 0;
  const counts: Partial<Record<DriftCause, number>> = {};
  return {
    add: ({ differences }) => {
      compared += 1;
      if (differences.length > 0) differing += 1;
      for (const { cause } of differences) counts[cause] = (counts[cause] ?? 0) + 1;
    },
    summary: () => ({ compared, differing, causes: counts }),
  };
}

/** What differs and why; differences that are known to stand are counted only. */
export function renderDrift(
  terminal: Terminal,
  deals: readonly ComparedLink[],
  summary: DriftSummary,
  sensitive: Sensitive,
): string {
  const rows = deals
    .flatMap(({ link, differences }) => differences.map((difference) => ({ link, difference })))
    .filter(({ difference }) => !quiet.has(difference.cause))
    .sort((left, right) => causes.indexOf(left.difference.cause) - causes.indexOf(right.difference.cause));
  const table = renderTable(terminal, {
    head: ["Deal", "CRM id", "Field", "CRM", "AWS", "Cause", "Why"],
    rows: rows.slice(0, listed).map(({ link, difference }) => {
      const { path, sources, cause, why } = difference;
      const [crm, aws] = shownValues(difference, sensitive).map((value) => shortValue(value));
      const field = [...sources, path].filter((name) => name !== "").join("\n") || "the whole deal";
      return [link.title ?? "", link.crmRef, field, crm ?? "", aws ?? "", cause, why];
    }),
  });
  const found = causes.filter((cause) => (summary.causes[cause] ?? 0) > 0);
  const counts = renderTable(terminal, {
    head: ["Fields", "Cause", "Meaning"],
    rows: found.map((cause) => [summary.causes[cause] ?? 0, cause, meanings[cause]]),
    right: [0],
  });
  const real = summary.causes.real ?? 0;
  return [
    rows.length === 0 ? "" : table,
    rows.length > listed ? `… and ${counted(rows.length - listed, "more field")} (--json lists all)` : "",
    `${counted(summary.compared, "deal")} compared, ${summary.differing} with a difference. Cost at AWS: ${counted(summary.awsReads, "read")}.`,
    found.length === 0 ? "" : counts,
    real === 0
      ? "No real drift."
      : summary.marked > 0
        ? `Marked ${counted(summary.marked, "deal")}: the next sync mends them.`
        : "`cosell drift --fix` marks these deals, and the next sync mends them.",
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

/** One compared deal for machines. */
export function differenceDocument({ link, differences }: ComparedLink, sensitive: Sensitive): unknown {
  return {
    crmRef: link.crmRef,
    opportunityId: link.opportunityId ?? null,
    title: link.title ?? null,
    differences: differences.map((difference) => {
      const { path, cause, why, sources, rule } = difference;
      const [crm, aws] = shownValues(difference, sensitive);
      return {
        ...{ path, crm: crm ?? null, aws: aws ?? null, cause, why, sources },
        rule: rule === undefined ? null : `${rule.file}:${rule.line}:${rule.column}`,
      };
    }),
  };
}

function shownValues({ path, crm, aws, sources }: FieldDifference, sensitive: Sensitive) {
  return [path, ...sources].some(sensitive) ? [hidden, hidden] : [crm, aws];
}
