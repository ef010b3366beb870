import type { StateStore } from "@cosell/state";
import type { Configuration, ConfiguredSync } from "../configuration/configuration.ts";
import { loadConfiguration } from "../configuration/load.ts";
import type { CommandContext } from "../program/command.ts";
import { chooseSync } from "./choose-sync.ts";
import { openStore } from "./open-store.ts";

/** The state of one sync, for commands that only look at it. */
export interface StoreSession {
  readonly configuration: Configuration;
  readonly sync: ConfiguredSync;
  readonly store: StateStore;
}

/** Opens the state of a sync, does the work, closes it whatever happens. */
export async function withStore<Result>(
  context: CommandContext,
  syncName: string | undefined,
  work: (session: StoreSession) => Promise<Result>,
): Promise<Result> {
  const configuration = await loadConfiguration(context.options.config, context.environment);
  const sync = chooseSync(configuration, syncName);
  const logger = await context.logger(configuration.secrets);
  const store = await openStore(configuration, { logger, clock: context.clock });
  try {
    return await work({ configuration, sync, store });
  } finally {
    await store.close();
  }
}
