import type { CommandDefinition } from "../program/command.ts";
import { examples, fieldOption, hideValuesOption, recordOption, syncOption } from "../program/usage.ts";
import { answerFromStates } from "../session/answer-syncs.ts";
import { collectUnsettled } from "../session/collect-unsettled.ts";
import { hiddenPaths } from "../session/sensitive-paths.ts";
import { renderHeld } from "../views/held.ts";
import { shownField } from "../views/unsettled-fields.ts";

interface HeldOptions {
  readonly sync?: string;
  readonly record?: readonly string[];
  readonly field?: readonly string[];
  readonly hideValues?: boolean;
}

/** `cosell held`: the deals and fields that are not sent as they are, deal by deal. Reads the state only. */
export const defineHeld: CommandDefinition = (command, act) => {
  command
    .addOption(syncOption())
    .addOption(recordOption())
    .addOption(fieldOption())
    .addOption(hideValuesOption())
    .addHelpText("after", examples("cosell held", "cosell held --field Account.Website", "cosell held --json"))
    .action((options: HeldOptions) =>
      act((context) =>
        answerFromStates(context, options.sync, async ({ store, sync }) => {
          const sensitive = await hiddenPaths(options.hideValues);
          const found = await collectUnsettled(store, sync, { kind: "held", ...options });
          const held = found.map((field) => shownField(field, sensitive));
          return { code: 0, document: { held }, text: renderHeld(context.terminal, held) };
        }),
      ),
    );
};
