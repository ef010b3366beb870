import type { EngineOptions } from "../engine.ts";

const hour = 3_600_000;
/** Stages in which AWS's side hardly changes any more. */
const closed = ["Launched", "Closed Lost"];

/** How the sweep goes round. */
export interface SweepSettings {
  /** Most links in one run; 0 turns the sweep off. @defaultValue 25 */
  readonly links?: number;
  /** An open deal is looked at this often. Milliseconds. @defaultValue 6 hours */
  readonly openMs?: number;
  /** A launched or lost one. @defaultValue 7 days */
  readonly closedMs?: number;
}

/**
 * Marks the links whose side at AWS was not read whole for the longest time, a few per run. AWS sends events as it can,
 * and changes its summary without moving the stamp that the poll goes by: only looking finds those. Returns how many.
 */
export async function rotatingSweep({ sync, store, clock, sweep = {} }: EngineOptions): Promise<number> {
  const { links = 25, openMs = 6 * hour, closedMs = 7 * 24 * hour } = sweep;
  if (links === 0) return 0;
  const now = clock.now();
  const due = await store.leastObserved(sync.name, {
    before: now - openMs,
    seldom: { stages: closed, before: now - closedMs },
    limit: links,
  });
  if (due.length === 0) return 0;
  return store.markLinks(
    due.map(({ id }) => id),
    "aws:sweep",
    "low",
  );
}
