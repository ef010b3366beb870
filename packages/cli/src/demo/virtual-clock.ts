import type { Clock } from "@cosell/connector";
import type { EmulatorClock } from "@cosell/emulator";

/**
 * Time for the whole demo world: it stands still while code runs, and whoever waits moves it forward at once. Hours of
 * quota and review pass in seconds. Right only while one thing waits at a time: the demo's engine works on one deal.
 */
export function virtualClock(time: Required<EmulatorClock>): Clock {
  return {
    now: time.now,
    sleep: async (milliseconds, signal) => {
      signal?.throwIfAborted();
      time.advance(Math.max(0, milliseconds));
    },
  };
}
