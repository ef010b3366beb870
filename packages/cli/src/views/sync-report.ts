import type { ReasonCount } from "@cosell/state";
import type { SyncReport } from "@cosell/engine";
import { renderTable } from "../terminal/table.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { renderReasons, type ReasonGroup } from "./reasons.ts";
import { counted, duration, moment } from "./value.ts";

/** What a sync did and what stands in the way of the rest. */
export function renderSyncReport(terminal: Terminal, report: SyncReport, reasons: readonly ReasonCount[]): string {
  const done = countTable(terminal, "In this run", [
    ["created at AWS", report.created],
    ["submitted for review", report.submitted],
    ["updated at AWS", report.updated],
    ["updated in the CRM", report.inboundUpdated],
    ["only their status written in the CRM", report.statusShown],
    ["tried and failed", report.failedNow],
    ["unchanged", report.unchanged],
  ]);
  const standing = countTable(terminal, "As all deals stand now", [
    ["held", report.held],
    ["deferred", report.deferred],
    ["in conflict", report.conflicts],
    ["failed", report.failed],
    ["orphaned", report.orphaned],
  ]);
  return [
    `${counted(report.records, "deal")} reconciled in ${duration(report.seconds)}.`,
    renderLookBack(report),
    renderInvitationCounts(report),
    done,
    standing,
    renderCalls(report),
    renderReasons(terminal, reasonGroups(reasons)),
    nextSteps(report).join("\n"),
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

/** Counts of deals that are not zero. */
function countTable(terminal: Terminal, title: string, counts: readonly (readonly [string, number])[]): string {
  const rows = counts.filter(([, count]) => count > 0).map(([what, count]) => [count, what] as const);
  return rows.length === 0 ? "" : renderTable(terminal, { head: ["Deals", title], rows, right: [0] });
}

/** What was looked at again, where that was asked for. */
function renderLookBack({ lookedBack }: SyncReport): string {
  if (lookedBack === undefined) return "";
  const { since, crmRecords, opportunities, wholeCrm } = lookedBack;
  const from = `${moment(Date.parse(since))} UTC`;
  const aws = `${opportunities} linked ${opportunities === 1 ? "opportunity" : "opportunities"}`;
  return wholeCrm
    ? `Looked back to ${from}. The CRM does not tell what was deleted so long ago: all of its records (${crmRecords}) were looked at again, and every link whose record is not among them. At AWS ${aws} changed since.`
    : `Looked back to ${from}: ${counted(crmRecords, "record")} in the CRM and ${aws} at AWS changed since; all were looked at again.`;
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
    ...(report.held > 0
      ? ["`cosell held` lists the held deals; `cosell ready <record>` tells all that one still lacks."]
      : []),
  ];
}
