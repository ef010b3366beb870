import type { Change, ChangesPage } from "@cosell/connector";
import { type Cursor, formatCursor } from "./cursor.ts";

/** A page of changes that fills up. What does not fit goes into the cursor, for the next page. */
export interface OpenPage {
  /** @param latest what is so now: takes the place of whatever was put before. @defaultValue false */
  put(changes: readonly Change[], latest?: boolean): void;
  /** Records that it can still take. */
  room(): number;
  /** @param finished the feed has nothing more */
  close(cursor: Cursor, finished: boolean): ChangesPage;
}

export function createPage(limit: number): OpenPage {
  const found = new Map<string, Change>();
  const left: Change[] = [];
  return {
    put: (changes, latest = false) => {
      for (const change of changes) {
        // A related record's mark replaces the record's own, which the engine may know already; an ending is never replaced.
        if (found.has(change.ref) || found.size < limit) {
          if (latest || (found.get(change.ref)?.kind ?? "upsert") === "upsert") found.set(change.ref, change);
        } else left.push(change);
      }
    },
    room: () => limit - found.size,
    close: (cursor, finished) => ({
      changes: [...found.values()],
      cursor: formatCursor(left.length > 0 ? { ...cursor, pending: left } : cursor),
      caughtUp: finished && left.length === 0,
    }),
  };
}
