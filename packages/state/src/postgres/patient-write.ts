import { setTimeout } from "node:timers/promises";
import { FailureError, failureOf } from "@cosell/connector";
import { sql } from "kysely";
import type { Backend, Queries } from "../backend.ts";
import { CommitUnanswered } from "./kysely-pool.ts";
import { explainPostgres, isWorthRepeating } from "./postgres-failures.ts";

const attempts = 8;

/** Runs work in a transaction, again when another one was in its way. `patienceMs`: how long to look for a lost answer. */
export const patientWrite = (queries: Queries, location: string, patienceMs: number): Backend["write"] => {
  return async (work) => {
    for (let attempt = 1; ; attempt += 1) {
      const done: Awaited<ReturnType<typeof work>>[] = [];
      try {
        return await queries.transaction().execute(async (transaction) => {
          const result = await work(transaction);
          done.push(result);
          return result;
        });
      } catch (error) {
        const [result] = done;
        if (error instanceof CommitUnanswered && done.length > 0) {
          if (await wasCommitted(queries, error, location, patienceMs))
            return result as Awaited<ReturnType<typeof work>>;
          throw error.failure;
        }
        const failure = explainPostgres(error, location);
        if (!isWorthRepeating(failureOf(failure)?.code) || attempt === attempts) throw failure;
        await setTimeout(Math.random() * 10 * attempt);
      }
    }
  };
};

/** Asks the server what became of a commit whose answer was lost, until it can tell. */
const wasCommitted = async (
  queries: Queries,
  { transactionId, failure }: CommitUnanswered,
  location: string,
  patienceMs: number,
): Promise<boolean> => {
  const until = performance.now() + patienceMs;
  for (;;) {
    const status = await sql<{
      readonly status: string | null;
    }>`select pg_xact_status(${transactionId}::text::xid8) as status`
      .execute(queries)
      .then(
        ({ rows }) => rows[0]?.status,
        () => undefined,
      );
    if (status === "committed") return true;
    if (status === "aborted") return false;
    if (performance.now() >= until)
      throw new FailureError(
        {
          kind: "transient",
          code: "commit-unanswered",
          message: `${location}: the connection was lost while a step was being stored, and the server does not say what became of it. It may have been stored. See that the server runs, then run again: repeating it does no harm.`,
        },
        { cause: failure },
      );
    await setTimeout(100);
  }
};
