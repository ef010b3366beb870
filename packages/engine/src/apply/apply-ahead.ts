import type { Plan, PlanStep } from "@cosell/core";
import type { Settlement } from "@cosell/state";
import { noteWrite } from "../aws-version.ts";
import type { Applied, Deal } from "../deal.ts";
import { writtenBetween } from "../echo.ts";
import { failureFrom } from "../failures.ts";
import { applyStep } from "./index.ts";
import { beginWrite, isPlain } from "./write-ahead.ts";

/** A step that was applied. */
export interface AppliedAhead {
  readonly applied: Applied;
  /** Stores what the step leaves behind: its outcome is known. */
  readonly settle: (outcome: Pick<Settlement, "base" | "journal">) => Promise<void>;
}

/**
 * Applies one step of a plan, stored before it is made. What was surely refused did nothing and is forgotten; what may have
 * arrived stays stored, and is looked for before anything is decided again.
 */
export async function applyAhead(step: PlanStep, plan: Plan, deal: Deal): Promise<AppliedAhead> {
  const { store, clock } = deal.options;
  const write = isPlain(step) ? await beginWrite(step, plan, deal) : undefined;
  const begunAt = clock.now();
  const applied = await applyStep(step, deal).catch(async (error: unknown) => {
    if (write !== undefined && failureFrom(error).kind !== "unknown-outcome") await store.finishCall(write.id);
    throw error;
  });
  if (step.kind !== "write-crm") noteWrite(deal, begunAt, applied.awsVersion);
  // Should this process end before the link is settled, it is known how new AWS's side is.
  const patch = applied.awsVersion === undefined ? {} : { awsVersion: deal.awsVersion, ...writtenBetween(deal) };
  return {
    applied,
    settle: (outcome) =>
      write === undefined
        ? store.settle(deal.link.id, { ...outcome, patch })
        : store.finishCall(write.id, { ...outcome, patch }),
  };
}
