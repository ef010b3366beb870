import type { Pause } from "@cosell/state";

/** What a pause can be about. */
export interface Pausable {
  /** The sync's name in the configuration. */
  readonly sync: string;
  /** The name of its connection there. */
  readonly connection: string | undefined;
}

/** Why a sync stands still, when it does: it is paused itself, or its connection is. A pause of one field stops no sync. */
export function pauseOf(pauses: readonly Pause[], { sync, connection }: Pausable): Pause | undefined {
  return pauses.find(
    ({ scope, name, path }) => path === "" && (scope === "sync" ? name === sync : name === connection),
  );
}
