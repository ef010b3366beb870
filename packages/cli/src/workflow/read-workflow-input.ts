import type { JsonObject } from "@cosell/connector";
import type { Finding } from "@cosell/core";
import { checkWorkflowInput, type Workflow } from "@cosell/partner-central/workflows";
import { type ApiInput, readInput } from "../api/read-input.ts";
import { closest } from "../configuration/suggestion.ts";
import { FindingsError } from "../failure/findings-error.ts";

/** What the command line and the input file say; `undefined` when neither says anything. */
export interface GivenInput {
  readonly members: JsonObject | undefined;
  readonly findings: (stored: JsonObject) => readonly Finding[];
}

/** Reads the input of a workflow: a file, or standard input, with the flags laid over it. */
export async function readWorkflowInput(
  workflow: Workflow,
  file: string | undefined,
  flags: JsonObject,
): Promise<GivenInput> {
  const input = await readInput(file);
  const members = { ...input.members, ...flags };
  return {
    members: file === undefined && Object.keys(flags).length === 0 ? undefined : members,
    findings: (stored) => findingsOf(workflow, { ...stored, ...members }, input, flags),
  };
}

/** @throws FindingsError with everything that is wrong with the input, each at its place */
export function assertUsable(workflow: Workflow, { findings }: GivenInput, stored: JsonObject): void {
  const found = findings(stored);
  if (found.length > 0) {
    throw new FindingsError(
      `The input of the workflow ${workflow.name} is not usable; nothing was sent.`,
      found,
      `Correct the input, then run the command again; \`cosell workflow ${workflow.name} --help\` lists its members.`,
    );
  }
}

function findingsOf(
  workflow: Workflow,
  members: JsonObject,
  { source }: ApiInput,
  flags: JsonObject,
): readonly Finding[] {
  return checkWorkflowInput(workflow, members).map(({ path, code, message }) => {
    const steps = path
      .split(/[.[\]]+/)
      .filter((step) => step !== "")
      .map((step) => (/^\d+$/.test(step) ? Number(step) : step));
    const [first = ""] = steps;
    const what = { severity: "error", code, message: `${path}: ${message}` } as const;
    if (Object.hasOwn(flags, first)) return { file: "<command line>", line: 1, column: 1, ...what };
    const suggestion =
      code === "UNKNOWN_MEMBER"
        ? closest(
            path,
            workflow.input.map(({ name }) => name),
          )
        : undefined;
    return source.finding(steps, { ...what, ...(suggestion !== undefined && { suggestion }) });
  });
}
