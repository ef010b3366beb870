import type { ComparedLink } from "@cosell/engine";
import type { CommandDefinition } from "../program/command.ts";
import { collect, examples, hideValuesOption, syncOption } from "../program/usage.ts";
import { answerFromSyncs } from "../session/answer-syncs.ts";
import { hiddenPaths } from "../session/sensitive-paths.ts";
import { startProgress } from "../terminal/progress.ts";
import { createDriftSummary, differenceDocument, renderDrift } from "../views/drift.ts";

interface DriftOptions {
  readonly sync?: string;
  readonly record?: readonly string[];
  readonly fix?: boolean;
  readonly hideValues?: boolean;
}

/** `cosell drift`: compares both sides field by field. Reads only; `--fix` marks what nothing explains for the next sync. */
export const defineDrift: CommandDefinition = (command, act) => {
  command
    .option("--record <id>", "only this deal, by CRM record or opportunity (may be given several times)", collect)
    .option("--fix", "mark the deals with real drift, so that the next sync mends them")
    .addOption(hideValuesOption())
    .addOption(syncOption())
    .addHelpText(
      "after",
      "\nCosts one read at AWS for each deal (10 per second). Exit code 1 when there is real drift.",
    )
    .addHelpText(
      "after",
      examples("cosell drift", "cosell drift --record 006Hs00001ABCDEIA5", "cosell drift --fix --json"),
    )
    .action(({ sync, record, fix = false, hideValues }: DriftOptions) =>
      act((context) =>
        answerFromSyncs(context, sync, async ({ engine, store, partnerCentral }) => {
          const sensitive = await hiddenPaths(hideValues);
          const progress = await startProgress(context.terminal);
          const before = partnerCentral.calls.reads;
          const tally = createDriftSummary();
          const differing: ComparedLink[] = [];
          const records = record === undefined ? {} : { records: record };
          try {
            const run = { signal: context.signal, onProgress: progress.report, ...records };
            for await (const compared of engine.drift(run)) {
              tally.add(compared);
              if (compared.differences.length > 0) differing.push(compared);
            }
          } finally {
            progress.end();
          }
          const real = differing.filter(({ differences }) => differences.some(({ cause }) => cause === "real"));
          const marked = fix
            ? await store.markLinks(
                real.map(({ link }) => link.id),
                "drift",
              )
            : 0;
          const summary = { ...tally.summary(), awsReads: partnerCentral.calls.reads - before, marked };
          return {
            code: real.length > 0 ? 1 : 0,
            document: { deals: differing.map((one) => differenceDocument(one, sensitive)), summary },
            text: renderDrift(context.terminal, differing, summary, sensitive),
          };
        }),
      ),
    );
};
