import { workflows } from "@cosell/partner-central/workflows";
import type { Argument } from "commander";
import type { CommandDefinition } from "../program/command.ts";
import { examples } from "../program/usage.ts";
import { operationNamesOf } from "../views/api.ts";
import { completionScript, shells, type Shell } from "../views/completion.ts";

/** `cosell completion <shell>`: a script for the shell's start file. */
export const defineCompletion: CommandDefinition = (command, act) => {
  // The name of the command carries the argument; here it is told which shells there are.
  for (const argument of command.registeredArguments as Argument[]) argument.choices(shells);
  command
    .addHelpText(
      "after",
      examples(
        "cosell completion bash >> ~/.bashrc",
        "cosell completion zsh >> ~/.zshrc",
        "cosell completion fish > ~/.config/fish/completions/cosell.fish",
      ),
    )
    .action((shell: Shell) =>
      act(async ({ terminal }) => {
        const commands = (command.parent?.commands ?? []).map((one) => one.name());
        const script = completionScript(shell, { "": commands, api: operationNamesOf(), ...workflowWords() });
        if (terminal.json) terminal.document({ script });
        else terminal.write(script);
        return 0;
      }),
    );
};

/** The names of workflows, the mirror among them, and the second words of those that have one: `connect invite`. */
function workflowWords(): Readonly<Record<string, readonly string[]>> {
  const words = new Map<string, Set<string>>([["workflow", new Set()]]);
  for (const name of [...workflows.map((workflow) => workflow.name), "mirror"]) {
    name.split(" ").forEach((word, index, all) => {
      const before = ["workflow", ...all.slice(0, index)].join(" ");
      words.set(before, (words.get(before) ?? new Set()).add(word));
    });
  }
  return Object.fromEntries([...words].map(([before, next]) => [before, [...next]]));
}
