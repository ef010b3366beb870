import type { Clock } from "@cosell/connector";
import type { Redis } from "ioredis";
import type { Alarm } from "./alarms.ts";

/** Remembers which alarms stand, so that each is told once, and told of again when it is over. */
export interface StandingAlarms {
  /** `false`: it stands already. */
  begin(alarm: Alarm): Promise<boolean>;
  /** What stood under the key, if anything did. */
  end(key: string): Promise<Alarm | undefined>;
}

/** What still stands after a day is told again. */
const dayMs = 24 * 3_600_000;

/** For one process. */
export function alarmsInMemory(clock: Clock): StandingAlarms {
  const standing = new Map<string, { readonly alarm: Alarm; readonly since: number }>();
  return {
    begin(alarm) {
      const known = standing.get(alarm.key);
      if (known !== undefined && clock.now() - known.since < dayMs) return Promise.resolve(false);
      standing.set(alarm.key, { alarm, since: clock.now() });
      return Promise.resolve(true);
    },
    end(key) {
      const known = standing.get(key);
      standing.delete(key);
      return Promise.resolve(known?.alarm);
    },
  };
}

/**
 * For all processes on one Redis: whichever sees that it is over tells so. While Redis is away each process counts for
 * itself: an alarm told twice is better than one not told.
 */
export function alarmsInRedis(redis: Redis, prefix: string, clock: Clock): StandingAlarms {
  const own = alarmsInMemory(clock);
  const keyOf = (key: string): string => `${prefix}:alarm:${key}`;
  return {
    async begin(alarm) {
      const first = await own.begin(alarm);
      try {
        return (await redis.set(keyOf(alarm.key), JSON.stringify(alarm), "PX", dayMs, "NX")) !== null;
      } catch {
        return first;
      }
    },
    async end(key) {
      const known = await own.end(key);
      try {
        const stored = await redis.getdel(keyOf(key));
        return stored === null ? undefined : (JSON.parse(stored) as Alarm);
      } catch {
        return known;
      }
    },
  };
}
