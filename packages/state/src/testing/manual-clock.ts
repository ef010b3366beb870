import type { Clock } from "@cosell/connector";

/** A clock that stands still until it is moved. */
export interface ManualClock extends Clock {
  readonly advance: (milliseconds: number) => void;
}

export const manualClock = (start = 1_700_000_000_000): ManualClock => {
  let now = start;
  const advance = (milliseconds: number): void => {
    now += milliseconds;
  };
  return { now: () => now, advance, sleep: async (milliseconds) => advance(milliseconds) };
};
