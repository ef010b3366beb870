import type { Plan } from "@cosell/core";
import type { RunOptions } from "./engine.ts";
import { agreedWithout, answeredWithout } from "./settle.ts";

/** What a run applies of a plan, and whether it leaves something undone. */
export interface NarrowedPlan {
  readonly plan: Plan;
  readonly left: boolean;
}

/**
 * The part of a plan that writes to the side that a run is for. What is left keeps its base values and answers, so that a
 * later run finds it as it is: narrowing the direction of the decision itself would take the other side's changes for
 * drift.
 */
export function oneWay(plan: Plan, only: RunOptions["only"]): NarrowedPlan {
  if (only === undefined) return { plan, left: false };
  const left = plan.steps.filter(({ kind }) => (kind === "write-crm") === (only === "outbound"));
  if (left.length === 0) return { plan, left: false };
  return {
    plan: {
      ...plan,
      steps: plan.steps.filter((step) => !left.includes(step)),
      agreed: agreedWithout(plan, left),
      answered: answeredWithout(plan, left),
    },
    left: true,
  };
}
