/** Time as the emulators see it. What happens after a while (a review, a quota) is judged lazily from `now()`. */
export interface EmulatorClock {
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  now(): number;
  /** Moves time forward. Absent when this clock cannot be moved, as the machine's own. */
  advance?(milliseconds: number): void;
  /** Puts time to an instant. */
  set?(instant: number): void;
  /** Calls back after each `advance` and `set`. Gives the function that ends it. Absent when nothing can be told. */
  onMove?(listener: () => void): () => void;
}

/** A clock that stands still until it is moved. @param start milliseconds since 1970 */
export function manualClock(start: number): Required<EmulatorClock> {
  let instant = start;
  const { onMove, moved } = listeners();
  return {
    now: () => instant,
    advance: (milliseconds) => {
      instant += milliseconds;
      moved();
    },
    set: (to) => {
      instant = to;
      moved();
    },
    onMove,
  };
}

/** The machine's time, moved by an offset: it runs on by itself and can be advanced too. */
export function runningClock(): Required<EmulatorClock> {
  let offset = 0;
  const { onMove, moved } = listeners();
  return {
    now: () => Date.now() + offset,
    advance: (milliseconds) => {
      offset += milliseconds;
      moved();
    },
    set: (to) => {
      offset = to - Date.now();
      moved();
    },
    onMove,
  };
}

function listeners(): { readonly onMove: Required<EmulatorClock>["onMove"]; readonly moved: () => void } {
  const present = new Set<() => void>();
  return {
    onMove: (listener) => {
      present.add(listener);
      return () => present.delete(listener);
    },
    moved: () => {
      for (const listener of present) listener();
    },
  };
}
