import type { Clock } from "./clock.ts";

/** The time of a server, as its answers tell it. */
export interface ServerTime {
  /**
   * Takes in the `Date` of an answer (RFC 9110, section 6.6.1), which tells whole seconds. A missing one, and one of
   * another form than `Sun, 06 Nov 1994 08:49:37 GMT`, tell nothing.
   */
  hear(date: string | null | undefined): void;
  /** How far this machine's clock is ahead of the server's, in milliseconds; negative: behind. `undefined` until the server has told. */
  ahead(): number | undefined;
  /** Whether the server has told within so many milliseconds, by this machine's clock, and that clock was not set back since. */
  toldWithin(milliseconds: number): boolean;
  /** The server's time, milliseconds since 1970: what it last told and what has passed since; this machine's time until it has told. */
  theirs(): number;
  /** This machine's time, or the server's where this machine is ahead of it: safe to be used as the end of a window. */
  now(): number;
}

/** Compares a server's time with this machine's. */
export function serverTime(clock: Clock): ServerTime {
  let ahead: number | undefined;
  let toldAt = Number.NEGATIVE_INFINITY;
  return {
    hear: (date) => {
      const told = Date.parse(date ?? "");
      if (Number.isNaN(told) || new Date(told).toUTCString() !== date) return;
      // Somewhere within the second that was told.
      toldAt = clock.now();
      const least = toldAt - told - 999;
      ahead = least > 0 ? least : Math.min(0, least + 999);
    },
    ahead: () => ahead,
    toldWithin: (milliseconds) => clock.now() >= toldAt && clock.now() - toldAt <= milliseconds,
    theirs: () => clock.now() - (ahead ?? 0),
    now: () => clock.now() - Math.max(0, ahead ?? 0),
  };
}

/** Clocks that differ by no more than this are taken for the same. Milliseconds. */
export const clockToleranceMs = 2 * 60_000;

/** That this machine's clock is wrong, for a person; `undefined` where it is right to two minutes, or nobody knows. @param server `Salesforce` */
export function clockWarning(time: ServerTime, server: string): string | undefined {
  const ahead = time.ahead() ?? 0;
  if (Math.abs(ahead) <= clockToleranceMs) return undefined;
  const minutes = Math.round(Math.abs(ahead) / 60_000);
  return ahead > 0
    ? `this machine's clock is ${minutes} minutes ahead of ${server}: set it right, by NTP`
    : `this machine's clock is ${minutes} minutes behind ${server}, so that changes are found that much later: set it right, by NTP`;
}
