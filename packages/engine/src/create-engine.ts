import { awsIntake } from "./aws-intake.ts";
import { crmIntake } from "./crm-intake.ts";
import type { Engine, EngineOptions, RunOptions } from "./engine.ts";
import { runPlan } from "./run-plan.ts";
import { runPreview } from "./run-preview.ts";
import { runSync } from "./run-sync.ts";

/** Builds the engine of one sync from its parts. */
export function createEngine(options: EngineOptions): Engine {
  return {
    intake: async (run: RunOptions = {}) => {
      const crm = await crmIntake(options, run);
      const aws = await awsIntake(options, run);
      return { crmChanges: crm.changes, awsChanges: aws.changes, marked: crm.marked + aws.marked };
    },
    plan: (run: RunOptions = {}) => runPlan(options, run),
    sync: (run: RunOptions = {}) => runSync(options, run),
    preview: (ref) => runPreview(ref, options),
  };
}
