import type { SyncReport } from "@cosell/engine";
import type { StateStore } from "@cosell/state";
import type { ConfiguredSync } from "../configuration/configuration.ts";
import type { CommandContext } from "../program/command.ts";
import { startProgress } from "../terminal/progress.ts";
import type { OpenForWork } from "./answer-syncs.ts";
import { standingPause } from "./standing-pause.ts";

/** Syncs a few records at once, after a person decided something about them. A sync that stands still is left alone: `undefined`. */
export async function syncRecords(
  { terminal, signal }: CommandContext,
  { sync, store }: { readonly sync: ConfiguredSync; readonly store: StateStore },
  open: OpenForWork,
  records: readonly string[],
): Promise<SyncReport | undefined> {
  const pause = await standingPause(store, sync);
  if (pause !== undefined) {
    terminal.note(`The ${pause.scope} "${pause.name}" is paused (${pause.reason}): this waits until it is resumed.`);
    return undefined;
  }
  const progress = await startProgress(terminal);
  try {
    return await open(sync, ({ engine }) => engine.sync({ records, signal, onProgress: progress.report }));
  } finally {
    progress.end();
  }
}
