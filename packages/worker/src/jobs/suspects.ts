import type { Redis } from "ioredis";

/** A link over which so many workers have died is what ends them. Fewer could be chance while workers are killed. */
const deaths = 5;
/** Long enough for all tries, short enough that chance does not add up. */
const keptMs = 24 * 3_600_000;

/** What is done with a job whose worker has died. */
export interface Suspects {
  /** Works on it while no other suspect is worked on here, or parks it when that has ended too many workers. */
  tryAlone(id: string, work: () => Promise<void>, park: () => Promise<void>): Promise<void>;
}

/**
 * Of the jobs that a dying worker had in hand one may have ended it. They are tried one at a time, and a try is counted
 * before it begins: so the innocent ones are done, and only the one that ends its workers again and again is parked.
 */
export function createSuspects(redis: Redis, key: string): Suspects {
  let turn: Promise<void> = Promise.resolve();
  return {
    tryAlone(id, work, park) {
      const mine = turn.then(async () => {
        // The first death was not counted: nobody was suspected then.
        const died = await redis.hincrby(key, id, 1);
        await redis.pexpire(key, keptMs);
        try {
          if (died >= deaths) await park();
          else await work();
        } finally {
          // Whoever comes here lives.
          await redis.hdel(key, id);
        }
      });
      turn = mine.catch(() => undefined);
      return mine;
    },
  };
}
