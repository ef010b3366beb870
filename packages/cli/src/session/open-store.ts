import type { Clock, Logger } from "@cosell/connector";
import type { StateStore } from "@cosell/state";
import type { Configuration } from "../configuration/configuration.ts";

/** Opens the state that a configuration names, or makes it. */
export async function openStore(
  { state }: Configuration,
  { logger, clock }: { readonly logger: Logger; readonly clock: Clock },
): Promise<StateStore> {
  const { openState } = await import("@cosell/state");
  return openState({ url: state.url, logger, clock });
}
