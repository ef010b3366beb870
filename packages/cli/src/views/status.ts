import type { Pause, ReasonCount, StateCounts } from "@cosell/state";
import { renderTable } from "../terminal/table.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { renderPauses } from "./pauses.ts";
import { renderReasons } from "./reasons.ts";
import { reasonGroups } from "./sync-report.ts";
import { moment } from "./value.ts";

/** What is known of one sync. */
export interface SyncStatus {
  readonly sync: string;
  /** When something was last recorded, milliseconds since 1970. */
  readonly lastChange: number | undefined;
  readonly counts: StateCounts;
  /** What stands still: the sync, its connection, some of its fields. */
  readonly pauses: readonly Pause[];
  readonly reasons: readonly ReasonCount[];
}

/** How the deals of one sync stand: links, reviews, what waits and why. */
export function renderStatus(terminal: Terminal, { sync, lastChange, counts, pauses, reasons }: SyncStatus): string {
  const { links } = counts;
  const rows = (
    [
      ["at AWS", links.linked],
      ["not at AWS yet", links.new],
      ["CRM record gone (orphaned)", links.orphaned],
      ["no longer visible at AWS (lost)", links.lost],
      ["not taking part", links.ignored],
      ...Object.entries(counts.reviewStatus).map(([status, n]) => [`review: ${status}`, n] as const),
      ["waiting for the next sync", counts.dirty],
      ["held", counts.held],
      ["deferred", counts.deferred],
      ["in conflict", counts.conflicts],
      ["failed", counts.failed],
      ["calls without a known outcome", counts.pendingCalls],
    ] as const
  ).filter(([, count]) => count > 0);
  const table = renderTable(terminal, {
    head: ["Deals", `Sync ${sync}`],
    rows: rows.map(([what, n]) => [n, what]),
    right: [0],
  });
  return [
    renderPauses(terminal, pauses),
    rows.length === 0 ? "Nothing is known yet: run `cosell sync`." : table,
    lastChange === undefined ? "" : `Last change: ${moment(lastChange)} UTC.`,
    renderReasons(terminal, reasonGroups(reasons)),
    counts.held > 0 ? "`cosell held` lists the held deals and fields." : "",
    counts.conflicts > 0 ? "`cosell conflicts` shows both values of each conflict." : "",
    counts.failed > 0 ? "`cosell failures` lists the failed deals and what to do about them." : "",
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}
