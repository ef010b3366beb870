import type { AdoptionFindings, AdoptionReport } from "@cosell/engine";
import type { ConfiguredSync } from "../configuration/configuration.ts";
import { UsageError } from "../failure/findings-error.ts";
import type { CommandContext, CommandDefinition } from "../program/command.ts";
import { examples, syncOption, yesOption } from "../program/usage.ts";
import { approvedPairs, writeProposals } from "../session/adoption-file.ts";
import { type Answer, tellEach, withOpenSyncs, withStates } from "../session/answer-syncs.ts";
import type { SyncSession } from "../session/with-sync.ts";
import { confirmed } from "../terminal/confirm.ts";
import { startProgress } from "../terminal/progress.ts";
import { counted } from "../views/value.ts";
import { renderAdoption, renderAdopted } from "../views/adopt.ts";

interface AdoptOptions {
  readonly sync?: string;
  readonly yes?: boolean;
  readonly proposals?: string;
  readonly approve?: string;
}

/** `cosell adopt`: links what exists on both sides. Creates nothing; what only looks alike is never linked unapproved. */
export const defineAdopt: CommandDefinition = (command, act) => {
  command
    .option("--proposals <file>", "write what looks alike to this file (.csv or .json), for a person to approve")
    .option("--approve <file>", "link the rows of such a file that a person approved")
    .addOption(yesOption())
    .addOption(syncOption())
    .addHelpText(
      "after",
      "\nReads all opportunities (100 a call) and all records; one read more for each that looks alike. Exit code 1 when something is left for a person.",
    )
    .addHelpText(
      "after",
      examples("cosell adopt", "cosell adopt --yes --proposals adopt.csv", "cosell adopt --approve adopt.csv"),
    )
    .action((options: AdoptOptions) =>
      act((context) =>
        withStates(context, options.sync, (states) => {
          if ((options.approve ?? options.proposals) !== undefined && states.syncs.length > 1) {
            throw new UsageError("A file of proposals is about one sync: name it with --sync.");
          }
          return withOpenSyncs(context, states, (open) =>
            tellEach(context, states.syncs, (sync: ConfiguredSync) =>
              open(sync, (session) =>
                options.approve === undefined
                  ? adopt(context, session, options)
                  : approve(context, session, options.approve),
              ),
            ),
          );
        }),
      ),
    );
};

async function adopt(
  context: CommandContext,
  { engine }: SyncSession,
  { yes = false, proposals: file }: AdoptOptions,
): Promise<Answer> {
  const { terminal, signal } = context;
  const progress = await startProgress(terminal);
  const found = await engine.findAdoptions({ signal, onProgress: progress.report }).finally(() => progress.end());
  if (file !== undefined) await writeProposals(file, found.proposals);
  let report: AdoptionReport = { linked: [], refused: [] };
  if (found.exact.length > 0) {
    terminal.line(renderAdoption(terminal, found));
    const text = `Link the ${counted(found.exact.length, "certain pair")}?`;
    if (await mayLink(context, text, yes)) report = await engine.adopt(found.exact, { signal });
  }
  const left = found.proposals.length + found.problems.length + report.refused.length;
  const unlinked = found.exact.length - report.linked.length;
  return {
    code: left + unlinked > 0 ? 1 : 0,
    document: { ...found, ...report, file: file ?? null },
    text: renderAdopted(terminal, found, { ...report, file, shown: found.exact.length > 0 }),
  };
}

/** In a pipe without `--yes` the certain pairs are shown and left. */
async function mayLink({ terminal, signal }: CommandContext, text: string, yes: boolean): Promise<boolean> {
  if (!yes && (!terminal.fancy || !process.stdin.isTTY)) return false;
  return confirmed(terminal, { text, yes, unattended: "refuse", signal });
}

async function approve(context: CommandContext, { engine }: SyncSession, file: string): Promise<Answer> {
  const { terminal, signal } = context;
  const pairs = await approvedPairs(file);
  const progress = await startProgress(terminal);
  const report = await engine.adopt(pairs, { signal, onProgress: progress.report }).finally(() => progress.end());
  const nothing: AdoptionFindings = {
    ...{ exact: pairs, proposals: [], problems: [], linked: 0 },
    ...{ unmatchedRecords: 0, unmatchedOpportunities: 0, awsReads: 0 },
  };
  return {
    code: report.refused.length > 0 ? 1 : 0,
    document: { approved: pairs.length, ...report },
    text: renderAdopted(terminal, nothing, { ...report, file: undefined, shown: true }),
  };
}
