import { randomUUID } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { FailureError, failureOf, type JsonObject, type JsonValue } from "@cosell/connector";
import { createStepCalls } from "./step-calls.ts";
import { checkWorkflowInput } from "./workflow-input.ts";
import type {
  StepOptions,
  StepRecord,
  Workflow,
  WorkflowOutcome,
  WorkflowProgress,
  WorkflowRecord,
  WorkflowRun,
  WorkflowStep,
  WorkflowSurroundings,
} from "./workflow.ts";

/**
 * Runs a workflow from its beginning, or from where its memory says that it stopped. Before anything is sent the input is
 * checked; before each write the write itself is stored, with its token; after each step what it gave is stored. So it
 * may be stopped, or crash, at any moment: the next run repeats at most the write in hand, as the same call.
 *
 * `given`: the input, or `undefined` to go on with the stored one. A later run may add members, and change those
 * whose step was not begun; others must be as they were. Throws `FailureError`: `invalid` with every issue of the input, `config`
 * when the memory is another workflow's, and whatever AWS's refusals are; what was done by then stays stored.
 */
export async function runWorkflow(
  workflow: Workflow,
  given: JsonObject | undefined,
  surroundings: WorkflowSurroundings,
): Promise<WorkflowOutcome> {
  const { catalog, clock, memory, signal, onProgress = () => undefined } = surroundings;
  const stored = await memory.load();
  if (stored !== undefined) assertSame(workflow, stored, catalog);
  const input = { ...stored?.input, ...inputFor(workflow, stored, given) };
  const issues = checkWorkflowInput(workflow, input);
  if (issues.length > 0) {
    throw new FailureError({
      kind: "invalid",
      message: `The input of the workflow ${workflow.name} is not usable; nothing was sent.`,
      issues: issues.map(({ path, code, message }) => ({ target: path, code, message })),
    });
  }
  const secrets = new Set(workflow.input.filter(({ secret }) => secret).map(({ name }) => name));
  const kept = Object.fromEntries(Object.entries(input).filter(([name]) => !secrets.has(name)));
  // Saved with the first step that is kept: before, there is nothing to go on with.
  let record: WorkflowRecord = { version: 1, workflow: workflow.name, catalog, steps: {}, ...stored, input: kept };

  const keep = async (changes: Readonly<Record<string, StepRecord | undefined>>): Promise<void> => {
    const steps = Object.entries({ ...record.steps, ...changes }).filter(
      (entry): entry is [string, StepRecord] => entry[1] !== undefined,
    );
    const next = { ...record, steps: Object.fromEntries(steps) };
    // Only what is stored counts as remembered: a save that fails ends the run with the record as it was.
    await memory.save(next);
    record = next;
  };

  const run: WorkflowRun<string> = {
    surroundings,
    today: new Date(clock.now()).toISOString().slice(0, 10),
    async step<Result extends JsonValue>(
      name: string,
      work: (step: WorkflowStep) => Promise<Result>,
      { of, says, keep: keeps = () => true }: StepOptions<Result> = {},
    ): Promise<Result> {
      const key = of === undefined ? name : `${name} ${of}`;
      const title = [workflow.steps[name] ?? name, ...(of === undefined ? [] : [of])].join(": ");
      const report = (progress: WorkflowProgress): void => onProgress(progress);
      const before = record.steps[key];
      if (before !== undefined && "result" in before) {
        const result = before.result as Result;
        report({ kind: "skipped", step: key, title, result, says: says?.(result) });
        return result;
      }
      assertGoingOn(signal);
      report({ kind: "started", step: key, title });
      const calls = createStepCalls({
        surroundings,
        pending: before?.call,
        keepCall: (call) => keep({ [key]: call === undefined ? undefined : { call } }),
        onWait: (why, milliseconds) => report({ kind: "waiting", step: key, title, why, milliseconds }),
        newToken: () => `cosell-${randomUUID()}`,
      });
      const result = await work(calls);
      const stands = keeps(result);
      if (stands || record.steps[key] !== undefined) await keep({ [key]: stands ? { result } : undefined });
      report({ kind: "done", step: key, title, result, says: says?.(result) });
      return result;
    },
    async forget(...names) {
      await keep(Object.fromEntries(names.map((name) => [name, undefined])));
    },
  };
  return workflow.run(run, input);
}

function assertSame({ name }: Workflow, stored: WorkflowRecord, catalog: string): void {
  if (stored.workflow === name && stored.catalog === catalog) return;
  throw new FailureError({
    kind: "config",
    message: `The memory belongs to the workflow ${stored.workflow} in the catalog ${stored.catalog}, not to ${name} in ${catalog}. Go on with that one, or begin anew with another memory.`,
  });
}

function inputFor(workflow: Workflow, stored: WorkflowRecord | undefined, given: JsonObject | undefined): JsonObject {
  if (stored === undefined || given === undefined) return given ?? {};
  const changed = Object.entries(given).filter(([name, value]) => {
    const member = workflow.input.find((each) => each.name === name);
    const until = member?.changeableUntil;
    const open = until !== undefined && stored.steps[until] === undefined;
    return name in stored.input && !open && !isDeepStrictEqual(stored.input[name], value);
  });
  if (changed.length === 0) return given;
  throw new FailureError({
    kind: "config",
    message: `The workflow went on with another ${changed.map(([name]) => name).join(", ")} already. Leave the input out to go on, or begin anew with another memory.`,
  });
}

function assertGoingOn(signal: AbortSignal | undefined): void {
  if (signal?.aborted !== true) return;
  if (failureOf(signal.reason) !== undefined) throw signal.reason;
  throw new FailureError({ kind: "aborted", message: "Stopped on request; what was done so far is stored." });
}
