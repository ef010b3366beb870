import { UsageError } from "../failure/findings-error.ts";
import type { CommandDefinition, ExitCode } from "../program/command.ts";
import { examples } from "../program/usage.ts";
import { openMapping } from "../mapping/open-mapping.ts";
import { withStates } from "../session/answer-syncs.ts";
import { type PauseFlags, pausesMeant } from "../session/pauses-meant.ts";

interface PauseOptions extends PauseFlags {
  readonly reason: string;
}

/** `cosell pause <name>`: a sync, a connection or single fields stand still until they are resumed. Writes the state only. */
export const definePause: CommandDefinition = (command, act) => {
  command
    .requiredOption("--reason <text>", "why, for whoever wonders later")
    .option("--field <path>", "only this AWS field of the sync", undefined)
    .option("--connection", "the connection is meant, where a sync has the same name")
    .addHelpText(
      "after",
      "\n<name> is a sync or a connection of the configuration. What changes meanwhile is kept in mind.",
    )
    .addHelpText(
      "after",
      examples(
        'cosell pause crm --reason "migration on Saturday"',
        'cosell pause opportunities --field LifeCycle.NextSteps --reason "being renamed"',
      ),
    )
    .action((name: string, options: PauseOptions) =>
      act((context) =>
        withStates<ExitCode>(context, undefined, async ({ configuration, store }) => {
          if (options.reason.trim() === "") throw new UsageError("Give a reason that says something.");
          const meant = await pausesMeant(configuration, name, options, (sync) =>
            openMapping(sync.mapping, sync.connection.connector),
          );
          await store.pause({ ...meant, reason: options.reason.trim() });
          if (context.terminal.json) context.terminal.document({ paused: { ...meant, reason: options.reason.trim() } });
          else {
            const what = meant.path === "" ? `the ${meant.scope} "${name}"` : `${meant.path} of the sync "${name}"`;
            context.terminal.line(
              `Paused ${what}. \`cosell resume ${name}${options.field === undefined ? "" : ` --field ${meant.path}`}\` ends it.`,
            );
          }
          return 0;
        }),
      ),
    );
};
