import type { CommandDefinition } from "../program/command.ts";
import { examples, fieldOption, hideValuesOption, recordOption, syncOption } from "../program/usage.ts";
import { answerFromStates } from "../session/answer-syncs.ts";
import { collectUnsettled } from "../session/collect-unsettled.ts";
import { hiddenPaths } from "../session/sensitive-paths.ts";
import { renderDeferred, releaseOf } from "../views/deferred.ts";
import { shownField } from "../views/unsettled-fields.ts";

interface DeferredOptions {
  readonly sync?: string;
  readonly record?: readonly string[];
  readonly field?: readonly string[];
  readonly hideValues?: boolean;
}

/** `cosell deferred`: the values that wait until AWS opens a field. Reads the state only. */
export const defineDeferred: CommandDefinition = (command, act) => {
  command
    .addOption(syncOption())
    .addOption(recordOption())
    .addOption(fieldOption())
    .addOption(hideValuesOption())
    .addHelpText("after", examples("cosell deferred", "cosell deferred --record 006Hs00001ABCDEIA5 --json"))
    .action((options: DeferredOptions) =>
      act((context) =>
        answerFromStates(context, options.sync, async ({ store, sync }) => {
          const { partnerCentralTarget: target } = await import("@cosell/partner-central");
          const sensitive = await hiddenPaths(options.hideValues);
          const found = await collectUnsettled(store, sync, { kind: "deferred", ...options });
          const deferred = found.map((field) => ({
            ...shownField(field, sensitive),
            released: releaseOf(field.state.path, field.link, target),
          }));
          return { code: 0, document: { deferred }, text: renderDeferred(context.terminal, deferred) };
        }),
      ),
    );
};
