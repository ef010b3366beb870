import { silentLogger } from "@cosell/connector";
import {
  runWorkflow,
  type Workflow,
  type WorkflowMemory,
  type WorkflowProgress,
  type WorkflowRecord,
} from "@cosell/partner-central/workflows";
import type { CommandContext, ExitCode } from "../program/command.ts";
import { stringify } from "yaml";
import { renderOutcome, stepTeller } from "../views/workflow.ts";
import { virtualClock } from "../demo/virtual-clock.ts";
import { demos } from "./demos.ts";
import { openServices } from "./open-services.ts";
import { exitCodeOf, stepsOf } from "./run-command.ts";

/** A Monday morning. */
const begin = Date.UTC(2026, 10, 2, 9);

/**
 * Plays a workflow on the emulator in this process: real clients, real HTTP, made-up input, and a time of its own in which
 * days of review pass at once. Leaves nothing behind.
 */
export async function demoWorkflow(context: CommandContext, workflow: Workflow): Promise<ExitCode> {
  const { terminal, signal } = context;
  const { manualClock, startPartnerCentral } = await import("@cosell/emulator");
  const demo = demos[workflow.name];
  const time = manualClock(begin);
  const clock = virtualClock(time);
  const emulator = await startPartnerCentral({
    clock: time,
    settings: { quotas: true, taskDelayMs: 5000, ...demo?.settings },
    accountSettings: { taskDelayMs: 5000, ...demo?.accountSettings },
  });
  const surroundings = { clock, logger: silentLogger };
  const place = { endpoint: emulator.url, accountEndpoint: emulator.partnerCentralAccount.url };
  const settings = { catalog: "Sandbox", region: "us-east-1", ...place } as const;
  const partners = await Promise.all(
    ["AKIACOSELLPARTNERONE", "AKIACOSELLPARTNERTWO"].map((accessKeyId) =>
      openServices(settings, { ...surroundings, credentials: { accessKeyId, secretAccessKey: "emulator" } }),
    ),
  );
  const [us, them] = partners;
  try {
    if (us === undefined || them === undefined) throw new RangeError("The demo has two partners.");
    const world = { emulator, us, them };
    const input = (await demo?.begin(world)) ?? {};
    const memory = inMemory();
    const acts: object[] = [];
    terminal.line(terminal.colours.dim(`${workflow.name}, on the emulator, with made-up input:`));
    terminal.line(terminal.colours.dim(stringify(input)));
    let code: ExitCode = 0;
    for (const interlude of [undefined, ...(demo?.interludes ?? [])]) {
      const more = interlude === undefined ? input : await interlude.act(world);
      if (interlude !== undefined) {
        terminal.line(`\n${terminal.colours.bold(interlude.says)} The workflow goes on with the same memory.`);
      }
      const before = emulator.requests.last;
      const steps: WorkflowProgress[] = [];
      const told = stepTeller(terminal.line, terminal.colours);
      const outcome = await runWorkflow(workflow, more, {
        catalog: "Sandbox",
        selling: us.selling,
        account: us.account,
        ...{ memory, clock, signal },
        waitForPeople: demo?.wait === true,
        onProgress: (progress) => {
          steps.push(progress);
          told(progress);
        },
      });
      const calls = emulator.requests.since(before).map(({ operation, status }) => ({ operation, status }));
      terminal.line(renderOutcome(terminal, outcome));
      const counts = countsOf(calls.map(({ operation }) => operation));
      terminal.line(terminal.colours.dim(`Calls: ${counts === "" ? "none" : counts}`));
      acts.push({ ...(interlude && { interlude: interlude.says }), ...outcome, steps: stepsOf(steps), calls });
      code = exitCodeOf(outcome);
    }
    if (terminal.json) terminal.document({ workflow: workflow.name, demo: true, input, acts });
    return code;
  } finally {
    for (const partner of partners) partner.close();
    await emulator.close();
  }
}

function inMemory(): WorkflowMemory {
  let record: WorkflowRecord | undefined;
  return {
    load: async () => record,
    save: async (next) => {
      record = next;
    },
  };
}

function countsOf(operations: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const operation of operations) counts.set(operation, (counts.get(operation) ?? 0) + 1);
  return [...counts].map(([operation, count]) => (count === 1 ? operation : `${operation} ×${count}`)).join(", ");
}
