import type { Kysely, RawBuilder, Transaction } from "kysely";
import type { Tables } from "./tables.ts";

/** A transaction, or the database outside of one: where a query can run. */
export type Queries = Kysely<Tables>;

/** What a driver gives to the store. Its errors are `FailureError`s already. */
export interface Backend {
  /** For reading. A read sees what was committed, never half of a write. */
  readonly queries: Queries;
  /** Where the state lies, as a person would say it; never a password. */
  readonly location: string;
  /**
   * Runs `work` in one transaction that holds the right to write from its beginning, and resolves when it is on the disk.
   * `work` can run more than once (a lock, a lost serialization): it touches nothing but the transaction.
   */
  readonly write: <Result>(work: (transaction: Transaction<Tables>) => Promise<Result>) => Promise<Result>;
  /**
   * The time by which leases run, milliseconds: one clock for all who share the state. `now` is this process's, which
   * counts only where all of them are on one machine.
   */
  readonly leaseTime: (now: number) => RawBuilder<number>;
  /** The state as of one moment, to be read at leisure while others write, until `end`. */
  readonly snapshot: () => Promise<{ readonly queries: Queries; readonly end: () => Promise<void> }>;
  /** After rows came in with their numbers: the next row's number in `column` is above them all. */
  readonly countOn: (transaction: Queries, table: string, column: string) => Promise<void>;
  readonly close: () => Promise<void>;
}
