import { createHash } from "node:crypto";
import type { Redis } from "ioredis";

/** Runs in Redis in one go. Sent by its hash: the text goes only to a Redis that does not know it yet. */
export type RedisScript = (
  redis: Redis,
  keys: readonly string[],
  parameters: readonly (string | number)[],
) => Promise<unknown>;

/** Makes a script of its Lua text. */
export function redisScript(lua: string): RedisScript {
  const hash = createHash("sha1").update(lua).digest("hex");
  return async (redis, keys, parameters) => {
    try {
      return await redis.evalsha(hash, keys.length, ...keys, ...parameters);
    } catch (error) {
      // A new Redis, or one that was started anew.
      if (!(error instanceof Error && error.message.startsWith("NOSCRIPT"))) throw error;
      return redis.eval(lua, keys.length, ...keys, ...parameters);
    }
  };
}
