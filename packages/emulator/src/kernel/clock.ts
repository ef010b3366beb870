/** Time as the emulators see it. What happens after a while (a review, a quota) is judged lazily from `now()`. */
export interface EmulatorClock {
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  now(): number;
  /** Moves time forward. Absent when this clock cannot be moved, as the machine's own. */
  advance?(milliseconds: number): void;
  /** Puts time to an instant. */
  set?(instant: number): void;
}

/** A clock that stands still until it is moved. @param start milliseconds since 1970 */
export function manualClock(start: number): Required<EmulatorClock> {
  let instant = start;
  return {
    now: () => instant,
    advance: (milliseconds) => {
      instant += milliseconds;
    },
    set: (to) => {
      instant = to;
    },
  };
}

/** The machine's time, moved by an offset: it runs on by itself and can be advanced too. */
export function runningClock(): Required<EmulatorClock> {
  let offset = 0;
  return {
    now: () => Date.now() + offset,
    advance: (milliseconds) => {
      offset += milliseconds;
    },
    set: (to) => {
      offset = to - Date.now();
    },
  };
}
