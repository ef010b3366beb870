import { Redis } from "ioredis";
import { testDatabase, testRedis } from "@cosell/state/testing";

/** What all measurements share. */
export interface Ground {
  /** For files of the emulators. */
  readonly folder: string;
  /** Of the workers, such as NODE_OPTIONS for a profile. */
  readonly environment: Readonly<Record<string, string>>;
}

/** A schema in PostgreSQL and a prefix in Redis that nobody else uses. */
export interface Place {
  readonly stateUrl: string;
  readonly queue: { readonly url: string; readonly prefix: string };
  /** Removes what was made there. */
  clear(): Promise<void>;
}

/** Both from the servers of the tests. */
export async function placeToRun(): Promise<Place> {
  const database = await testDatabase();
  const queue = testRedis();
  return {
    stateUrl: database.url,
    queue,
    clear: async () => {
      await database.drop();
      const redis = new Redis(queue.url);
      for await (const keys of redis.scanStream({ match: `${queue.prefix}:*`, count: 1000 }) as AsyncIterable<
        string[]
      >) {
        if (keys.length > 0) await redis.del(...keys);
      }
      redis.disconnect();
    },
  };
}
