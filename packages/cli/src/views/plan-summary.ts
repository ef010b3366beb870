import type { CallCost, PlanStepKind, Unsettled } from "@cosell/core";
import type { PlannedDeal } from "@cosell/engine";
import { groupReasons, type ReasonGroup } from "./reasons.ts";

/** AWS's quotas of one partner account, calls per second. */
const callsPerSecond = { reads: 10, writes: 1 } as const;

/** What a plan of many deals comes to. */
export interface PlanSummary {
  /** Deals looked at. */
  readonly deals: number;
  /** Deals with at least one step. */
  readonly withSteps: number;
  /** Steps by kind. */
  readonly steps: Readonly<Partial<Record<PlanStepKind, number>>>;
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
  const counts = { deals: 0, withSteps: 0, held: 0, deferred: 0, conflicts: 0 };
  const cost = { reads: 0, writes: 0 };
  return {
    add: ({ plan }) => {
      counts.deals += 1;
      if (plan.steps.length > 0) counts.withSteps += 1;
      for (const { kind } of plan.steps) steps[kind] = (steps[kind] ?? 0) + 1;
      const has = (kind: Unsettled["kind"]): number => (plan.unsettled.some((entry) => entry.kind === kind) ? 1 : 0);
      counts.held += has("held");
      counts.deferred += has("deferred");
      counts.conflicts += has("conflict");
      cost.reads += plan.cost.reads;
      cost.writes += plan.cost.writes;
      if (plan.unsettled.length > 0) unsettled.push(plan.unsettled);
    },
    summary: () => ({
      ...counts,
      steps,
      cost,
      quotaSeconds: Math.max(cost.writes / callsPerSecond.writes, cost.reads / callsPerSecond.reads),
      reasons: groupReasons(unsettled),
    }),
  };
}
