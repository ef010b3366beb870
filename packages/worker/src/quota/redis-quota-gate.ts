import { randomUUID } from "node:crypto";
import type { Logger } from "@cosell/connector";
import type { CallOptions, QuotaGate, QuotaPermit } from "@cosell/partner-central";
import { type QuotaClass, type QuotaLimit, quotaLimits, quotaOf } from "@cosell/partner-central/model";
import type { Redis } from "ioredis";
import { aborted, createQuotaLane, type QuotaLane } from "./quota-lane.ts";

/** How a gate that many processes share is made. */
export interface RedisQuotaGateOptions {
  /** A connection of its own or a shared one; whoever made it closes it. */
  readonly redis: Redis;
  /** Begins every key. */
  readonly prefix: string;
  /** The partner account and catalog whose budget it is: `111122223333/AWS`. */
  readonly account: string;
  /** Limits that AWS granted instead of its defaults. */
  readonly limits?: Partial<Readonly<Record<QuotaClass, QuotaLimit>>>;
  /**
   * How long after its permit AWS may come to count a call, milliseconds: only used while its end is not known, and so
   * the price of a process that dies in a call. @defaultValue 3000
   */
  readonly transitMs?: number;
  /** How long Redis may be away before a waiting call is given back as `transient`. Milliseconds. @defaultValue 15000 */
  readonly patienceMs?: number;
  readonly logger: Logger;
}

/**
 * The gate of many processes on many machines: one budget per partner account, kept in Redis by Redis's clock. In no
 * window do more calls reach AWS than allowed, whichever process sends them, also when one dies between its permit and
 * its call. The day's count survives restarts of all workers (not of a Redis that keeps nothing on disk). When AWS
 * throttles all the same, all processes slow down together and feel their way back.
 */
export function createRedisQuotaGate(options: RedisQuotaGateOptions): QuotaGate & { close(): Promise<void> } {
  const process = randomUUID().slice(0, 13);
  const lanes = new Map<string, QuotaLane>();
  const laneOf = (operation: string): QuotaLane => {
    const quota = quotaOf(operation);
    const name = quota.class === "other" ? operation : quota.class;
    const known = lanes.get(name);
    if (known !== undefined) return known;
    const limit = options.limits?.[quota.class] ?? (quota.class === "other" ? quota : quotaLimits[quota.class]);
    const lane = createQuotaLane({ ...options, process, name, limit });
    lanes.set(name, lane);
    return lane;
  };
  return {
    acquire: (operation: string, call: CallOptions = {}): Promise<QuotaPermit> => {
      if (call.signal?.aborted === true) return Promise.reject(aborted());
      return laneOf(operation).enter(call);
    },
    close: async () => {
      await Promise.all([...lanes.values()].map((lane) => lane.close()));
    },
  };
}
