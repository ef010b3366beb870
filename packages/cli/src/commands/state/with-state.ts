import type { StateStore } from "@cosell/state";
import { loadConfiguration } from "../../configuration/load.ts";
import type { CommandContext } from "../../program/command.ts";
import { openStore } from "../../session/open-store.ts";

/** Opens the state of the configuration, does the work, closes it whatever happens. */
export async function withState<Result>(
  context: CommandContext,
  work: (store: StateStore) => Promise<Result>,
): Promise<Result> {
  const configuration = await loadConfiguration(context.options.config, context.environment);
  const logger = await context.logger(configuration.secrets);
  const store = await openStore(configuration, { logger, clock: context.clock });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}
