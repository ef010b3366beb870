import type { CommandDefinition } from "../program/command.ts";
import { examples, fieldOption, hideValuesOption, recordOption, syncOption } from "../program/usage.ts";
import { answerFromStates } from "../session/answer-syncs.ts";
import { collectUnsettled } from "../session/collect-unsettled.ts";
import { hiddenPaths } from "../session/sensitive-paths.ts";
import { renderConflicts, type ShownConflict } from "../views/conflicts.ts";
import { shownField } from "../views/unsettled-fields.ts";
import { hidden } from "../views/value.ts";
import { defineConflictsResolve } from "./conflicts/resolve.ts";

interface ConflictsOptions {
  readonly sync?: string;
  readonly record?: readonly string[];
  readonly field?: readonly string[];
  readonly hideValues?: boolean;
}

/** `cosell conflicts`: the fields that both sides changed and a person decides. Reads the state only. */
export const defineConflicts: CommandDefinition = (command, act) => {
  command
    .addOption(syncOption())
    .addOption(recordOption())
    .addOption(fieldOption())
    .addOption(hideValuesOption())
    .addHelpText(
      "after",
      examples(
        "cosell conflicts",
        "cosell conflicts --field NextStep",
        "cosell conflicts resolve 006Hs00001ABCDEIA5 --take crm",
      ),
    )
    .action((options: ConflictsOptions) =>
      act((context) =>
        answerFromStates(context, options.sync, async ({ store, sync }) => {
          const sensitive = await hiddenPaths(options.hideValues);
          const found = await collectUnsettled(store, sync, { kind: "conflict", ...options });
          const conflicts = await Promise.all(
            found.map(async (field): Promise<ShownConflict> => {
              const { link, state } = field;
              const base = (await store.baseValues(link.id)).get(state.path);
              const agreed = sensitive(state.path) ? hidden : (base?.crm ?? base?.aws ?? null);
              return { ...shownField(field, sensitive, options.hideValues), agreed };
            }),
          );
          return {
            code: conflicts.length > 0 ? 1 : 0,
            document: { conflicts },
            text: renderConflicts(context.terminal, conflicts),
          };
        }),
      ),
    );
  defineConflictsResolve(command, act);
};
