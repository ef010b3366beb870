import type { ReasonCount } from "@cosell/state";
import type { SyncReport } from "@cosell/engine";
import { renderTable } from "../terminal/table.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { renderReasons, type ReasonGroup } from "./reasons.ts";
import { counted, duration } from "./value.ts";

/** What a sync did and what stands in the way of the rest. */
export function renderSyncReport(terminal: Terminal, report: SyncReport, reasons: readonly ReasonCount[]): string {
  const rows = (
    [
      ["created at AWS", report.created],
      ["submitted for review", report.submitted],
      ["updated at AWS", report.updated],
      ["updated in the CRM", report.inboundUpdated],
      ["unchanged", report.unchanged],
      ["held", report.held],
      ["deferred", report.deferred],
      ["conflicts", report.conflicts],
      ["failed", report.failed],
      ["orphaned", report.orphaned],
    ] as const
  ).filter(([, count]) => count > 0);
  const table = renderTable(terminal, {
    head: ["Deals", "What"],
    rows: rows.map(([what, n]) => [n, what]),
    right: [0],
  });
  return [
    `${counted(report.records, "deal")} reconciled in ${duration(report.seconds)}.`,
    rows.length === 0 ? "" : table,
    renderCalls(report),
    renderReasons(terminal, reasonGroups(reasons)),
    nextSteps(report).join("\n"),
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

/** The calls that were made, against the fewest possible. */
function renderCalls({ awsCalls, floor, crmWrites }: Pick<SyncReport, "awsCalls" | "floor" | "crmWrites">): string {
  return (
    `Calls to AWS: ${counted(awsCalls.writes, "write")} (at least ${floor.writes} were needed), ` +
    `${counted(awsCalls.reads, "read")} (at least ${floor.reads}). Writes to the CRM: ${crmWrites}.`
  );
}

/** Reasons as the state counts them, in the form that {@link renderReasons} takes. */
export function reasonGroups(reasons: readonly ReasonCount[]): readonly ReasonGroup[] {
  return reasons.map(({ kind, code, reason, links }) => ({ kind, code, reason, sources: [], deals: links }));
}

function nextSteps(report: SyncReport): readonly string[] {
  return [
    ...(report.failed > 0 ? ["`cosell failures` lists the failed deals and what to do about them."] : []),
    ...(report.conflicts > 0
      ? ["`cosell history <record>` tells about a conflict; make both sides equal to settle it."]
      : []),
    ...(report.held > 0 ? ["`cosell preview <record>` shows what a held deal still lacks."] : []),
  ];
}
