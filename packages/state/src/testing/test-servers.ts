import { randomBytes } from "node:crypto";
import { FailureError } from "@cosell/connector";

/** Where tests find their servers when nothing says otherwise: the standard ports of this machine. */
const usual = {
  COSELL_TEST_POSTGRES_URL: "postgres://postgres@127.0.0.1:5432/test",
  COSELL_TEST_REDIS_URL: "redis://127.0.0.1:6379",
} as const;

const urlIn = (variable: keyof typeof usual): string => process.env[variable] ?? usual[variable];

/** An empty state in the test server's database. */
export interface TestDatabase {
  /** For `openState`: a schema of its own, which the store makes. */
  readonly url: string;
  /** Makes all leases older: the server's time cannot be moved. Milliseconds. */
  readonly elapse: (milliseconds: number) => Promise<void>;
  /** Removes the schema with everything in it. */
  readonly drop: () => Promise<void>;
}

/**
 * A schema of its own in the database of `COSELL_TEST_POSTGRES_URL`, which `npm test` sets. Without it the server on the
 * standard port is taken; throws `config` when there is none.
 */
export const testDatabase = async (): Promise<TestDatabase> => {
  const server = new URL(urlIn("COSELL_TEST_POSTGRES_URL"));
  const schema = `test_${process.pid}_${randomBytes(6).toString("hex")}`;
  const { default: pg } = await import("pg");
  const run = async (sql: string): Promise<void> => {
    const client = new pg.Client({ connectionString: server.href, connectionTimeoutMillis: 10_000 });
    try {
      await client.connect();
      await client.query(sql);
    } catch (error) {
      throw new FailureError(
        {
          kind: "config",
          code: "no-test-server",
          message: `These tests need PostgreSQL, and the one at ${server.host} does not answer. Run them with \`npm test\`, which finds or starts one, or set COSELL_TEST_POSTGRES_URL.`,
        },
        { cause: error },
      );
    } finally {
      await client.end();
    }
  };
  await run("select 1");
  const url = new URL(server);
  url.searchParams.set("schema", schema);
  return {
    url: url.href,
    elapse: (milliseconds) => run(`update "${schema}".marks set claimed_until = claimed_until - ${milliseconds}`),
    drop: () => run(`drop schema if exists "${schema}" cascade`),
  };
};

/** The Redis for tests, and a prefix for keys that no other test has; whoever makes keys removes them. */
export const testRedis = (): { readonly url: string; readonly prefix: string } => ({
  url: urlIn("COSELL_TEST_REDIS_URL"),
  prefix: `test-${process.pid}-${randomBytes(6).toString("hex")}`,
});
