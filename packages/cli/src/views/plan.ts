import type { JsonValue } from "@cosell/connector";
import type { FieldChange, PlanStep, PlanStepKind } from "@cosell/core";
import type { PlannedDeal } from "@cosell/engine";
import { renderTable } from "../terminal/table.ts";
import type { Terminal } from "../terminal/terminal.ts";
import type { PlannedField, PlanSummary } from "./plan-summary.ts";
import { renderReasons } from "./reasons.ts";
import { counted, duration, hidden, shortValue } from "./value.ts";

/** What each kind of step does, for the counts. In the order in which they are applied. */
const stepWords: Readonly<Record<PlanStepKind, string>> = {
  create: "create an opportunity at AWS",
  update: "update an opportunity at AWS",
  associate: "attach a solution or product",
  disassociate: "detach a solution or product",
  assign: "assign the owner at AWS",
  submit: "submit to AWS for review",
  "write-crm": "write to the CRM",
};
const fewChanges = 4;

/** The one look: counts, cost, what stands in the way. */
export function renderPlanSummary(terminal: Terminal, summary: PlanSummary): string {
  const kinds = (Object.keys(stepWords) as PlanStepKind[]).filter((kind) => (summary.steps[kind] ?? 0) > 0);
  const counts = renderTable(terminal, {
    head: ["Steps", "What"],
    rows: kinds.map((kind) => [summary.steps[kind] ?? 0, stepWords[kind]]),
    right: [0],
  });
  const { reads, writes } = summary.cost;
  if (summary.deals === 0) return "Nothing to do: no deal has changed on either side since the last sync.";
  const settled = summary.deals - summary.withSteps - summary.parked;
  const parked = summary.parked === 0 ? "" : `, ${summary.parked} parked`;
  return [
    `${counted(summary.deals, "deal")} looked at: ${summary.withSteps} with something to do, ${settled} without${parked}.`,
    parked === ""
      ? ""
      : "Parked: AWS refused these deals; they are tried again when a value changes, or by `cosell replay`. `cosell failures` tells why.",
    kinds.length === 0 ? "Nothing to do." : counts,
    (summary.steps.create ?? 0) === 0
      ? ""
      : "After each creation the opportunity's id and status are written to the CRM.",
    renderFields(terminal, summary.fields),
    `Cost at AWS: ${counted(writes, "write")} (1 per second), ${counted(reads, "read")} (10 per second): at least ${duration(summary.quotaSeconds)}.`,
    renderReasons(terminal, summary.reasons),
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

const listedFields = 20;

/** What changes, field by field, in deals that both sides have. */
function renderFields(terminal: Terminal, fields: readonly PlannedField[]): string {
  if (fields.length === 0) return "";
  const table = renderTable(terminal, {
    head: ["Deals", "Written at", "Field", "From"],
    rows: fields
      .slice(0, listedFields)
      .map(({ deals, side, path, sources }) => [deals, side === "aws" ? "AWS" : "the CRM", path, sources.join(", ")]),
    right: [0],
  });
  const more = fields.length - listedFields;
  return more > 0 ? `${table}\n${terminal.colours.dim(`… and ${counted(more, "more field")}`)}` : table;
}

/** How much a list of planned deals tells. */
interface Detail {
  /** Every field, for a plan of a few chosen records. */
  readonly complete: boolean;
  /** Personal and confidential values too. */
  readonly showValues: boolean;
}

/** The deals that something happens to. */
export function renderPlannedDeals(terminal: Terminal, deals: readonly PlannedDeal[], detail: Detail): string {
  return renderTable(terminal, {
    head: ["Deal", "CRM id", "What", "Changes"],
    rows: deals.map(({ crmRef, plan }) => [
      plan.title ?? "",
      crmRef,
      [...new Set(plan.steps.map(({ kind }) => kind))].join(", "),
      plan.steps.flatMap((step) => describeStep(step, detail)).join("\n"),
    ]),
  });
}

function describeStep(step: PlanStep, { complete, showValues }: Detail): readonly string[] {
  const changes = changesOf(step);
  if (step.kind === "create" && !complete) return [counted(changes.length, "field")];
  const shown = complete ? changes : changes.slice(0, fewChanges);
  const more = changes.length - shown.length;
  return [...shown.map((change) => describeChange(change, showValues)), ...(more > 0 ? [`… and ${more} more`] : [])];
}

function describeChange({ path, before, after, sensitive }: FieldChange, showValues: boolean): string {
  return sensitive && !showValues ? `${path}: ${hidden}` : `${path}: ${shortValue(before)} → ${shortValue(after)}`;
}

function changesOf(step: PlanStep): readonly FieldChange[] {
  if ("changes" in step) return step.changes;
  return "change" in step ? [step.change] : [];
}

/** A planned deal for machines: without payloads, and with sensitive values hidden unless asked for. */
export function planDocument({ crmRef, link, plan, parked }: PlannedDeal, showValues: boolean): JsonValue {
  return {
    crmRef,
    opportunityId: plan.opportunityId ?? null,
    title: plan.title ?? null,
    reviewStatus: link?.reviewStatus ?? null,
    parked,
    steps: plan.steps.map((step) => ({
      kind: step.kind,
      cost: { ...step.cost },
      changes: changesOf(step).map(({ path, before, after, reason, sources, sensitive }) => ({
        path,
        before: sensitive && !showValues ? hidden : (before ?? null),
        after: sensitive && !showValues ? hidden : (after ?? null),
        reason,
        sources,
      })),
    })),
    unsettled: plan.unsettled.map(({ path, kind, code, reason, sources, detail }) => ({
      ...{ path, kind, code, reason, sources, detail },
    })),
    notes: plan.notes,
    cost: { ...plan.cost },
  };
}
