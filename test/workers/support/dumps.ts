import type { Redis } from "ioredis";
import pg from "pg";

/** Everything that Redis holds under a prefix, by key: as texts, since Redis's own dump of a value is compressed. */
export async function dumpRedis(redis: Redis, prefix: string): Promise<ReadonlyMap<string, string>> {
  const held = new Map<string, string>();
  for (const key of await redis.keys(`${prefix}*`)) held.set(key, JSON.stringify(await valueOf(redis, key)));
  return held;
}

async function valueOf(redis: Redis, key: string): Promise<unknown> {
  const type = await redis.type(key);
  switch (type) {
    case "string":
      return redis.get(key);
    case "hash":
      return redis.hgetall(key);
    case "list":
      return redis.lrange(key, 0, -1);
    case "set":
      return redis.smembers(key);
    case "zset":
      return redis.zrange(key, "0", "-1");
    case "stream":
      return redis.xrange(key, "-", "+");
    case "none": // It has ended meanwhile.
      return null;
    default:
      throw new Error(`${key} is a ${type}, which nobody looks into`);
  }
}

/** Everything that the state in a PostgreSQL holds, by column: `links.title`. */
export async function dumpState(stateUrl: string): Promise<ReadonlyMap<string, string>> {
  const url = new URL(stateUrl);
  const schema = url.searchParams.get("schema") ?? "";
  url.search = "";
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  try {
    const { rows: columns } = await client.query<{ table: string; name: string }>(
      'select table_name as "table", column_name as name from information_schema.columns where table_schema = $1',
      [schema],
    );
    const held = new Map<string, string>();
    for (const { table, name } of columns) {
      const { rows } = await client.query(`select "${name}"::text as value from "${schema}"."${table}"`);
      held.set(`${table}.${name}`, rows.map(({ value }: { value: unknown }) => String(value)).join("\n"));
    }
    return held;
  } finally {
    await client.end();
  }
}

/** Where any of the values stands. */
export function holding(dump: ReadonlyMap<string, string>, values: readonly string[]): readonly string[] {
  return [...dump]
    .filter(([, text]) => values.some((value) => text.includes(value)))
    .map(([place]) => place)
    .toSorted();
}
