import type { JsonObject } from "@cosell/connector";
import { type Workflow, workflows } from "@cosell/partner-central/workflows";
import { type Command, Option } from "commander";
import { closest } from "../configuration/suggestion.ts";
import { UsageError } from "../failure/findings-error.ts";
import type { Act, CommandDefinition } from "../program/command.ts";
import { collect, examples } from "../program/usage.ts";
import { defineMirror, mirrorSummary } from "./workflow/mirror.ts";
import { renderWorkflows } from "../views/workflow.ts";
import { demoWorkflow } from "../workflow/demo.ts";
import { runWorkflowCommand, type WorkflowOptions } from "../workflow/run-command.ts";
import { workflowCommands, workflowGroups } from "../workflow/workflow-command.ts";

/** The mirror has no end and asks nothing of a person: a command of its own among the workflows. */
const mirror = { name: "mirror", summary: mirrorSummary, steps: { list: "List", read: "Read what changed" } };
type Listed = Pick<Workflow, "name" | "summary" | "steps">;

/** `cosell workflow …`: the ways through Partner Central, one command each. Alone it lists them. */
export const defineWorkflow: CommandDefinition = (command, act) => {
  command
    .argument("[name]")
    .addHelpText(
      "after",
      examples("cosell workflow", "cosell workflow co-sell --demo", "cosell workflow co-sell --help"),
    )
    .action((name: string | undefined) => act((context) => list(context.terminal, name, [...workflows, mirror])));
  const groups = new Map<string, Command>();
  for (const workflow of workflows) {
    const [first = "", second] = workflow.name.split(" ");
    if (second === undefined) {
      defineOne(command.command(first), workflow, act);
      continue;
    }
    const group = groups.get(first) ?? defineGroup(command, first, act);
    groups.set(first, group);
    defineOne(group.command(second), workflow, act);
  }
  defineMirror(command.command("mirror"), act);
};

function defineGroup(command: Command, name: string, act: Act): Command {
  const inGroup = workflows.filter((workflow) => workflow.name.startsWith(`${name} `));
  const summary = workflowGroups[name] ?? name;
  return command
    .command(name)
    .summary(summary)
    .description(capital(summary))
    .argument("[name]")
    .addHelpText("after", examples(...inGroup.map((workflow) => `cosell workflow ${workflow.name} --help`)))
    .action((word: string | undefined) => act((context) => list(context.terminal, word, inGroup)));
}

async function list(
  terminal: Parameters<typeof renderWorkflows>[0],
  name: string | undefined,
  known: readonly Listed[],
): Promise<0> {
  if (name !== undefined) {
    const nearest = closest(
      name,
      known.map((workflow) => workflow.name.split(" ").at(-1) ?? ""),
    );
    const suggestion = known.find((workflow) => workflow.name.split(" ").at(-1) === nearest)?.name;
    const hint = suggestion === undefined ? "`cosell workflow` lists them." : `Did you mean ${suggestion}?`;
    throw new UsageError(`There is no workflow ${name}. ${hint}`);
  }
  if (terminal.json) {
    terminal.document({ workflows: known.map((one) => ({ name: one.name, summary: one.summary, steps: one.steps })) });
  } else {
    terminal.line(renderWorkflows(terminal, known));
  }
  return 0;
}

function defineOne(command: Command, workflow: Workflow, act: Act): void {
  const { flags, words, examples: lines } = workflowCommands[workflow.name] ?? { flags: {}, examples: [] };
  const members = new Map<string, string>();
  command.summary(workflow.summary).description(capital(workflow.summary));
  if (words !== undefined) {
    command.argument(`[${words}...]`, workflow.input.find(({ name }) => name === words)?.describes ?? "");
  }
  for (const { name, describes, list: isList } of workflow.input) {
    const usage = flags[name];
    if (usage === undefined) continue;
    const option = new Option(usage, isList === true ? `${describes} (may be given several times)` : describes);
    if (isList === true) option.argParser(collect);
    members.set(option.attributeName(), name);
    command.addOption(option);
  }
  if (words === undefined) {
    command.option("--input <file>", `the input as JSON or YAML; - reads standard input`);
  }
  if (!workflow.readsOnly) {
    command.option("--resume <file>", "where the workflow is remembered: goes on there (default: a new file)");
  }
  if (workflow.waitsForPeople) command.option("--wait", "wait for what people decide, which may take days");
  command
    .option("--demo", "play it on the emulator with made-up input, without any account")
    .addOption(new Option("--catalog <catalog>", "instead of the configuration's").choices(["AWS", "Sandbox"]))
    .option("--region <region>", "instead of the configuration's (without one us-east-1)")
    .option("--endpoint <url>", "instead of the configuration's, such as an emulator's")
    .option("--account-endpoint <url>", "the same for the Account API")
    .option("--partner-central <name>", "the partner account that is meant, where several are configured")
    .addHelpText("after", `${membersHelp(workflow)}${examples(...lines)}`)
    .action((...given: readonly unknown[]) => {
      // Commander gives the words first, where there are any, and itself last.
      const options = command.opts<WorkflowOptions & { readonly demo?: boolean }>();
      const text = words !== undefined && Array.isArray(given[0]) ? (given[0] as readonly string[]).join(" ") : "";
      const asked = Object.entries(options).flatMap(([name, value]): [string, JsonObject[string]][] => {
        const member = members.get(name);
        return member === undefined ? [] : [[member, value]];
      });
      const input = Object.fromEntries([
        ...asked,
        ...(words !== undefined && text !== "" ? [[words, text]] : []),
      ]) as JsonObject;
      return act((context) =>
        options.demo === true ? demoWorkflow(context, workflow) : runWorkflowCommand(context, workflow, options, input),
      );
    });
}

function membersHelp({ input, steps }: Workflow): string {
  const width = Math.max(...input.map(({ name }) => name.length));
  const lines = input.map(
    ({ name, describes, required }) => `  ${name.padEnd(width)}  ${describes}${required === true ? " (needed)" : ""}`,
  );
  return `\nInput:\n${lines.join("\n")}\n\nSteps: ${Object.values(steps).join(" → ")}\n`;
}

const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
