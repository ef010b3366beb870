import { renderTable } from "../terminal/table.ts";
import type { Terminal } from "../terminal/terminal.ts";

/** What became of a deal that was tried again. `ready`: the next sync tries it. */
export interface ReplayedDeal {
  readonly crmRef: string;
  readonly title: string | undefined;
  readonly outcome: "done" | "failed" | "ready";
  /** Why it failed again. */
  readonly message: string | undefined;
}

const words: Readonly<Record<ReplayedDeal["outcome"], string>> = {
  done: "went through",
  failed: "failed again",
  ready: "is tried by the next sync",
};

/** One line a deal. */
export function renderReplay(terminal: Terminal, deals: readonly ReplayedDeal[]): string {
  if (deals.length === 0) return "No such deal has failed: nothing to replay.";
  return renderTable(terminal, {
    head: ["Deal", "CRM id", "Outcome", "Why"],
    rows: deals.map(({ title, crmRef, outcome, message }) => [title ?? "", crmRef, words[outcome], message ?? ""]),
  });
}
