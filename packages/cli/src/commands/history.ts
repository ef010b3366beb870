import type { CommandDefinition, ExitCode } from "../program/command.ts";
import {
  examples,
  fieldOption,
  hideValuesOption,
  momentOption,
  type NamedMoment,
  syncOption,
} from "../program/usage.ts";
import { withStates } from "../session/answer-syncs.ts";
import { failureOfLink } from "../session/failure-of-link.ts";
import { findLink } from "../session/find-link.ts";
import { hiddenPaths } from "../session/sensitive-paths.ts";
import { historyDocument, isAbout, renderHistory } from "../views/history.ts";

interface HistoryOptions {
  readonly sync?: string;
  readonly since?: NamedMoment;
  readonly field?: readonly string[];
  readonly hideValues?: boolean;
}

/** `cosell history <record>`: reads the state only, calls nobody. */
export const defineHistory: CommandDefinition = (command, act) => {
  command
    .addOption(syncOption())
    .addOption(momentOption("--since <time>", "only what happened since, such as 2026-11-21, 2026-11-21T09:00Z or 3d"))
    .addOption(fieldOption())
    .addOption(hideValuesOption())
    .addHelpText(
      "after",
      "\n<record> is the id of a CRM record, also of one that was merged into another since, or of an opportunity at AWS.",
    )
    .addHelpText(
      "after",
      examples(
        "cosell history 006Hs00001ABCDEIA5",
        "cosell history 006Hs00001ABCDEIA5 --field NextStep --since 2026-11-01",
        "cosell history O1234567 --json",
      ),
    )
    .action((record: string, { sync: syncName, since, field, hideValues }: HistoryOptions) =>
      act((context) =>
        withStates<ExitCode>(context, syncName, async ({ store, syncs }) => {
          const { link, sync } = await findLink(store, syncs, record);
          const from = since?.(context.clock.now()) ?? 0;
          const entries = (await store.journal(link.id))
            .filter((entry) => entry.at >= from && (field === undefined || field.some((name) => isAbout(entry, name))))
            .toSorted((left, right) => left.id - right.id);
          const failure = await failureOfLink(store, link);
          const history = { link, entries, fieldStates: await store.fieldStates(link.id), failure };
          const sensitive = await hiddenPaths(hideValues);
          if (context.terminal.json) {
            context.terminal.document({ sync: sync.name, ...historyDocument(history, sensitive) });
          } else context.terminal.line(renderHistory(context.terminal, history, sensitive));
          return 0;
        }),
      ),
    );
};
