import type { FieldLock } from "@cosell/core";
import { lockOf, lockPhaseOf, type LockPhase } from "./field-locks.ts";
import { openStages } from "./opportunity-facts.ts";

/** Which stages may follow, where in its life an opportunity is. */
export interface StageOrderRow {
  readonly phases: readonly LockPhase[];
  readonly from: readonly string[];
  /** Empty: the stage stays. */
  readonly to: readonly string[];
  readonly source: string;
  readonly unofficial: boolean;
}

const documentation = "AWS Selling API documentation";
const fieldsCsv = "AWS sample repository, Opportunity-Fields.csv";
const every: readonly string[] = [...openStages, "Launched", "Closed Lost"];

/**
 * Stage by stage and phase by phase; each pair stands in exactly one row. No source says that stages come one after the other,
 * or that none goes back: while AWS takes a change of the stage at all, it takes any.
 */
export const stageOrder: readonly StageOrderRow[] = [
  {
    phases: ["pending-submission"],
    from: every,
    to: every,
    // Community projects have seen the Sandbox refuse it.
    source: documentation,
    unofficial: false,
  },
  {
    phases: ["under-review", "rejected", "unknown"],
    from: every,
    to: [],
    source: documentation,
    unofficial: false,
  },
  { phases: ["action-required"], from: every, to: [], source: `${documentation}; ${fieldsCsv}`, unofficial: false },
  { phases: ["approved"], from: openStages, to: every, source: fieldsCsv, unofficial: false },
  {
    phases: ["approved"],
    from: ["Closed Lost"],
    to: [],
    source: `${fieldsCsv}: updates "up until Launched/Lost"`,
    unofficial: true,
  },
  { phases: ["launched"], from: ["Launched"], to: [], source: fieldsCsv, unofficial: false },
];

/** The stages that may follow now, the present one not among them. Without a stage: those that may follow a prospect. */
export function stagesAfter(stage: string | undefined, reviewStatus: string | undefined): readonly string[] {
  const from = stage ?? "Prospect";
  const phase = lockPhaseOf({ reviewStatus, stage });
  const row = stageOrder.find(({ phases, from: stages }) => phases.includes(phase) && stages.includes(from));
  return (row?.to ?? []).filter((next) => next !== stage);
}

/** Whether AWS takes this move, and what it does when not. Staying is no move. */
export function stageMove(state: Parameters<typeof lockOf>[1], next: string): FieldLock {
  const lock = lockOf("LifeCycle.Stage", state);
  if (next === state.stage || stagesAfter(state.stage, state.reviewStatus).includes(next)) return { lock: "editable" };
  if (lock.lock !== "editable") return lock;
  return { lock: "locked", reason: `From ${state.stage ?? "no stage"}, AWS does not take the stage ${next}.` };
}

/** The next stage on the way to a launch; `undefined` when there is none, or when none may follow now. */
export function nextStage(stage: string | undefined, reviewStatus: string | undefined): string | undefined {
  const path = [...openStages, "Launched"];
  const next = path[path.indexOf(stage ?? "") + 1];
  return next !== undefined && stage !== "Closed Lost" && stagesAfter(stage, reviewStatus).includes(next)
    ? next
    : undefined;
}
