import { randomUUID } from "node:crypto";
import type { Redis } from "ioredis";

const heldMs = 30_000;
const prolongMs = 10_000;

const prolong =
  "if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('PEXPIRE', KEYS[1], ARGV[2]) end return 0";
const release = "if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0";

/**
 * Does work unless somebody else is at it; returns whether it did. A holder that dies is forgotten after half a minute. It keeps two from doing
 * the same at the same time; what must not happen twice is kept by the state, not by this.
 */
export async function whileLocked(redis: Redis, key: string, work: () => Promise<void>): Promise<boolean> {
  const holder = randomUUID();
  if ((await redis.set(key, holder, "PX", heldMs, "NX")) === null) return false;
  const prolonging = setInterval(() => {
    redis.eval(prolong, 1, key, holder, heldMs).catch(() => undefined);
  }, prolongMs);
  try {
    await work();
    return true;
  } finally {
    clearInterval(prolonging);
    await redis.eval(release, 1, key, holder).catch(() => undefined);
  }
}
