import type { LinkFailure, StateStore } from "@cosell/state";
import type { ConfiguredSync } from "../configuration/configuration.ts";
import { UsageError } from "../failure/findings-error.ts";
import type { CommandContext, CommandDefinition, ExitCode } from "../program/command.ts";
import { examples, syncOption } from "../program/usage.ts";
import { type Answer, type StatesSession, tellEach, withOpenSyncs, withStates } from "../session/answer-syncs.ts";
import { findLink } from "../session/find-link.ts";
import { syncRecords } from "../session/sync-records.ts";
import { isOfCause } from "../views/failures.ts";
import { renderReplay, type ReplayedDeal } from "../views/replay.ts";

interface ReplayOptions {
  readonly sync?: string;
  readonly cause?: string;
  readonly all?: boolean;
  readonly later?: boolean;
}

/** `cosell replay`: tries failed deals again at once, after their cause was mended. */
export const defineReplay: CommandDefinition = (command, act) => {
  command
    .option("--cause <cause>", "every deal that failed for this cause, code or kind, as `cosell failures` names it")
    .option("--all", "every deal that failed")
    .option("--later", "make them ready only; the next sync tries them")
    .addOption(syncOption())
    .addHelpText(
      "after",
      examples(
        "cosell replay 006Hs00001ABCDEIA5",
        "cosell replay --cause INVALID_ENUM_VALUE:StageName",
        "cosell replay --all --json",
      ),
    )
    .action((records: readonly string[], options: ReplayOptions) =>
      act((context) => withStates(context, options.sync, (session) => replay(context, session, records, options))),
    );
};

async function replay(
  context: CommandContext,
  session: StatesSession,
  records: readonly string[],
  options: ReplayOptions,
): Promise<ExitCode> {
  const { store, syncs } = session;
  const { cause, all = false, later = false } = options;
  if ([records.length > 0, cause !== undefined, all].filter(Boolean).length !== 1) {
    throw new UsageError("Say which deals are meant: their records, --cause <cause>, or --all.");
  }
  const named = await Promise.all(records.map((record) => findLink(store, syncs, record)));
  return withOpenSyncs(context, session, (open) => {
    const concerned = records.length === 0 ? syncs : [...new Set(named.map(({ sync }) => sync))];
    return tellEach(context, concerned, async (sync): Promise<Answer> => {
      const wanted = new Set(named.filter((one) => one.sync === sync).map(({ link }) => link.id));
      const chosen = (await failuresOf(store, sync)).filter(
        ({ linkId, failure }) => all || wanted.has(linkId) || (cause !== undefined && isOfCause(failure, cause)),
      );
      const ids = chosen.map(({ linkId }) => linkId);
      if (ids.length > 0) await store.replay(sync.name, ids);
      const refs = chosen.map(({ crmRef }) => crmRef);
      const report = later || refs.length === 0 ? undefined : await syncRecords(context, { sync, store }, open, refs);
      const still = new Map((await failuresOf(store, sync)).map(({ linkId, failure }) => [linkId, failure.message]));
      const deals = chosen.map(({ linkId, crmRef, title }): ReplayedDeal => {
        const again = report === undefined ? undefined : still.get(linkId);
        return {
          crmRef,
          title,
          outcome: report === undefined ? "ready" : again === undefined ? "done" : "failed",
          message: again,
        };
      });
      return {
        code: deals.some(({ outcome }) => outcome === "failed") ? 1 : 0,
        document: { replayed: deals.length, deals },
        text: renderReplay(context.terminal, deals),
      };
    });
  });
}

async function failuresOf(store: StateStore, sync: ConfiguredSync): Promise<readonly LinkFailure[]> {
  const failures: LinkFailure[] = [];
  for await (const failure of store.failures(sync.name)) failures.push(failure);
  return failures;
}
