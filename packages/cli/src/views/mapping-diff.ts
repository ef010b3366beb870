import type { JsonValue } from "@cosell/connector";
import type { ValueChange } from "../mapping/diff/compare-mappings.ts";
import type { ComparedDeal, DiffSummary } from "../mapping/diff/diff-summary.ts";
import { renderTable } from "../terminal/table.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { counted, duration, hidden, shortValue } from "./value.ts";

/** What is told, and what is not. */
interface Detail {
  readonly isHidden: (path: string) => boolean;
}

/** On a screen a few deals show the kind; `--json` has them all. */
const listedDeals = 20;

/** What a change of the mapping does: deal by deal, then by field, then what it costs. */
export function renderDiff(
  terminal: Terminal,
  deals: readonly ComparedDeal[],
  summary: DiffSummary,
  detail: Detail,
): string {
  const { bold, dim } = terminal.colours;
  const rest = deals.length - listedDeals;
  return [
    ...deals.slice(0, listedDeals).map((deal) => renderDeal(terminal, deal, detail)),
    rest > 0 ? dim(`… and ${counted(rest, "more deal")} (--json lists all)`) : "",
    summary.paths.length === 0
      ? ""
      : renderTable(terminal, {
          head: ["Deals", "Sent at once", "AWS field"],
          rows: summary.paths.map(({ path, deals: count, sent }) => [count, sent, path]),
          right: [0, 1],
        }),
    bold(verdict(summary)),
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

/** The same for machines. */
export function diffDocument(deals: readonly ComparedDeal[], summary: DiffSummary, { isHidden }: Detail) {
  return {
    deals: deals.map(({ deal, title, opportunityId, reviewStatus, takesPart, changes, cost }) => ({
      deal,
      title: title ?? null,
      opportunityId: opportunityId ?? null,
      reviewStatus: reviewStatus ?? null,
      ...(takesPart !== undefined && { takesPart }),
      changes: changes.map(({ path, before, after, effect }) => ({
        path,
        before: isHidden(path) ? hidden : (before ?? null),
        after: isHidden(path) ? hidden : (after ?? null),
        effect,
      })),
      cost,
    })),
    summary,
  };
}

function renderDeal({ colours }: Terminal, compared: ComparedDeal, { isHidden }: Detail): string {
  const { deal, title, reviewStatus, takesPart, changes } = compared;
  const head = [colours.bold(title ?? deal), title === undefined ? "" : deal, colours.dim(reviewStatus ?? "")];
  const participation =
    takesPart === undefined ? [] : [takesPart.after ? "  would take part from now on" : "  would no longer take part"];
  const show = (path: string, value: JsonValue | undefined): string => (isHidden(path) ? hidden : shortValue(value));
  return [
    head.filter((part) => part !== "").join("  "),
    ...participation.map((line) => colours.yellow(line)),
    ...changes.map(({ path, before, after, effect }) => {
      const note = effect === "sent" ? "" : colours.dim(`  (${notes[effect]})`);
      return `  ${path}: ${show(path, before)} → ${show(path, after)}${note}`;
    }),
  ].join("\n");
}

const notes: Readonly<Record<Exclude<ValueChange["effect"], "sent">, string>> = {
  locked: "AWS has it locked now: it follows later",
  ignored: "AWS drops it without a word now: it follows later",
  kept: "AWS keeps what it has",
};

function verdict({ deals, changed, joining, leaving, cost, quotaSeconds }: DiffSummary): string {
  const moved = [
    joining > 0 ? `, ${joining} would begin to take part` : "",
    leaving > 0 ? `, ${leaving} would no longer take part` : "",
  ].join("");
  const told = `${counted(deals, "deal")} looked at: ${changed} would change${moved}.`;
  if (cost.reads + cost.writes === 0) return told;
  const calls = `${counted(cost.writes, "write")}, ${counted(cost.reads, "read")}`;
  return `${told}\nCost at AWS: ${calls}: at least ${duration(quotaSeconds)} of quota.`;
}
