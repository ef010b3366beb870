import type { CallCost, PlanStep, PlanStepKind, Unsettled } from "@cosell/core";
import type { PlannedDeal } from "@cosell/engine";
import { groupReasons, type ReasonGroup } from "./reasons.ts";

/** AWS's quotas of one partner account, calls per second. */
const callsPerSecond = { reads: 10, writes: 1 } as const;

/** One field that a plan changes in deals that both sides have already. */
export interface PlannedField {
  /** The side that is written. */
  readonly side: "aws" | "crm";
  /** AWS path, or CRM field. */
  readonly path: string;
  /** CRM fields, or AWS paths, that the values come from. */
  readonly sources: readonly string[];
  readonly deals: number;
}

/** What a plan of many deals comes to. */
export interface PlanSummary {
  /** Deals looked at. */
  readonly deals: number;
  /** Deals with at least one step. */
  readonly withSteps: number;
  /** Steps by kind. */
  readonly steps: Readonly<Partial<Record<PlanStepKind, number>>>;
  /** Fields that change, most deals first. What a new opportunity is created with is not among them. */
  readonly fields: readonly PlannedField[];
  /** Deals that AWS refused, and that a sync leaves alone until something changes. Their steps are not counted. */
  readonly parked: number;
  readonly held: number;
  readonly deferred: number;
  readonly conflicts: number;
  readonly cost: CallCost;
  /** The shortest time in which AWS's quotas allow it. */
  readonly quotaSeconds: number;
  readonly reasons: readonly ReasonGroup[];
}

/** Adds up plans one by one, so that a long plan need not be held in memory. */
export function createPlanSummary(): { add(deal: PlannedDeal): void; summary(): PlanSummary } {
  const steps: Partial<Record<PlanStepKind, number>> = {};
  const unsettled: (readonly Unsettled[])[] = [];
  const fields = new Map<string, PlannedField>();
  const counts = { deals: 0, withSteps: 0, parked: 0, held: 0, deferred: 0, conflicts: 0 };
  const cost = { reads: 0, writes: 0 };
  return {
    add: ({ plan, parked, reads }) => {
      counts.deals += 1;
      if (parked) {
        counts.parked += 1;
        return;
      }
      if (plan.steps.length > 0) counts.withSteps += 1;
      for (const { kind } of plan.steps) steps[kind] = (steps[kind] ?? 0) + 1;
      for (const [key, field] of fieldsOf(plan.steps)) {
        fields.set(key, { ...field, deals: (fields.get(key)?.deals ?? 0) + 1 });
      }
      const has = (kind: Unsettled["kind"]): number => (plan.unsettled.some((entry) => entry.kind === kind) ? 1 : 0);
      counts.held += has("held");
      counts.deferred += has("deferred");
      counts.conflicts += has("conflict");
      cost.reads += reads;
      cost.writes += plan.cost.writes;
      if (plan.unsettled.length > 0) unsettled.push(plan.unsettled);
    },
    summary: () => ({
      ...counts,
      steps,
      fields: [...fields.values()].sort((left, right) => right.deals - left.deals || (left.path < right.path ? -1 : 1)),
      cost,
      quotaSeconds: Math.max(cost.writes / callsPerSecond.writes, cost.reads / callsPerSecond.reads),
      reasons: groupReasons(unsettled),
    }),
  };
}

/** The fields that a deal's steps change, once each. */
function fieldsOf(steps: readonly PlanStep[]): ReadonlyMap<string, Omit<PlannedField, "deals">> {
  const fields = new Map<string, Omit<PlannedField, "deals">>();
  for (const step of steps) {
    if (step.kind === "create" || step.kind === "submit") continue;
    const side = step.kind === "write-crm" ? "crm" : "aws";
    for (const { path, sources } of "changes" in step ? step.changes : [step.change]) {
      fields.set(`${side} ${path}`, { side, path, sources });
    }
  }
  return fields;
}
