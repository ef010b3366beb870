import { resolve } from "node:path";
import { UsageError } from "../../failure/findings-error.ts";
import { renderError, reportOf } from "../../failure/report.ts";
import { findMappingConnector } from "../../mapping/find-mapping-connector.ts";
import { mappingsToTest } from "../../mapping/mappings-to-test.ts";
import { allHold, type CaseRunOptions, runCaseFiles } from "../../mapping/run-case-files.ts";
import { watchFiles } from "../../mapping/watch-files.ts";
import type { CommandContext, CommandDefinition, ExitCode } from "../../program/command.ts";
import { connectorOption, examples } from "../../program/usage.ts";
import { caseRunDocument, renderCaseRun } from "../../views/mapping-test.ts";

interface TestOptions {
  readonly watch?: boolean;
  readonly case?: string;
  readonly connector?: string;
}

/** `cosell mapping test [mapping...]`: runs the golden cases beside the mappings. */
export const defineMappingTest: CommandDefinition = (mapping, act) => {
  mapping
    .command("test [mapping...]")
    .summary("run the golden cases beside a mapping")
    .description(
      "Run the golden cases beside a mapping: deals.cases.yaml beside deals.yaml. Without a mapping: those of the configuration, and every one with cases in this folder or below it.",
    )
    .option("--watch", "run again whenever a mapping, a table or a case changes, until Ctrl-C")
    .option("--case <name>", "run only the case of this name")
    .addOption(connectorOption())
    .addHelpText(
      "after",
      examples(
        "cosell mapping test deals.yaml",
        "cosell mapping test deals.yaml --watch",
        'cosell mapping test deals.yaml --case "a qualified deal" --json',
      ),
    )
    .action((files: readonly string[], options: TestOptions) =>
      act(async (context) => {
        if (options.watch === true && context.terminal.json) {
          throw new UsageError("--watch prints again and again, --json exactly one document: choose one.");
        }
        const mappings = files.length > 0 ? files.map((file) => resolve(file)) : await mappingsToTest(context.options);
        const run = { find: findMappingConnector(context.options, options.connector), name: options.case };
        return options.watch === true ? watch(context, mappings, run) : once(context, mappings, run);
      }),
    );
};

async function once(
  { terminal }: CommandContext,
  mappings: readonly string[],
  options: CaseRunOptions,
): Promise<ExitCode> {
  const runs = await runCaseFiles(mappings, options);
  if (terminal.json) terminal.document(caseRunDocument(runs));
  else terminal.line(renderCaseRun(terminal, runs));
  return allHold(runs) ? 0 : 1;
}

/** Runs at every change. What is wrong is shown, and mended by the next change; only Ctrl-C ends it, which is a good end. */
async function watch(context: CommandContext, mappings: readonly string[], options: CaseRunOptions): Promise<ExitCode> {
  const { terminal, signal } = context;
  const files = watchFiles(signal);
  const run = async (): Promise<void> => {
    try {
      terminal.line(
        renderCaseRun(terminal, await runCaseFiles(mappings, { ...options, onFile: (file) => files.add(file) })),
      );
    } catch (error) {
      terminal.line(renderError(reportOf(error), terminal.colours, false));
    }
    terminal.line(terminal.colours.dim("Waiting for a change (Ctrl-C ends) …"));
  };
  await run();
  for await (const changed of files.changes()) {
    terminal.line(`\n${terminal.colours.dim(`${changed} changed`)}`);
    await run();
  }
  return 0;
}
