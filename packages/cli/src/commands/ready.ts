import type { CommandDefinition, ExitCode } from "../program/command.ts";
import { examples, syncOption } from "../program/usage.ts";
import { withSync } from "../session/with-sync.ts";
import { readinessOf, renderReadiness } from "../views/ready.ts";

/** `cosell ready <record>`: reads one CRM record and calls AWS not at all. */
export const defineReady: CommandDefinition = (command, act) => {
  command
    .addOption(syncOption())
    .addHelpText("after", examples("cosell ready 006Hs00001ABCDEIA5", "cosell ready 006Hs00001ABCDEIA5 --json"))
    .action((record: string, options: { sync?: string }) =>
      act((context) =>
        withSync<ExitCode>(context, options.sync, async ({ engine }) => {
          const readiness = readinessOf(await engine.preview(record));
          if (context.terminal.json) context.terminal.document(readiness);
          else context.terminal.line(renderReadiness(context.terminal, readiness));
          return readiness.ready ? 0 : 1;
        }),
      ),
    );
};
