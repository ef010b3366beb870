import type { JsonObject } from "@cosell/connector";
import {
  runWorkflow,
  type Workflow,
  type WorkflowMemory,
  type WorkflowOutcome,
  type WorkflowProgress,
} from "@cosell/partner-central/workflows";
import { type SettingFlags, settingsFor } from "../api/settings.ts";
import { UsageError } from "../failure/findings-error.ts";
import type { CommandContext, ExitCode } from "../program/command.ts";
import { renderOutcome, stepTeller } from "../views/workflow.ts";
import { type MemoryFile, memoryFile } from "./memory-file.ts";
import { openServices } from "./open-services.ts";
import { assertUsable, readWorkflowInput } from "./read-workflow-input.ts";

/** What all workflows are told on the command line. */
export interface WorkflowOptions extends SettingFlags {
  readonly input?: string;
  readonly resume?: string;
  readonly wait?: boolean;
  readonly accountEndpoint?: string;
}

/** Runs a workflow of the command line and tells how it went. */
export async function runWorkflowCommand(
  context: CommandContext,
  workflow: Workflow,
  options: WorkflowOptions,
  flags: JsonObject,
): Promise<ExitCode> {
  const { terminal, clock, signal } = context;
  const file = workflow.readsOnly ? undefined : memoryFile(workflow.name, options.resume);
  const memory = file ?? nothingToRemember;
  const stored = await memory.load();
  if (stored === undefined && options.resume !== undefined && options.input === undefined && isEmpty(flags)) {
    throw new UsageError(`There is no ${options.resume} to go on with. Give the workflow's input to begin one there.`);
  }
  const given = await readWorkflowInput(workflow, options.input, flags);
  assertUsable(workflow, given, stored?.input ?? {});
  const { settings, secrets } = await settingsFor(
    context,
    options,
    stored === undefined ? {} : { Catalog: stored.catalog },
  );
  const services = await openServices(
    { ...settings, ...(options.accountEndpoint !== undefined && { accountEndpoint: options.accountEndpoint }) },
    { clock, logger: await context.logger(secrets) },
    context.environment,
  );
  const steps: WorkflowProgress[] = [];
  const told = stepTeller(terminal.progress ? terminal.note : undefined, terminal.errorColours);
  const onProgress = (progress: WorkflowProgress): void => {
    steps.push(progress);
    told(progress);
  };
  const goOn = `cosell workflow ${workflow.name} --resume ${file?.path ?? ""}`;
  try {
    const outcome = await runWorkflow(workflow, given.members ?? (stored === undefined ? {} : undefined), {
      catalog: settings.catalog,
      ...services,
      ...{ memory, clock, signal, onProgress },
      waitForPeople: options.wait === true,
    });
    tell(context, workflow, outcome, steps, file?.path);
    if (outcome.status !== "done" && file !== undefined) terminal.note(`Go on: ${goOn}`);
    return exitCodeOf(outcome);
  } catch (error) {
    // A run that ended before it kept anything has nothing to go on with.
    if (await wasKept(file)) terminal.note(`What is done stays done. Go on: ${goOn}`);
    throw error;
  } finally {
    services.close();
  }
}

/** The error that ended the run is what is told, whatever the memory says. */
async function wasKept(file: MemoryFile | undefined): Promise<boolean> {
  const record = await file?.load().catch(() => undefined);
  return record !== undefined;
}

/** 1 when a person must do something; waiting for AWS needs nobody. */
export function exitCodeOf({ status }: WorkflowOutcome): ExitCode {
  return status === "needs-person" ? 1 : 0;
}

function tell(
  { terminal }: CommandContext,
  { name }: Workflow,
  outcome: WorkflowOutcome,
  steps: readonly WorkflowProgress[],
  memory: string | undefined,
): void {
  if (terminal.json) {
    terminal.document({ workflow: name, ...(memory !== undefined && { memory }), ...outcome, steps: stepsOf(steps) });
  } else {
    terminal.line(renderOutcome(terminal, outcome));
  }
}

/** What came of each step, without its waiting. */
export function stepsOf(progress: readonly WorkflowProgress[]): readonly object[] {
  return progress.flatMap((one) =>
    one.kind === "done" || one.kind === "skipped"
      ? [{ step: one.step, kind: one.kind, ...(one.says !== undefined && { says: one.says }) }]
      : [],
  );
}

const isEmpty = (flags: JsonObject): boolean => Object.keys(flags).length === 0;

const nothingToRemember: WorkflowMemory = { load: async () => undefined, save: async () => undefined };
