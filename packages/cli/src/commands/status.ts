import type { CommandDefinition, ExitCode } from "../program/command.ts";
import { examples, syncOption } from "../program/usage.ts";
import { withStore } from "../session/with-store.ts";
import { renderStatus } from "../views/status.ts";

/** How many reasons are worth reading at a glance. */
const topReasons = 10;

/** `cosell status`: reads the state only, calls nobody. */
export const defineStatus: CommandDefinition = (command, act) => {
  command
    .addOption(syncOption())
    .addHelpText("after", examples("cosell status", "cosell status --json"))
    .action((options: { sync?: string }) =>
      act((context) =>
        withStore<ExitCode>(context, options.sync, async ({ store, sync }) => {
          const counts = await store.counts(sync.name);
          const reasons = await store.reasons(sync.name, topReasons);
          if (context.terminal.json) context.terminal.document({ sync: sync.name, ...counts, reasons });
          else context.terminal.line(renderStatus(context.terminal, sync.name, counts, reasons));
          return counts.failed + counts.conflicts > 0 ? 1 : 0;
        }),
      ),
    );
};
