import type { CommandDefinition, ExitCode } from "../program/command.ts";
import { collect, examples, syncOption } from "../program/usage.ts";
import { withSync } from "../session/with-sync.ts";
import { startProgress } from "../terminal/progress.ts";
import { renderSyncReport } from "../views/sync-report.ts";

interface SyncOptions {
  readonly sync?: string;
  readonly record?: readonly string[];
}

const topReasons = 10;

/** `cosell sync`: one pass. Interrupted, it ends after the step in hand; the next sync goes on from there. */
export const defineSync: CommandDefinition = (command, act) => {
  command
    .addOption(syncOption())
    .option("--record <id>", "only this CRM record (may be given several times)", collect)
    .addHelpText("after", examples("cosell sync", "cosell sync --record 006Hs00001ABCDEIA5", "cosell sync --json"))
    .action((options: SyncOptions) =>
      act((context) =>
        withSync<ExitCode>(context, options.sync, async ({ engine, store, sync }) => {
          const { terminal, signal } = context;
          const progress = await startProgress(terminal);
          const records = options.record === undefined ? {} : { records: options.record };
          const report = await engine
            .sync({ signal, onProgress: progress.report, ...records })
            .finally(() => progress.end());
          const reasons = await store.reasons(sync.name, topReasons);
          if (terminal.json) terminal.document({ sync: sync.name, ...report, reasons });
          else terminal.line(renderSyncReport(terminal, report, reasons));
          return report.failed + report.conflicts > 0 ? 1 : 0;
        }),
      ),
    );
};
