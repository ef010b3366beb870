import { clockToleranceMs, type ServerTime } from "./server-time.ts";

/** What a cursor knows of windows of time: instants in one form of ISO 8601, in UTC, so that they compare as texts. */
export interface WindowCursor {
  /** End of the last finished window. */
  readonly since?: string | undefined;
  /** End of the window that is being walked; absent between two windows. */
  readonly until?: string | undefined;
}

/** The windows of time in which a connector polls for changes, one after the other. */
export interface PollWindows {
  /** Where the next window would end. */
  end(): string;
  /**
   * The cursor with its next window, up to now. `empty`: no time has passed. `lost`: the last window ended in the future,
   * since this machine's clock was ahead then; how long, and what was missed meanwhile, nobody knows. Throws what `ask` throws.
   */
  open<Cursor extends WindowCursor>(cursor: Cursor): Promise<(Cursor & { readonly until: string }) | "empty" | "lost">;
  /**
   * The cursor with none of these instants later than the server's time. Taken after each answer: while this machine's
   * clock is ahead, a window may have been opened that ends in the server's future, and what changes until then would be
   * looked for by no later window.
   */
  cap<Cursor extends WindowCursor>(cursor: Cursor, instants: readonly (keyof Cursor)[]): Cursor;
}

/** A window ends this long before now, so that a second that is still running is not cut in two. */
const settleMs = 2000;

/** @param options.ask a call, so that the server tells its time; @param options.stamp an instant as the cursor has it */
export function pollWindows({
  time,
  ask,
  stamp,
}: {
  readonly time: ServerTime;
  readonly ask: () => Promise<unknown>;
  readonly stamp: (milliseconds: number) => string;
}): PollWindows {
  const end = (): string => stamp(time.now() - settleMs);
  return {
    end,
    open: async (cursor) => {
      const { since } = cursor;
      if (since === undefined) return { ...cursor, until: end() };
      const isFuture = (): boolean => Date.parse(since) > time.theirs() + clockToleranceMs;
      // This machine's clock may have been put right since the server last told its time, or moved while an answer was on its way.
      if (isFuture() || (end() <= since && !time.toldWithin(settleMs))) await ask();
      if (isFuture()) return "lost";
      const until = end();
      return until <= since ? "empty" : { ...cursor, until };
    },
    cap: (cursor, instants) => {
      const latest = stamp(time.theirs() - settleMs);
      const late = instants.filter((name) => typeof cursor[name] === "string" && cursor[name] > latest);
      return late.length === 0 ? cursor : { ...cursor, ...Object.fromEntries(late.map((name) => [name, latest])) };
    },
  };
}
