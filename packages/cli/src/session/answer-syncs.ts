import type { Configuration, ConfiguredSync } from "../configuration/configuration.ts";
import { loadConfiguration } from "../configuration/load.ts";
import { renderError, reportOf } from "../failure/report.ts";
import type { CommandContext, ExitCode } from "../program/command.ts";
import { chooseSyncs } from "./choose-sync.ts";
import { openStore } from "./open-store.ts";
import { openSync } from "./open-sync.ts";
import { createPartnerClients } from "./partner-clients.ts";
import type { StoreSession } from "./with-store.ts";
import type { SyncSession } from "./with-sync.ts";

/** What a command has to say about one sync. */
export interface Answer {
  readonly code: ExitCode;
  /** For machines; the sync's name is put before it. */
  readonly document: Readonly<Record<string, unknown>>;
  /** For people. */
  readonly text: string;
}

/** A state that is open, and the syncs that are meant. */
export interface StatesSession {
  readonly configuration: Configuration;
  readonly syncs: readonly ConfiguredSync[];
  readonly store: StoreSession["store"];
}

/** Opens the state for the syncs that are meant, the named one or all, does the work, and closes it whatever happens. */
export async function withStates<Result>(
  context: CommandContext,
  syncName: string | undefined,
  work: (session: StatesSession) => Promise<Result>,
): Promise<Result> {
  const configuration = await loadConfiguration(context.options.config, context.environment);
  const syncs = chooseSyncs(configuration, syncName);
  const logger = await context.logger(configuration.secrets);
  const store = await openStore(configuration, { logger, clock: context.clock });
  try {
    return await work({ configuration, syncs, store });
  } finally {
    await store.close();
  }
}

/** Asks the state about each sync that is meant, and tells the answers. Calls nobody. */
export function answerFromStates(
  context: CommandContext,
  syncName: string | undefined,
  work: (session: StoreSession) => Promise<Answer>,
): Promise<ExitCode> {
  return withStates(context, syncName, ({ configuration, syncs, store }) =>
    tellEach(context, syncs, (sync) => work({ configuration, sync, store })),
  );
}

/** Opens each sync that is meant, one after the other, and tells the answers. */
export function answerFromSyncs(
  context: CommandContext,
  syncName: string | undefined,
  work: (session: SyncSession) => Promise<Answer>,
): Promise<ExitCode> {
  return withStates(context, syncName, (states) =>
    withOpenSyncs(context, states, (open) => tellEach(context, states.syncs, (sync) => open(sync, work))),
  );
}

/** Opens a sync for some work. Clients of Partner Central, and so the count of the quota, are shared. */
export type OpenForWork = <Result>(
  sync: ConfiguredSync,
  work: (session: SyncSession) => Promise<Result>,
) => Promise<Result>;

/** Gives a way to open syncs of a state that is open, and closes everything whatever happens. */
export async function withOpenSyncs<Result>(
  context: CommandContext,
  { configuration, store }: Omit<StatesSession, "syncs">,
  work: (open: OpenForWork) => Promise<Result>,
): Promise<Result> {
  const { clock, signal } = context;
  const logger = await context.logger(configuration.secrets);
  const clients = createPartnerClients({ clock, logger });
  try {
    return await work(async (sync, use) => {
      const opened = await openSync({ configuration, sync, store, clients, clock, signal, logger });
      try {
        return await use({ configuration, sync, store, ...opened });
      } finally {
        await opened.close();
      }
    });
  } finally {
    await clients.close();
  }
}

/**
 * Tells one answer as it is, several under their syncs' names. Where there are several, what one of them fails with is
 * told among the answers: it does not keep the others from their work.
 */
export async function tellEach(
  { terminal, signal, options }: CommandContext,
  syncs: readonly ConfiguredSync[],
  answerOf: (sync: ConfiguredSync) => Promise<Answer>,
): Promise<ExitCode> {
  const [only, ...others] = syncs;
  if (only !== undefined && others.length === 0) {
    const { code, document, text } = await answerOf(only);
    if (terminal.json) terminal.document({ sync: only.name, ...document });
    else terminal.line(text);
    return code;
  }
  const documents: unknown[] = [];
  let worst: ExitCode = 0;
  for (const sync of syncs) {
    const answer = await answerOf(sync).catch((error: unknown): Answer => {
      if (signal.aborted) throw error;
      const report = reportOf(error);
      const text = renderError(report, terminal.colours, options.logLevel === "debug");
      return { code: report.exitCode, document: { error: report.json }, text };
    });
    documents.push({ sync: sync.name, ...answer.document });
    if (!terminal.json) terminal.line(`${terminal.colours.bold(`Sync ${sync.name}`)}\n\n${answer.text}\n`);
    if (answer.code > worst) worst = answer.code;
  }
  if (terminal.json) terminal.document({ syncs: documents });
  return worst;
}
