import { FailureError, type Logger, type Secret } from "@cosell/connector";
import { Redis, type RedisOptions } from "ioredis";

/** A connection to Redis, and what it takes to make more of the same kind. */
export interface RedisConnection {
  readonly redis: Redis;
  /** For clients that connect by themselves, such as BullMQ's workers, whose commands wait for as long as it takes. */
  readonly options: RedisOptions;
  /** Ends it, also while Redis is away. */
  close(): void;
}

const longestRetryMs = 2_000;
/** Longer than BullMQ ever waits for a job in one command (10 s): a connection that is silent for so long is dead. */
const silentMs = 15_000;

/**
 * Connects to `redis://…` or `rediss://…`, and again whenever the connection breaks. Throws `config` for an address that
 * is none. The address holds a password: it is never told.
 */
export function connectRedis(url: Secret, logger: Logger): RedisConnection {
  const parsed = parse(url);
  let closed = false;
  let away = false;
  const base = {
    ...parsed,
    disconnectTimeout: 200,
    socketTimeout: silentMs,
    // A primary that was made a replica keeps its connections; the address leads to the new primary.
    reconnectOnError: ({ message }: Error) => (message.startsWith("READONLY") ? 2 : false),
    // ioredis goes on connecting after `disconnect()` unless its strategy says no.
    retryStrategy: (attempt: number) => (closed ? null : Math.min(100 * attempt, longestRetryMs)),
  };
  const options: RedisOptions = { ...base, maxRetriesPerRequest: null };
  const redis = new Redis({ ...base, maxRetriesPerRequest: 3 });
  redis.on("error", (error) => {
    if (!away) logger.error("Redis does not answer; trying again until it does", { error: error.name });
    away = true;
  });
  redis.on("ready", () => {
    if (away) logger.info("Redis answers again", {});
    away = false;
  });
  return {
    redis,
    options,
    close() {
      closed = true;
      redis.disconnect();
    },
  };
}

interface Address {
  readonly host: string;
  readonly port: number;
  readonly username?: string;
  readonly password?: string;
  readonly db?: number;
  readonly tls?: object;
}

function parse(url: Secret): Address {
  const text = url.reveal();
  const address = URL.canParse(text) ? new URL(text) : undefined;
  if (address === undefined || !/^rediss?:$/.test(address.protocol) || address.hostname === "") {
    throw new FailureError({
      kind: "config",
      code: "queue-url",
      message: "queue.url is no address of a Redis server. Write redis://host:6379, or rediss:// for TLS.",
    });
  }
  const database = Number(address.pathname.slice(1) || "0");
  return {
    host: address.hostname.replaceAll(/[[\]]/g, ""),
    port: Number(address.port || "6379"),
    ...(address.username !== "" && { username: decodeURIComponent(address.username) }),
    ...(address.password !== "" && { password: decodeURIComponent(address.password) }),
    ...(Number.isInteger(database) && { db: database }),
    ...(address.protocol === "rediss:" && { tls: {} }),
  };
}
