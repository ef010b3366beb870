import type { CommandDefinition, ExitCode } from "../program/command.ts";
import { examples, syncOption } from "../program/usage.ts";
import { withSync } from "../session/with-sync.ts";
import { renderPreview } from "../views/preview.ts";

/** `cosell preview <record>`: reads one CRM record and calls AWS not at all. */
export const definePreview: CommandDefinition = (command, act) => {
  command
    .addOption(syncOption())
    .addHelpText("after", examples("cosell preview 006Hs00001ABCDEIA5", "cosell preview 006Hs00001ABCDEIA5 --json"))
    .action((record: string, options: { sync?: string }) =>
      act((context) =>
        withSync<ExitCode>(context, options.sync, async ({ engine }) => {
          const preview = await engine.preview(record);
          if (context.terminal.json) context.terminal.document(preview);
          else context.terminal.line(renderPreview(context.terminal, preview));
          return 0;
        }),
      ),
    );
};
