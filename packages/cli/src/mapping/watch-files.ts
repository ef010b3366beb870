import { statSync } from "node:fs";
import { basename } from "node:path";
import { setTimeout } from "node:timers/promises";

/** How often files are looked at. Editors write a file in several steps; what falls between two looks is one change. */
const lookMs = 200;

/** Files under watch. */
export interface WatchedFiles {
  /** Watches a file as it is now; to be called before it is read, so that no change in between goes unnoticed. */
  add(file: string): void;
  /** The name of a file that changed, again and again until the signal aborts. */
  changes(): AsyncIterable<string>;
}

/**
 * Looks at files by their size and time. Looking is slower than being told, and never misses: not a file that an editor
 * replaced, not a change made while the last one was being worked on.
 */
export function watchFiles(signal: AbortSignal): WatchedFiles {
  const stamps = new Map<string, string>();
  async function* changes(): AsyncIterable<string> {
    while (!signal.aborted) {
      const changed = [...stamps].filter(([file, stamp]) => stampOf(file) !== stamp).map(([file]) => file);
      for (const file of changed) stamps.set(file, stampOf(file));
      const [first] = changed;
      if (first !== undefined) yield basename(first);
      await setTimeout(lookMs, undefined, { signal }).catch(() => undefined);
    }
  }
  return {
    add: (file) => {
      if (!stamps.has(file)) stamps.set(file, stampOf(file));
    },
    changes,
  };
}

function stampOf(file: string): string {
  const stat = statSync(file, { throwIfNoEntry: false });
  return stat === undefined ? "" : `${stat.mtimeMs} ${stat.size} ${stat.ino}`;
}
