import type { StateStore } from "@cosell/state";
import type { CommandDefinition } from "../program/command.ts";
import { examples, syncOption } from "../program/usage.ts";
import { answerFromStates } from "../session/answer-syncs.ts";
import { pausesOf } from "../session/standing-pause.ts";
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
        answerFromStates(context, options.sync, async ({ store, sync }) => {
          const counts = await store.counts(sync.name);
          const reasons = await store.reasons(sync.name, topReasons);
          const lastChange = await lastChangeOf(store, sync.name);
          const pauses = await pausesOf(store, sync);
          return {
            code: counts.failed + counts.conflicts > 0 ? 1 : 0,
            document: { lastChange: lastChange ?? null, ...counts, pauses, reasons },
            text: renderStatus(context.terminal, { sync: sync.name, lastChange, counts, pauses, reasons }),
          };
        }),
      ),
    );
};

/** When a sync last recorded something about a deal, milliseconds since 1970. */
async function lastChangeOf(store: StateStore, sync: string): Promise<number | undefined> {
  let last: number | undefined;
  for await (const { updatedAt } of store.links({ sync })) last = Math.max(last ?? 0, updatedAt);
  return last;
}
