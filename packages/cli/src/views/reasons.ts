import type { Unsettled } from "@cosell/core";
import { renderTable } from "../terminal/table.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { counted, withoutIds } from "./value.ts";

/** Equal reasons of several deals. */
export interface ReasonGroup {
  readonly kind: Unsettled["kind"];
  readonly code: string;
  readonly reason: string;
  readonly sources: readonly string[];
  readonly deals: number;
}

/** What each kind of reason means to the reader, and what it asks for. */
const headings: Readonly<Record<Unsettled["kind"], readonly [title: string, meaning: string]>> = {
  held: ["Held", "cannot be sent as it is; mend what the reason names (`cosell held` lists the deals)"],
  conflict: ["Conflicts", "both sides changed; neither is overwritten until a person chooses"],
  deferred: ["Deferred", "AWS has these fields locked now; they follow by themselves when it opens them"],
};

/** Counts deals by reason, the most frequent first. */
export function groupReasons(deals: Iterable<readonly Unsettled[]>): readonly ReasonGroup[] {
  const groups = new Map<string, ReasonGroup>();
  for (const unsettled of deals) {
    const seen = new Set<string>();
    for (const { kind, code, reason, sources } of unsettled) {
      const key = `${kind} ${code}`;
      if (seen.has(key)) continue;
      seen.add(key);
      const group = groups.get(key);
      groups.set(key, { kind, code, reason, sources, ...group, deals: (group?.deals ?? 0) + 1 });
    }
  }
  return [...groups.values()].sort((left, right) => right.deals - left.deals || left.code.localeCompare(right.code));
}

/** The reasons as one table per kind, at most `limit` rows each. Empty when there are none. */
export function renderReasons(terminal: Terminal, groups: readonly ReasonGroup[], limit = 10): string {
  const sections = (["held", "conflict", "deferred"] as const).flatMap((kind) => {
    const rows = groups.filter((group) => group.kind === kind);
    if (rows.length === 0) return [];
    const [title, meaning] = headings[kind];
    // What the state counts names no fields: its sentences do.
    const named = rows.some(({ sources }) => sources.length > 0);
    const table = renderTable(terminal, {
      head: ["Deals", "Reason", ...(named ? ["CRM fields"] : [])],
      rows: rows
        .slice(0, limit)
        .map(({ deals, reason, sources }) => [
          deals,
          deals > 1 ? withoutIds(reason) : reason,
          ...(named ? [sources.join(", ")] : []),
        ]),
      right: [0],
    });
    const more =
      rows.length > limit ? [terminal.colours.dim(`… and ${counted(rows.length - limit, "more reason")}`)] : [];
    return [[`${terminal.colours.bold(title)}: ${meaning}`, table, ...more].join("\n")];
  });
  return sections.join("\n\n");
}
