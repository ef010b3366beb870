import type { LinkFailure } from "@cosell/state";
import type { CommandDefinition, ExitCode } from "../program/command.ts";
import { examples, syncOption } from "../program/usage.ts";
import { withStore } from "../session/with-store.ts";
import { groupFailures, renderFailures } from "../views/failures.ts";

/** `cosell failures`: reads the state only, calls nobody. */
export const defineFailures: CommandDefinition = (command, act) => {
  command
    .addOption(syncOption())
    .addHelpText("after", examples("cosell failures", "cosell failures --json"))
    .action((options: { sync?: string }) =>
      act((context) =>
        withStore<ExitCode>(context, options.sync, async ({ store, sync }) => {
          const failures: LinkFailure[] = [];
          for await (const failure of store.failures(sync.name)) failures.push(failure);
          const groups = groupFailures(failures);
          if (context.terminal.json) {
            context.terminal.document({ sync: sync.name, failed: failures.length, causes: groups });
          } else context.terminal.line(renderFailures(context.terminal, groups));
          return failures.length > 0 ? 1 : 0;
        }),
      ),
    );
};
