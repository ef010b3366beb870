import type { RunOptions } from "@cosell/engine";
import { Option } from "commander";
import { UsageError } from "../failure/findings-error.ts";
import type { CommandContext, CommandDefinition } from "../program/command.ts";
import { collect, examples, momentOption, type NamedMoment, syncOption } from "../program/usage.ts";
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
  readonly since?: NamedMoment;
}

const topReasons = 10;

/** `cosell sync`: one pass over each sync that is meant. Interrupted, it ends after the step in hand; the next one goes on from there. */
export const defineSync: CommandDefinition = (command, act) => {
  command
    .addOption(syncOption())
    .option("--record <id>", "only this deal, by CRM record or opportunity (may be given several times)", collect)
    .addOption(
      new Option("--only <direction>", "write to AWS only (outbound), or to the CRM only (inbound)").choices([
        "outbound",
        "inbound",
      ]),
    )
    .addOption(
      momentOption(
        "--since <time>",
        "look again at all that changed since, on both sides, such as 2026-11-21 or 3d",
      ).conflicts("record"),
    )
    .addHelpText(
      "after",
      examples(
        "cosell sync",
        "cosell sync --record 006Hs00001ABCDEIA5",
        "cosell sync --only inbound",
        "cosell sync --since 2h",
        "cosell sync --json",
      ),
    )
    .action((options: SyncOptions) =>
      act((context) => {
        const run = runOptions(context, options);
        return withStates(context, options.sync, (states) =>
          withOpenSyncs(context, states, (open) =>
            tellEach(context, states.syncs, async (sync): Promise<Answer> => {
              const pause = await standingPause(states.store, sync);
              if (pause === undefined) return open(sync, (session) => syncOnce(context, session, run));
              const text = `${renderPauses(context.terminal, [pause])}\nNothing was synced.`;
              return { code: 0, document: { paused: pause }, text };
            }),
          ),
        );
      }),
    );
};

/** What the engine is asked for. @throws UsageError for a time that is yet to come */
function runOptions({ clock }: CommandContext, { record, only, since }: SyncOptions): RunOptions {
  const from = since?.(clock.now());
  if (from !== undefined && from > clock.now())
    throw new UsageError("--since is in the future: nothing changed since.");
  return {
    ...(record === undefined ? {} : { records: record }),
    ...(only === undefined ? {} : { only }),
    ...(from === undefined ? {} : { since: new Date(from).toISOString() }),
  };
}

async function syncOnce(
  { terminal, signal }: CommandContext,
  { engine, store, sync }: SyncSession,
  run: RunOptions,
): Promise<Answer> {
  const progress = await startProgress(terminal);
  const report = await engine.sync({ signal, onProgress: progress.report, ...run }).finally(() => progress.end());
  const reasons = await store.reasons(sync.name, topReasons);
  return {
    code: report.failed + report.conflicts > 0 ? 1 : 0,
    document: { ...report, reasons },
    text: renderSyncReport(terminal, report, reasons),
  };
}
