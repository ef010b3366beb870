import type { EngineOptions } from "../engine.ts";

const day = 24 * 3_600_000;
const source = "journal-pruned";

/** How long the journal is kept. */
export interface Retention {
  /** Lines older than this go. Milliseconds. */
  readonly journalMs: number;
  /** The newest lines of every link stay, however old. @defaultValue 20 */
  readonly keepPerLink?: number;
}

/** Removes old lines of the journal, at most once a day. Returns how many. */
export async function pruneJournal({ sync, store, clock, retention }: EngineOptions): Promise<number> {
  if (retention === undefined) return 0;
  const now = clock.now();
  const last = Number((await store.cursor(sync.name, source)) ?? Number.NaN);
  if (now - last < day) return 0;
  const { journalMs, keepPerLink = 20 } = retention;
  const pruned = await store.pruneJournal({ before: now - journalMs, keepPerLink });
  await store.intake(sync.name, source, [], String(now));
  return pruned;
}
