import { type FSWatcher, watch } from "node:fs";
import { basename, dirname, join } from "node:path";
import { setTimeout } from "node:timers/promises";

/** Editors write a file in several steps; one save shall be one change. */
const settleMs = 100;

/**
 * Gives the name of a file that changed, again and again until the signal aborts. Files may be added to the set while it
 * runs. Folders are watched, not files: editors replace a file, and a watch on it would die with it.
 */
export async function* watchFiles(files: ReadonlySet<string>, signal: AbortSignal): AsyncIterable<string> {
  const watchers = new Map<string, FSWatcher>();
  let changed: string | undefined;
  let wake = (): void => undefined;
  const stop = (): void => wake();
  signal.addEventListener("abort", stop);
  const watchFolders = (): void => {
    for (const folder of new Set([...files].map(dirname))) {
      if (watchers.has(folder)) continue;
      const watcher = watch(folder, (_event, name) => {
        if (name === null || !files.has(join(folder, name))) return;
        changed = basename(name);
        wake();
      });
      // A folder that was taken away is not watched any longer; the others are.
      watcher.on("error", () => watcher.close());
      watchers.set(folder, watcher);
    }
  };
  try {
    for (;;) {
      watchFolders();
      await new Promise<void>((resolve) => {
        wake = resolve;
        if (changed !== undefined || signal.aborted) resolve();
      });
      if (signal.aborted) return;
      await setTimeout(settleMs, undefined, { signal }).catch(() => undefined);
      const name = changed ?? "";
      changed = undefined;
      yield name;
    }
  } finally {
    signal.removeEventListener("abort", stop);
    for (const watcher of watchers.values()) watcher.close();
  }
}
