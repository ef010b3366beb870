import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { Option } from "commander";
import type { DemoCrm } from "../demo/crm.ts";
import type { CommandContext, CommandDefinition, ExitCode } from "../program/command.ts";
import { UsageError } from "../failure/findings-error.ts";
import { examples, wholeNumber } from "../program/usage.ts";
import { startProgress } from "../terminal/progress.ts";

interface DemoOptions {
  readonly crm: DemoCrm["connector"];
  readonly deals: number;
  readonly seed: number;
  readonly keep?: string;
}

const topReasons = 20;

/** `cosell demo`: no account, no network beyond this machine, nothing left behind unless asked for. */
export const defineDemo: CommandDefinition = (command, act) => {
  command
    .addOption(
      new Option("--crm <name>", "which CRM is emulated")
        .choices(["salesforce", "hubspot", "pipedrive"])
        .default("salesforce"),
    )
    .option("--deals <n>", "deals in the emulated CRM", wholeNumber(1), 200)
    .option("--seed <n>", "the same seed tells the same story", wholeNumber(0), 1)
    .option("--keep <folder>", "leave the configuration and the state there, to look around with `cosell status`")
    .addHelpText(
      "after",
      examples("cosell demo", "cosell demo --crm hubspot", "cosell demo --deals 50 --json", "cosell demo --keep demo"),
    )
    .action((options: DemoOptions) =>
      act(async (context) => {
        if (options.keep !== undefined) return play(context, options, unusedFolder(options.keep));
        const folder = await mkdtemp(join(tmpdir(), "cosell-demo-"));
        try {
          return await play(context, options, folder);
        } finally {
          await rm(folder, { recursive: true, force: true });
        }
      }),
    );
};

/** The story begins from nothing: the state of another run would tell Cosell that all is done. */
function unusedFolder(path: string): string {
  const folder = resolve(path);
  if (existsSync(join(folder, "cosell.yaml"))) throw new UsageError(`${path} is in use already: name a new folder.`);
  return folder;
}

async function play(context: CommandContext, options: DemoOptions, folder: string): Promise<ExitCode> {
  const { terminal, signal } = context;
  const [{ startWorld }, { playStory }, { narratorFor }, { keptItsPromise, renderDemoSummary, summarize }] =
    await Promise.all([
      import("../demo/world.ts"),
      import("../demo/story.ts"),
      import("../demo/narrator.ts"),
      import("../demo/summary.ts"),
    ]);
  const startedAt = performance.now();
  const { crm, deals, seed } = options;
  const world = await startWorld({ folder, crm, deals, seed, logger: await context.logger(), signal });
  const progress = await startProgress(terminal);
  try {
    const story = await playStory(world, narratorFor(terminal, progress, world.crm), signal);
    const records = world.crm.deals().length;
    const seconds = (performance.now() - startedAt) / 1000;
    const summary = summarize(story, await world.store.counts(world.sync), { crm, records, seconds });
    progress.end();
    if (terminal.json) terminal.document(summary);
    else {
      const reasons = await world.store.reasons(world.sync, topReasons);
      terminal.line(`\n${renderDemoSummary(terminal, summary, story, reasons)}`);
      if (options.keep !== undefined) {
        terminal.line(
          `\nLook around: cosell status --config ${join(options.keep, "cosell.yaml")} (also failures, history)`,
        );
      }
    }
    return keptItsPromise(summary) ? 0 : 1;
  } finally {
    progress.end();
    await world.close();
  }
}
