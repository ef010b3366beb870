import type { Clock, JsonObject, JsonValue } from "@cosell/connector";
import type { CallOptions, Catalog } from "../partner-central.ts";
import type { ServiceName } from "../model/services.ts";
import type { InputMember, InputRule } from "./workflow-input.ts";

/** A client as far as workflows need it: any operation by name, through the quota gate, throwing `FailureError` only. */
export interface WorkflowCaller {
  call(operation: string, input: JsonObject, options?: CallOptions): Promise<JsonObject>;
}

/**
 * What a workflow remembers between two runs: enough to go on after a crash at any moment. Plain JSON; AWS's timestamps
 * stand in it as AWS sent them, with their nanoseconds.
 */
export interface WorkflowRecord {
  readonly version: 1;
  /** The workflow that it belongs to. */
  readonly workflow: string;
  /** A workflow begun in the Sandbox never goes on in production. */
  readonly catalog: Catalog;
  /** Without members that are marked as secret. */
  readonly input: JsonObject;
  readonly steps: Readonly<Record<string, StepRecord>>;
}

/**
 * A step that was begun: either its write, stored with body and ClientToken before it was sent, outcome perhaps unknown;
 * or what it gave. A step without record was not begun.
 */
export type StepRecord =
  { readonly call: { readonly operation: string; readonly body: JsonObject } } | { readonly result: JsonValue };

/** Where the record is kept. `save` returns when the record would survive a crash. */
export interface WorkflowMemory {
  load(): Promise<WorkflowRecord | undefined>;
  save(record: WorkflowRecord): Promise<void>;
}

/** What happens while a workflow runs. `says` is one sentence for a person. */
export type WorkflowProgress = { readonly step: string; readonly title: string } & (
  | { readonly kind: "started" }
  | { readonly kind: "waiting"; readonly why: string; readonly milliseconds: number }
  | { readonly kind: "done" | "skipped"; readonly says: string | undefined; readonly result: JsonValue }
);

/** Everything that a workflow meets of the outside. */
export interface WorkflowSurroundings {
  readonly catalog: Catalog;
  readonly selling: WorkflowCaller;
  readonly account: WorkflowCaller;
  readonly memory: WorkflowMemory;
  readonly clock: Clock;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: WorkflowProgress) => void;
  /** Wait also for what people decide, such as AWS's review, which takes days. @defaultValue false */
  readonly waitForPeople?: boolean;
  /** How long AWS's background tasks are waited for. @defaultValue ten minutes */
  readonly taskPatienceMs?: number;
  /** Tries of one call that AWS was too busy for, or that got lost. @defaultValue 5 */
  readonly tries?: number;
}

/** How a workflow ended. */
export interface WorkflowOutcome {
  /** `waiting`: all is done that can be done now. `needs-person`: somebody must decide or correct something. */
  readonly status: "done" | "waiting" | "needs-person";
  /** One sentence. */
  readonly summary: string;
  /** What a person does next, one sentence each. */
  readonly next: readonly string[];
  /** Ids and states that were found or made. */
  readonly result: JsonObject;
}

/** A write: made at most once, however often its step is begun. */
export interface WorkflowWrite {
  readonly operation: string;
  /** @defaultValue "selling" */
  readonly service?: ServiceName;
  /** The body, or how to find it out; `ClientToken` is filled in where AWS takes one. Asked for once, then kept. */
  readonly input: JsonObject | (() => Promise<JsonObject>);
  /**
   * Asked when AWS refuses: it may refuse since an earlier try took effect and its answer was lost. Gives what the write
   * would have answered, or `undefined` when nothing of it is there. Calls with a ClientToken rarely need it.
   */
  readonly tookEffect?: () => Promise<JsonObject | undefined>;
  /** The body holds an optimistic lock: after a conflict it is found out anew. @defaultValue false */
  readonly locked?: boolean;
}

/** What the work of a step can do. A step makes at most one write. */
export interface WorkflowStep {
  read(operation: string, input?: JsonObject, service?: ServiceName): Promise<JsonObject>;
  /** All pages of a list. */
  readAll(operation: string, input?: JsonObject, service?: ServiceName): Promise<readonly JsonObject[]>;
  write(call: WorkflowWrite): Promise<JsonObject>;
  /** Looks again and again, ever more rarely; `undefined` when `patienceMs` went by without a result. */
  poll<Result>(look: () => Promise<Result | undefined>, wait: PollWait): Promise<Result | undefined>;
}

/** How long and why something is waited for. */
export interface PollWait {
  /** Told to the person who waits. */
  readonly why: string;
  readonly firstMs: number;
  readonly slowestMs: number;
  /** @defaultValue without end */
  readonly patienceMs?: number;
}

/** How one step is kept and told. */
export interface StepOptions<Result> {
  /** Tells steps of one name apart: `Solutions S-1234567`. */
  readonly of?: string;
  /** What the step gave, for a person. */
  readonly says?: (result: Result) => string;
  /** Whether the result stands for good; else the step is done anew by the next run. @defaultValue always */
  readonly keep?: (result: Result) => boolean;
}

/** A running workflow, as the workflow's own code sees it. */
export interface WorkflowRun<Step extends string> {
  readonly surroundings: WorkflowSurroundings;
  /** The day, `YYYY-MM-DD`, in UTC. */
  readonly today: string;
  /** Does a step, or gives what it gave in an earlier run. */
  step<Result extends JsonValue>(
    name: Step,
    work: (step: WorkflowStep) => Promise<Result>,
    options?: StepOptions<Result>,
  ): Promise<Result>;
  /** Lets steps be done anew, with new tokens: AWS refused what they did, and nothing of it is there. */
  forget(...names: readonly Step[]): Promise<void>;
}

/** What a workflow is. Its steps run in the order of its code; the list is for people. */
export interface Workflow {
  /** As the command names it, such as `co-sell` or `connect invite`. */
  readonly name: string;
  /** One line. */
  readonly summary: string;
  /** Members of its input. */
  readonly input: readonly InputMember[];
  /** What holds between members. */
  readonly rules: readonly InputRule[];
  /** Title by step. */
  readonly steps: Readonly<Record<string, string>>;
  /** It ends before people have decided, unless it is told to wait. */
  readonly waitsForPeople: boolean;
  /** It only reads: there is nothing to remember. */
  readonly readsOnly: boolean;
  readonly run: (run: WorkflowRun<string>, input: JsonObject) => Promise<WorkflowOutcome>;
}

/** Makes a workflow whose code is checked against its own step names. Its input is what its members' checks let through. */
export function defineWorkflow<Step extends string>(
  given: Pick<Workflow, "name" | "summary" | "input"> & {
    readonly rules?: readonly InputRule[];
    readonly steps: Readonly<Record<Step, string>>;
    readonly waitsForPeople?: boolean;
    readonly readsOnly?: boolean;
    readonly run: (run: WorkflowRun<Step>, input: never) => Promise<WorkflowOutcome>;
  },
): Workflow {
  const { rules = [], waitsForPeople = false, readsOnly = false } = given;
  return {
    ...given,
    rules,
    waitsForPeople,
    readsOnly,
    run: (run, input) => given.run(run, input as never),
  };
}
