import { Option } from "commander";
import type { CommandContext, CommandDefinition } from "../program/command.ts";
import { collect, examples, syncOption } from "../program/usage.ts";
import { type Answer, tellEach, withOpenSyncs, withStates } from "../session/answer-syncs.ts";
import { standingPause } from "../session/standing-pause.ts";
import type { SyncSession } from "../session/with-sync.ts";
import { startProgress } from "../terminal/progress.ts";
import { renderPauses } from "../views/pauses.ts";
import { renderSyncReport } from "../views/sync-report.ts";

interface SyncOptions {
  readonly sync?: string;
  readonly record?: readonly string[];
  readonly only?: "outbound" | "inbound";
}

const topReasons = 10;

/** `cosell sync`: one pass over each sync that is meant. Interrupted, it ends after the step in hand; the next one goes on from there. */
export const defineSync: CommandDefinition = (command, act) => {
  command
    .addOption(syncOption())
    .option("--record <id>", "only this CRM record (may be given several times)", collect)
    .addOption(
      new Option("--only <direction>", "write to AWS only (outbound), or to the CRM only (inbound)").choices([
        "outbound",
        "inbound",
      ]),
    )
    .addHelpText(
      "after",
      examples(
        "cosell sync",
        "cosell sync --record 006Hs00001ABCDEIA5",
        "cosell sync --only inbound",
        "cosell sync --json",
      ),
    )
    .action((options: SyncOptions) =>
      act((context) =>
        withStates(context, options.sync, (states) =>
          withOpenSyncs(context, states, (open) =>
            tellEach(context, states.syncs, async (sync): Promise<Answer> => {
              const pause = await standingPause(states.store, sync);
              if (pause === undefined) return open(sync, (session) => syncOnce(context, session, options));
              const text = `${renderPauses(context.terminal, [pause])}\nNothing was synced.`;
              return { code: 0, document: { paused: pause }, text };
            }),
          ),
        ),
      ),
    );
};

async function syncOnce(
  { terminal, signal }: CommandContext,
  { engine, store, sync }: SyncSession,
  { record, only }: SyncOptions,
): Promise<Answer> {
  const progress = await startProgress(terminal);
  const records = record === undefined ? {} : { records: record };
  const side = only === undefined ? {} : { only };
  const report = await engine
    .sync({ signal, onProgress: progress.report, ...records, ...side })
    .finally(() => progress.end());
  const reasons = await store.reasons(sync.name, topReasons);
  return {
    code: report.failed + report.conflicts > 0 ? 1 : 0,
    document: { ...report, reasons },
    text: renderSyncReport(terminal, report, reasons),
  };
}
