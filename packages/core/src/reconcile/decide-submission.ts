import type { JsonObject } from "@cosell/connector";
import type { Case } from "./case.ts";
import type { PlanStep, Unsettled } from "./plan.ts";
import { unready } from "./unready.ts";

/**
 * Submits what the mapping wants submitted and what is fit for it; says what is missing otherwise. After it AWS locks
 * most fields: while one of them is paused, it waits.
 */
export function decideSubmission(
  deal: Case,
  opportunity: JsonObject,
  related: Readonly<Record<string, readonly string[]>>,
  waits: readonly Unsettled[],
): { readonly steps: readonly PlanStep[]; readonly unsettled: readonly Unsettled[] } {
  const { submission } = deal.mapped;
  if (submission === undefined || !deal.writesToAws) return { steps: [], unsettled: [] };
  const unsettled = unready(deal, "submit", opportunity, related);
  return unsettled.length > 0 || waits.some(({ code }) => code.startsWith("paused:"))
    ? { steps: [], unsettled }
    : { steps: [{ kind: "submit", submission, cost: { reads: 0, writes: 1 } }], unsettled: [] };
}
