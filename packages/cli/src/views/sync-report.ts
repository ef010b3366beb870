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
    renderInvitationCounts(report),
    rows.length === 0 ? "" : table,
    renderCalls(report),
    renderReasons(terminal, reasonGroups(reasons)),
    nextSteps(report).join("\n"),
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

/** What AWS offers, where there is news of it. */
function renderInvitationCounts({ invitations, recordsCreated }: SyncReport): string {
  const { new: found, accepted, rejected, expiring } = invitations;
  const parts = [
    found > 0 ? `${found} new ${found === 1 ? "invitation" : "invitations"}` : "",
    accepted > 0 ? `${accepted} accepted` : "",
    rejected > 0 ? `${rejected} rejected` : "",
    recordsCreated > 0 ? `${counted(recordsCreated, "record")} created in the CRM` : "",
    expiring > 0 ? `${counted(expiring, "invitation")} about to expire` : "",
  ].filter((part) => part !== "");
  return parts.length === 0
    ? ""
    : `From AWS: ${parts.join(", ")}. \`cosell invitations\` lists what waits for an answer.`;
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
      ? ["`cosell conflicts` shows both values; `cosell conflicts resolve <record> --take crm|aws` settles one."]
      : []),
    ...(report.deferred > 0 ? ["`cosell deferred` shows what waits for AWS, and until when."] : []),
    ...(report.held > 0 ? ["`cosell preview <record>` shows what a held deal still lacks."] : []),
  ];
}
