import type { SyncReport } from "@cosell/engine";
import type { ReasonCount, StateCounts } from "@cosell/state";
import { renderTable } from "../terminal/table.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { renderReasons } from "../views/reasons.ts";
import { reasonGroups } from "../views/sync-report.ts";
import { counted, duration } from "../views/value.ts";
import type { CountedCalls } from "./calls.ts";
import type { DemoCrm } from "./crm.ts";
import type { StoryResult } from "./story.ts";

/** What the demo comes to; printed as it is with `--json`. */
export interface DemoSummary {
  readonly crm: DemoCrm["connector"];
  /** Deals in the CRM. */
  readonly records: number;
  readonly created: number;
  readonly submitted: number;
  readonly approved: number;
  readonly updated: number;
  readonly inboundUpdated: number;
  readonly held: number;
  readonly deferred: number;
  readonly conflicts: number;
  readonly failed: number;
  readonly duplicates: number;
  readonly lost: number;
  readonly awsCalls: CountedCalls;
  readonly secondRunWrites: number;
  /** Real time. */
  readonly seconds: number;
}

/** Adds up a story. `counts` is how the deals stand at its end. */
export function summarize(
  story: StoryResult,
  counts: StateCounts,
  about: { readonly crm: DemoCrm["connector"]; readonly records: number; readonly seconds: number },
): DemoSummary {
  const sum = (member: "created" | "submitted" | "updated" | "inboundUpdated"): number =>
    story.reports.reduce((total, report) => total + report[member], 0);
  const { held, deferred, conflicts, failed } = counts;
  return {
    crm: about.crm,
    records: about.records,
    created: sum("created"),
    submitted: sum("submitted"),
    approved: story.approved,
    updated: sum("updated"),
    inboundUpdated: sum("inboundUpdated"),
    ...{ held, deferred, conflicts, failed },
    duplicates: story.comparison.duplicates,
    lost: story.comparison.lost.length,
    awsCalls: story.awsCalls,
    secondRunWrites: story.secondRunWrites,
    seconds: Math.round(about.seconds * 10) / 10,
  };
}

/** Did the sync keep its promise? Held, deferred and conflicts are part of it: each is explained. */
export const keptItsPromise = ({ duplicates, lost, failed, secondRunWrites }: DemoSummary): boolean =>
  duplicates + lost + failed + secondRunWrites === 0;

/** The end of the story for a person. */
export function renderDemoSummary(
  terminal: Terminal,
  summary: DemoSummary,
  story: StoryResult,
  reasons: readonly ReasonCount[],
): string {
  const { bold, green, red } = terminal.colours;
  const rows: readonly (readonly [number, string])[] = [
    [summary.created, "opportunities created at AWS"],
    [summary.submitted, "submissions for AWS's review"],
    [summary.approved, "approved by AWS"],
    [summary.updated, "updates at AWS"],
    [summary.inboundUpdated, "updates in the CRM"],
    [summary.held, "deals held, each with its reasons"],
    [summary.deferred, "deals with values that wait for AWS's lock"],
    [summary.conflicts, "conflicts left to a person"],
    [summary.failed, "failed"],
  ];
  const promise = ([count, what]: readonly [number, string]): string =>
    `${count === 0 ? green("✔") : red("✘")} ${count} ${what}`;
  return [
    bold(
      `${counted(summary.records, "deal")}, ${Math.round(story.hours)} hours of business in ${duration(summary.seconds)}`,
    ),
    renderTable(terminal, { head: ["Count", "What"], rows, right: [0] }),
    renderReasons(terminal, reasonGroups(reasons), 5),
    renderCallsAgainstFloor(summary.awsCalls, story.reports),
    [
      bold("Compared from outside, server against server:"),
      promise([summary.duplicates, "duplicate opportunities"]),
      promise([summary.lost, "lost deals or changes"]),
      promise([summary.secondRunWrites, "writes by a second sync right after"]),
      ...story.comparison.lost.slice(0, 10).map((sentence) => `    ${sentence}`),
    ].join("\n"),
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

function renderCallsAgainstFloor({ reads, writes }: CountedCalls, reports: readonly SyncReport[]): string {
  const floor = reports.reduce(
    (sum, report) => ({ reads: sum.reads + report.floor.reads, writes: sum.writes + report.floor.writes }),
    { reads: 0, writes: 0 },
  );
  return `Calls to AWS: ${writes} writes (at least ${floor.writes} were needed), ${reads} reads (at least ${floor.reads}).`;
}
