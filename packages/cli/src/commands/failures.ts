import type { LinkFailure } from "@cosell/state";
import type { CommandDefinition } from "../program/command.ts";
import { examples, syncOption } from "../program/usage.ts";
import { answerFromStates } from "../session/answer-syncs.ts";
import { groupFailures, renderFailures } from "../views/failures.ts";

/** `cosell failures`: reads the state only, calls nobody. */
export const defineFailures: CommandDefinition = (command, act) => {
  command
    .addOption(syncOption())
    .addHelpText("after", examples("cosell failures", "cosell failures --json"))
    .action((options: { sync?: string }) =>
      act((context) =>
        answerFromStates(context, options.sync, async ({ store, sync }) => {
          const failures: LinkFailure[] = [];
          for await (const failure of store.failures(sync.name)) failures.push(failure);
          const causes = groupFailures(failures);
          return {
            code: failures.length > 0 ? 1 : 0,
            document: { failed: failures.length, causes },
            text: renderFailures(context.terminal, causes),
          };
        }),
      ),
    );
};
