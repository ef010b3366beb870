import type { ConfiguredSync } from "../configuration/configuration.ts";
import { loadConfiguration } from "../configuration/load.ts";
import type { CommandContext, CommandDefinition, ExitCode } from "../program/command.ts";
import { examples, syncOption } from "../program/usage.ts";
import { chooseSync } from "../session/choose-sync.ts";
import { type OpenedWorker, openWorker } from "../session/open-worker.ts";
import { renderWorkerStart } from "../views/worker.ts";

interface WorkerFlags {
  readonly sync?: string;
  readonly inline?: boolean;
  readonly drain?: boolean;
}

/** `cosell worker`: keeps the syncs in step until it is stopped. SIGUSR2 reads the configuration anew. */
export const defineWorker: CommandDefinition = (command, act) => {
  command
    .addOption(syncOption())
    .option("--inline", "all in this process, without Redis: for a small installation")
    .option("--drain", "look for nothing new, do what is marked, then end")
    .addHelpText(
      "after",
      examples(
        "cosell worker",
        "cosell worker --inline",
        "cosell worker --drain --json",
        "kill -USR2 <pid>   # reload",
      ),
    )
    .action((flags: WorkerFlags) => act((context) => work(context, flags)));
};

async function work(context: CommandContext, flags: WorkerFlags): Promise<ExitCode> {
  const { terminal, signal, clock } = context;
  const [{ createMetrics, startTraces, watch }, logger] = await Promise.all([
    import("@cosell/worker"),
    context.logger(),
  ]);
  const metrics = createMetrics();
  const traces = startTraces({ environment: context.environment, logger });
  const startedAt = clock.now();
  const stop = new AbortController();
  const ended = AbortSignal.any([signal, stop.signal]);
  let code: ExitCode = 0;
  const endWith = (exit: ExitCode): void => {
    if (ended.aborted) return;
    code = exit;
    stop.abort();
  };
  const start = { flags, metrics, onOutdated: () => endWith(2) };
  let opened = await begin(context, start, undefined);
  void watch(
    {
      ...{ clock, logger },
      health: () => opened.worker.health(),
      patienceMs: () => opened.limits.giveUpMs,
      giveUp: () => endWith(1),
    },
    ended,
  );
  const reload = (): void => {
    reloading = reloading.then(async () => {
      const next = await reopen(context, start, opened);
      if (next === undefined) return;
      const before = opened;
      opened = next;
      await before.close();
    });
  };
  let reloading = Promise.resolve();
  process.on("SIGUSR2", reload);
  try {
    if (flags.drain === true) await opened.worker.drained(ended);
    else await untilAborted(ended);
  } catch (error) {
    if (!ended.aborted) throw error;
  } finally {
    process.off("SIGUSR2", reload);
    // Who ends by itself may do so because a connection is silent for ever: closing would wait for it.
    const limit = signal.aborted ? undefined : setTimeout(() => process.exit(code), opened.limits.closeMs);
    await reloading;
    await opened.close();
    await traces?.close();
    clearTimeout(limit);
  }
  const totals = metrics.totals();
  if (terminal.json) terminal.document({ worker: opened.owner, seconds: (clock.now() - startedAt) / 1000, ...totals });
  else if (flags.drain === true) {
    terminal.line(`Done: ${totals.changed} changed, ${totals.unchanged} unchanged, ${totals.failed} failed.`);
  }
  return totals.failed > 0 && flags.drain === true ? 1 : code;
}

/** What every configuration is begun with. */
interface Start extends Pick<Parameters<typeof openWorker>[0], "metrics" | "onOutdated"> {
  readonly flags: WorkerFlags;
}

/** Opens a worker, which takes over the port from the one `before` it; where it cannot, all is as it was. */
async function begin(
  context: CommandContext,
  { flags, metrics, onOutdated }: Start,
  before: OpenedWorker | undefined,
): Promise<OpenedWorker> {
  const { terminal, clock, options, environment } = context;
  const configuration = await loadConfiguration(options.config, environment);
  const syncs: readonly ConfiguredSync[] =
    flags.sync === undefined ? Object.values(configuration.syncs) : [chooseSync(configuration, flags.sync)];
  const logger = await context.logger(configuration.secrets);
  const opened = await openWorker({
    ...{ configuration, syncs, clock, logger, metrics, onOutdated },
    inline: flags.inline === true,
    drain: flags.drain === true,
    // Links in hand are let end first; the worker itself stops them when that takes too long.
    signal: new AbortController().signal,
  });
  await before?.unlisten();
  try {
    const http = await opened.listen();
    terminal.note(renderWorkerStart(configuration, syncs, { owner: opened.owner, http }, flags.inline === true));
  } catch (error) {
    await opened.close();
    await before?.listen();
    throw error;
  }
  // The worker itself ends what takes too long, then gives it back.
  context.stopWithin(opened.limits.closeMs);
  return opened;
}

/** A configuration that is wrong changes nothing: what is wrong is said, and the work goes on as it was. */
async function reopen(context: CommandContext, start: Start, before: OpenedWorker): Promise<OpenedWorker | undefined> {
  try {
    return await begin(context, start, before);
  } catch (error) {
    const message = error instanceof Error ? error.message : "unknown";
    context.terminal.note(`The configuration was not taken over, the worker goes on as it was: ${message}`);
    return undefined;
  }
}

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    // A promise alone does not keep a process up.
    const alive = setInterval(() => undefined, 60_000);
    const end = (): void => {
      clearInterval(alive);
      resolve();
    };
    if (signal.aborted) end();
    else signal.addEventListener("abort", end, { once: true });
  });
}
