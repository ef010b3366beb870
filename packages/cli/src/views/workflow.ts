import type { JsonObject, JsonValue } from "@cosell/connector";
import type { Workflow, WorkflowOutcome, WorkflowProgress } from "@cosell/partner-central/workflows";
import { renderTable } from "../terminal/table.ts";
import type { Colours, Terminal } from "../terminal/terminal.ts";

/** Every workflow with its line. */
export function renderWorkflows(terminal: Terminal, workflows: readonly Pick<Workflow, "name" | "summary">[]): string {
  const table = renderTable(terminal, {
    head: ["Workflow", "What it does"],
    rows: workflows.map(({ name, summary }) => [name, summary]),
  });
  return `${table}\n\nSee one work, without any account: cosell workflow ${workflows[0]?.name ?? ""} --demo`;
}

/**
 * Tells steps line by line as they go; what is waited for is told once, however often it is looked at. Without `write`
 * nothing is told.
 */
export function stepTeller(
  write: ((line: string) => void) | undefined,
  colours: Colours,
): (progress: WorkflowProgress) => void {
  let waitingFor: string | undefined;
  return (progress) => {
    const { kind, title } = progress;
    switch (kind) {
      case "started":
        waitingFor = undefined;
        return;
      case "waiting":
        if (progress.why !== waitingFor) write?.(colours.dim(`… ${title}: ${progress.why}`));
        waitingFor = progress.why;
        return;
      case "skipped":
        write?.(colours.dim(`· ${title} (done before)${says(progress.says)}`));
        return;
      case "done":
        write?.(`${colours.green("✓")} ${title}${says(progress.says)}`);
        return;
    }
  };
}

const says = (text: string | undefined): string => (text === undefined ? "" : `: ${text}`);

/** How a workflow ended: what came of it, the ids, what to do. */
export function renderOutcome(terminal: Terminal, { status, summary, next, result }: WorkflowOutcome): string {
  const { colours } = terminal;
  const paint = { done: colours.green, waiting: colours.cyan, "needs-person": colours.yellow }[status];
  const lines = [`${paint(status)}  ${summary}`];
  const { found, ...rest } = result;
  const values = Object.entries(rest).filter(([, value]) => !isLong(value));
  if (values.length > 0) lines.push(...values.map(([name, value]) => `  ${name}: ${shown(value)}`));
  const rows = Array.isArray(found) ? (found as readonly JsonObject[]) : [];
  if (rows.length > 0) lines.push("", renderRows(terminal, rows));
  for (const line of next) lines.push(`${colours.cyan("next")}   ${line}`);
  return lines.join("\n");
}

/** Lists and trees are for --json. */
function isLong(value: JsonValue): boolean {
  if (Array.isArray(value)) return value.length === 0 || value.some((item) => typeof item === "object");
  return typeof value === "object" && value !== null && Object.values(value).some((item) => typeof item === "object");
}

function shown(value: JsonValue): string {
  if (typeof value !== "object" || value === null) return String(value);
  if (Array.isArray(value)) return (value as readonly JsonValue[]).map(shown).join(", ");
  return Object.entries(value)
    .map(([name, item]) => `${name} ${shown(item)}`)
    .join(", ");
}

function renderRows(terminal: Terminal, rows: readonly JsonObject[]): string {
  const head = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return renderTable(terminal, { head, rows: rows.map((row) => head.map((name) => shown(row[name] ?? ""))) });
}
