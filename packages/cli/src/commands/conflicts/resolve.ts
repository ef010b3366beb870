import type { StateStore, UnsettledField } from "@cosell/state";
import { Option } from "commander";
import type { ConfiguredSync } from "../../configuration/configuration.ts";
import { UsageError } from "../../failure/findings-error.ts";
import type { CommandContext, CommandDefinition, ExitCode } from "../../program/command.ts";
import { examples, fieldOption, syncOption, yesOption } from "../../program/usage.ts";
import { type StatesSession, withOpenSyncs, withStates } from "../../session/answer-syncs.ts";
import { collectUnsettled } from "../../session/collect-unsettled.ts";
import { failureOfLink } from "../../session/failure-of-link.ts";
import { findLink } from "../../session/find-link.ts";
import { syncRecords } from "../../session/sync-records.ts";
import { confirmed } from "../../terminal/confirm.ts";
import { renderChoice, renderResolutions, type Resolution } from "../../views/conflicts.ts";

type Take = "crm" | "aws";

interface ResolveOptions {
  readonly take: Take;
  readonly field?: readonly string[];
  readonly all?: boolean;
  readonly sync?: string;
  readonly yes?: boolean;
  readonly later?: boolean;
}

interface Chosen {
  readonly sync: ConfiguredSync;
  readonly conflicts: readonly UnsettledField[];
}

/** `cosell conflicts resolve`: stores a person's choices, carries them out at once, and says what became of them. */
export const defineConflictsResolve: CommandDefinition = (conflicts, act) => {
  conflicts
    .command("resolve [records...]")
    .summary("choose which side's value stands")
    .description("Choose which side's value stands, and bring the deals in step at once.")
    .addOption(new Option("--take <side>", "whose value stands").choices(["crm", "aws"]).makeOptionMandatory())
    .addOption(fieldOption())
    .option("--all", "every conflict, of the fields named if there are any")
    .addOption(syncOption())
    .addOption(yesOption())
    .option("--later", "store the choices only; the next sync carries them out")
    .addHelpText(
      "after",
      examples(
        "cosell conflicts resolve 006Hs00001ABCDEIA5 --take crm",
        "cosell conflicts resolve 006Hs00001ABCDEIA5 --field NextStep --take aws",
        "cosell conflicts resolve --all --field LifeCycle.NextSteps --take crm --yes",
      ),
    )
    .action((records: readonly string[], options: ResolveOptions) =>
      act((context) => withStates(context, options.sync, (session) => resolve(context, session, records, options))),
    );
};

async function resolve(
  context: CommandContext,
  session: StatesSession,
  records: readonly string[],
  options: ResolveOptions,
): Promise<ExitCode> {
  const { terminal, signal } = context;
  const { store } = session;
  const { take, later = false, yes = false } = options;
  const chosen = await chosenConflicts(session, records, options);
  const all = chosen.flatMap(({ conflicts }) => conflicts);
  if (all.length === 0) {
    if (terminal.json) terminal.document({ resolutions: [] });
    else terminal.line("No such field is in conflict: nothing to settle. `cosell conflicts` lists those that are.");
    return 1;
  }
  terminal.line(renderChoice(all, take));
  const question = `Take ${take === "crm" ? "the CRM's" : "AWS's"} value for ${all.length === 1 ? "it" : `all ${all.length}`}?`;
  const unattended = all.length > 1 ? "refuse" : "go-on";
  if (!(await confirmed(terminal, { text: question, yes, unattended, signal }))) {
    terminal.line("Nothing was changed.");
    return 1;
  }
  for (const { conflicts } of chosen) {
    for (const [linkId, fields] of Map.groupBy(conflicts, ({ link }) => link.id)) {
      await store.answer(
        linkId,
        fields.map(({ state: { path } }) => ({ path, take })),
      );
    }
  }
  if (!later) {
    await withOpenSyncs(context, session, async (open) => {
      for (const { sync, conflicts } of chosen) {
        const refs = [...new Set(conflicts.map(({ link }) => link.crmRef))];
        if (refs.length > 0) await syncRecords(context, { sync, store }, open, refs);
      }
    });
  }
  const resolutions = await Promise.all(all.map((field) => outcomeOf(store, field, take, later)));
  if (terminal.json) terminal.document({ resolutions });
  else terminal.line(renderResolutions(terminal, resolutions));
  return resolutions.every(({ outcome }) => outcome === settled || outcome === stored) ? 0 : 1;
}

const settled = "settled";
const stored = "stored; the next sync carries it out";

async function chosenConflicts(
  { syncs, store }: StatesSession,
  records: readonly string[],
  { all = false, field }: ResolveOptions,
): Promise<readonly Chosen[]> {
  if (all === records.length > 0) throw new UsageError("Name the records that are meant, or say --all.");
  const of = async (sync: ConfiguredSync, record?: readonly string[]): Promise<Chosen> => ({
    sync,
    conflicts: await collectUnsettled(store, sync, {
      kind: "conflict",
      ...(record !== undefined && { record }),
      ...(field !== undefined && { field }),
    }),
  });
  if (all) return Promise.all(syncs.map((sync) => of(sync)));
  const links = await Promise.all(records.map((record) => findLink(store, syncs, record)));
  const bySync = Map.groupBy(links, ({ sync }) => sync);
  return Promise.all([...bySync].map(([sync, found]) => of(sync, [...new Set(found.map(({ link }) => link.crmRef))])));
}

async function outcomeOf(
  store: StateStore,
  { link, state: { path, sources } }: UnsettledField,
  take: Take,
  later: boolean,
): Promise<Resolution> {
  const { crmRef, title } = link;
  const resolution = { crmRef, title, path, sources, take };
  if (later) return { ...resolution, outcome: stored };
  const now = (await store.fieldStates(link.id)).find((state) => state.path === path);
  if (now === undefined) {
    const failed = await failureOfLink(store, link);
    return { ...resolution, outcome: failed === undefined ? settled : `failed: ${failed.failure.message}` };
  }
  const answered = (await store.answers(link.id)).some((answer) => answer.path === path);
  const outcome =
    now.kind === "conflict" && !answered
      ? "still in conflict: one side changed again meanwhile; look at both values anew"
      : `${now.kind}: ${now.reason}`;
  return { ...resolution, outcome };
}
