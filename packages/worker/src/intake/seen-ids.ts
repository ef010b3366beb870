import type { Redis } from "ioredis";

/** Remembers what was taken, so that a repetition is known. Asked before the work, told after it: a crash between repeats, and repeating is harmless. */
export interface SeenIds {
  has(id: string): Promise<boolean>;
  add(ids: readonly string[]): Promise<void>;
}

/** In this process: the newest `most` ids. */
export function seenInMemory(most = 10_000): SeenIds {
  const seen = new Set<string>();
  return {
    has: (id) => Promise.resolve(seen.has(id)),
    add: (ids) => {
      for (const id of ids) {
        seen.delete(id);
        seen.add(id);
      }
      for (const oldest of seen) {
        if (seen.size <= most) break;
        seen.delete(oldest);
      }
      return Promise.resolve();
    },
  };
}

/** For all processes on one Redis, for `keepMs`. */
export function seenInRedis(redis: Redis, prefix: string, keepMs: number): SeenIds {
  const key = (id: string): string => `${prefix}:seen:${id}`;
  return {
    has: async (id) => (await redis.exists(key(id))) === 1,
    add: async (ids) => {
      if (ids.length === 0) return;
      const pipeline = redis.pipeline();
      for (const id of ids) pipeline.set(key(id), "1", "PX", keepMs);
      await pipeline.exec();
    },
  };
}
