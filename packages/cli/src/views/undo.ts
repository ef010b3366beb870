import type { FieldChange, PlanStep } from "@cosell/core";
import type { PlannedUndo } from "@cosell/engine";
import type { Terminal } from "../terminal/terminal.ts";
import type { Sensitive } from "./history.ts";
import { hidden, moment, shortValue } from "./value.ts";

/** What would be written back, where, and what stands in the way. */
export function renderUndo(
  terminal: Terminal,
  { entry, link, plan, refusals }: PlannedUndo,
  sensitive: Sensitive,
): string {
  const { bold, red, dim } = terminal.colours;
  const head = `${bold(`Entry ${entry.id}`)}  ${dim(moment(entry.at))}  ${link.title ?? ""} ${link.crmRef}\n${entry.summary}`;
  if (refusals.length > 0) {
    const lines = refusals.map(({ path, why }) => `  - ${path === "" ? "" : `${path}: `}${why}`);
    const rest = entry.detail["changes"] !== undefined && refusals.some(({ path }) => path !== "");
    return [
      head,
      red("It cannot be undone:"),
      ...lines,
      ...(rest ? ["Nothing is written. `--field` undoes the other fields alone."] : []),
    ].join("\n");
  }
  if (plan.steps.length === 0) return `${head}\nBoth sides hold the earlier values already: nothing to write.`;
  const steps = plan.steps.flatMap((step) => [
    step.kind === "write-crm" ? "Back into the CRM:" : "Back to AWS:",
    ...changesOf(step).map((change) => `  ${describe(change, sensitive)}`),
  ]);
  return [head, ...steps, ...plan.notes].join("\n");
}

/** The same for machines. */
export function undoDocument(
  { entry, link, plan, refusals }: PlannedUndo,
  undone: boolean,
  sensitive: Sensitive,
): Readonly<Record<string, unknown>> {
  return {
    entry: entry.id,
    crmRef: link.crmRef,
    opportunityId: link.opportunityId ?? null,
    undone,
    refusals,
    steps: plan.steps.map((step) => ({
      kind: step.kind,
      changes: changesOf(step).map((change) => ({
        path: change.path,
        before: isHidden(change, sensitive) ? hidden : (change.before ?? null),
        after: isHidden(change, sensitive) ? hidden : (change.after ?? null),
      })),
    })),
    notes: plan.notes,
  };
}

const changesOf = (step: PlanStep): readonly FieldChange[] => ("changes" in step ? step.changes : []);

const isHidden = ({ path, sources }: FieldChange, sensitive: Sensitive): boolean => [path, ...sources].some(sensitive);

function describe(change: FieldChange, sensitive: Sensitive): string {
  const { path, before, after } = change;
  return `${path}: ${isHidden(change, sensitive) ? hidden : `${shortValue(before)} → ${shortValue(after)}`}`;
}
