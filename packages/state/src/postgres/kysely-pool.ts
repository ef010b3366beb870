import type { FailureError } from "@cosell/connector";
import type { PostgresPool, PostgresPoolClient, PostgresQueryResult } from "kysely";
import type { Pool, PoolClient, QueryResult } from "pg";
import { explainPostgres, isConnectionLost } from "./postgres-failures.ts";
import { encodeText } from "./text-encoding.ts";

/** How a transaction that writes begins. */
export interface Beginning {
  /** Statements to send in place of `begin`, in one journey. */
  readonly sql: string;
  /** Looks at their results; what it throws ends the transaction. Returns the transaction's id, if it was asked for. */
  readonly begun: (results: readonly QueryResult[]) => string | undefined;
}

/** A commit was sent and the connection lost before its answer: it may have been done. */
export class CommitUnanswered extends Error {
  readonly transactionId: string;
  readonly failure: FailureError;

  constructor(transactionId: string, failure: FailureError) {
    super(failure.message);
    this.transactionId = transactionId;
    this.failure = failure;
  }
}

/** Joins a pool of `pg` to Kysely's PostgreSQL dialect. Every error is explained as a failure of `location`. */
export const kyselyPool = (pool: Pool, location: string, beginning: Beginning): PostgresPool => ({
  options: pool.options,
  connect: async () => {
    try {
      return kyselyClient(await pool.connect(), location, beginning);
    } catch (error) {
      throw explainPostgres(error, location);
    }
  },
  end: () => pool.end(),
});

const kyselyClient = (client: PoolClient, location: string, { sql: begin, begun }: Beginning): PostgresPoolClient => {
  let lost = false;
  let transactionId: string | undefined;

  const run = async (sql: string, parameters: readonly unknown[]): Promise<QueryResult | readonly QueryResult[]> => {
    // The first error is the one to tell, not that of ending what is gone.
    if (sql === "rollback" && lost) return [];
    if (sql === "begin") {
      const results = (await client.query(begin)) as unknown as readonly QueryResult[];
      transactionId = begun(results);
      return results;
    }
    return client.query(
      sql,
      parameters.map((value) => (typeof value === "string" ? encodeText(value) : value)),
    );
  };

  const query = async (sql: string, parameters: readonly unknown[]): Promise<unknown> => {
    try {
      const result = await run(sql, parameters);
      return Array.isArray(result) ? { command: sql.toUpperCase(), rowCount: 0, rows: [] } : result;
    } catch (error) {
      const failure = explainPostgres(error, location);
      // What is begun and then refused has no one to end it.
      lost ||= sql === "begin" || isConnectionLost(failure);
      if (sql === "commit" && lost && transactionId !== undefined) throw new CommitUnanswered(transactionId, failure);
      throw failure;
    }
  };

  return {
    query: query as <Row>(sql: string, parameters: readonly unknown[]) => Promise<PostgresQueryResult<Row>>,
    release: (destroy = false) => client.release(destroy || lost),
  } as PostgresPoolClient;
};
