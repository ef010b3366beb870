import type { MarkPriority } from "@cosell/state";

/** A link to reconcile. Ids only: what the link holds stays in the state. */
export interface LinkJob {
  readonly sync: string;
  readonly linkId: string;
  readonly priority: MarkPriority;
}

/** Something that is done again and again, by one process at a time. */
export interface RecurringTask {
  /** Unique: `poll-crm.opportunities`. Letters, digits, `-`, `_` and `.`. */
  readonly name: string;
  readonly everyMs: number;
  /** Slow work must not keep polls waiting. */
  readonly lane: "quick" | "slow";
  readonly run: (signal: AbortSignal) => Promise<void>;
}

/**
 * Hands work to processes. What must not be lost is not here: the marks in the state are the truth, and whatever a runner
 * forgets is handed out again. Two of them: BullMQ for many processes, one in memory for a single one.
 */
export interface JobRunner {
  /** Adds links that are not waiting yet; one that waits with less urgency moves up. `lane`: a partner account's, so that one that waits for quota holds up no other. */
  dispatch(lane: string, jobs: readonly LinkJob[]): Promise<void>;
  /** How many links wait in a lane: who hands out looks here first. */
  waiting(lane: string): Promise<number>;
  /** Runs a task now, if it is not running, besides its rhythm. */
  nudge(task: string): Promise<void>;
  /** Jobs by state, per queue, for metrics. */
  counts(): Promise<Readonly<Record<string, Readonly<Record<string, number>>>>>;
  /** What it depends on answers. */
  health(): Promise<{ readonly ok: boolean; readonly detail: string }>;
  /** Takes no new work and lets what is in hand end for `withinMs`; then ends it by its signal. */
  close(withinMs: number): Promise<void>;
}

/** What a runner needs. */
export interface JobRunnerOptions {
  /** Partner accounts, each with a lane of its own. */
  readonly lanes: readonly string[];
  /** Links in work at the same time, per lane and process. */
  readonly concurrency: number;
  readonly tasks: readonly RecurringTask[];
  /** Reconciles one link. Never throws for what concerns the link alone. */
  readonly work: (job: Pick<LinkJob, "sync" | "linkId">, signal: AbortSignal) => Promise<void>;
  /** Processes have died over this link again and again. */
  readonly onPoison: (job: Pick<LinkJob, "sync" | "linkId">) => Promise<void>;
  /** Little may wait in a lane: whoever hands out may have more. Comes often, and more than once. */
  readonly onLow?: (lane: string) => void;
  /** What no handler took care of: a bug, or a server that is away. */
  readonly onError: (where: string, error: unknown) => void;
}
