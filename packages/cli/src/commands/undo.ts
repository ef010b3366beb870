import { FailureError } from "@cosell/connector";
import type { PlannedUndo } from "@cosell/engine";
import type { CommandContext, CommandDefinition, ExitCode } from "../program/command.ts";
import { examples, fieldOption, hideValuesOption, syncOption, wholeNumber, yesOption } from "../program/usage.ts";
import { type StatesSession, withOpenSyncs, withStates } from "../session/answer-syncs.ts";
import { hiddenPaths } from "../session/sensitive-paths.ts";
import { standingPause } from "../session/standing-pause.ts";
import { confirmed } from "../terminal/confirm.ts";
import { renderUndo, undoDocument } from "../views/undo.ts";

interface UndoOptions {
  readonly sync?: string;
  readonly field?: readonly string[];
  readonly dryRun?: boolean;
  readonly hideValues?: boolean;
  readonly yes?: boolean;
}

/** `cosell undo <entry>`: writes back what one write of the journal had replaced, where both sides still allow it. */
export const defineUndo: CommandDefinition = (command, act) => {
  command
    .addOption(fieldOption())
    .option("--dry-run", "show what would be written back, and write nothing")
    .addOption(yesOption())
    .addOption(hideValuesOption())
    .addOption(syncOption())
    .addHelpText("after", "\n<entry> is the number that `cosell history <record>` shows before a write.")
    .addHelpText(
      "after",
      examples("cosell undo 1042 --dry-run", "cosell undo 1042", "cosell undo 1042 --field LifeCycle.NextSteps --yes"),
    )
    .action((entry: string, options: UndoOptions) =>
      act((context) =>
        withStates(context, options.sync, (session) => undo(context, session, wholeNumber(1)(entry), options)),
      ),
    );
};

async function undo(
  context: CommandContext,
  session: StatesSession,
  entryId: number,
  { field, dryRun = false, hideValues, yes = false }: UndoOptions,
): Promise<ExitCode> {
  const { terminal, signal } = context;
  const { store, syncs } = session;
  const entry = await store.journalEntry(entryId);
  const link = entry && (await store.link(entry.linkId));
  const sync = syncs.find(({ name }) => name === link?.sync);
  if (sync === undefined) {
    const message = `The journal has no entry ${entryId}. \`cosell history <record>\` shows the numbers.`;
    throw new FailureError({ kind: "missing", message });
  }
  const pause = await standingPause(store, sync);
  if (pause !== undefined) {
    const message = `The ${pause.scope} "${pause.name}" is paused (${pause.reason}). Resume it first: nothing is written meanwhile.`;
    throw new FailureError({ kind: "invalid", code: "paused", message, issues: [] });
  }
  const sensitive = await hiddenPaths(hideValues);
  return withOpenSyncs(context, session, (open) =>
    open(sync, async ({ engine }): Promise<ExitCode> => {
      const planned = await engine.planUndo(entryId, field, { signal });
      const tell = (done: boolean): void => {
        if (terminal.json) terminal.document({ sync: sync.name, ...undoDocument(planned, done, sensitive) });
        else if (done) terminal.line("Undone; both sides are in step again.");
      };
      terminal.line(renderUndo(terminal, planned, sensitive));
      if (planned.refusals.length > 0 || dryRun || planned.plan.steps.length === 0) {
        tell(false);
        return planned.refusals.length > 0 ? 1 : 0;
      }
      if (!(await confirmed(terminal, { text: "Write this back?", yes, unattended: "refuse", signal }))) {
        terminal.line("Nothing was changed.");
        return 1;
      }
      await engine.undo(planned, { signal });
      const report = await engine.sync({ records: [crmRefOf(planned)], signal });
      tell(true);
      return report.failed > 0 && (await hasFailed(store, planned)) ? 1 : 0;
    }),
  );
}

const crmRefOf = ({ link }: PlannedUndo): string => link.crmRef;

async function hasFailed(store: StatesSession["store"], { link }: PlannedUndo): Promise<boolean> {
  for await (const { linkId } of store.failures(link.sync)) if (linkId === link.id) return true;
  return false;
}
