import type { Pause, StateStore } from "@cosell/state";
import type { ConfiguredSync } from "../configuration/configuration.ts";

/** The pause that keeps a whole sync still, when there is one. */
export async function standingPause(
  store: StateStore,
  { name: sync, connection }: ConfiguredSync,
): Promise<Pause | undefined> {
  const { pauseOf } = await import("@cosell/engine");
  return pauseOf(await store.pauses(), { sync, connection: connection.name });
}

/** Every pause that concerns a sync: of itself, of its connection, of its fields. */
export async function pausesOf(
  store: StateStore,
  { name: sync, connection }: ConfiguredSync,
): Promise<readonly Pause[]> {
  return (await store.pauses()).filter(({ scope, name }) => name === (scope === "sync" ? sync : connection.name));
}
