import { type Clock, type Connection, FailureError, type WriteOperation, type WriteResult } from "@cosell/connector";
import { failureFrom } from "./failures.ts";

/** Longest wait of a write while others still come. Milliseconds. */
const longestWaitMs = 5000;

/** How much is done at once. */
export interface GatherOptions {
  /** Most works that are busy at the same time. One that waits for its write is not busy. */
  readonly concurrency: number;
  /** Most operations in one write. */
  readonly writeBatch: number;
  readonly clock: Clock;
}

/** Works whose writes to the CRM go together. */
export interface Gathering {
  /** The connection for the works: its `write` waits for the others'. */
  readonly connection: Connection;
  /**
   * Does every work. Once one has thrown no more are begun; those that are under way are waited for, since what they do
   * must not go on behind the caller's back. Then throws what the first one threw.
   */
  doAll(works: readonly (() => Promise<void>)[]): Promise<void>;
}

interface Waiting {
  readonly operations: readonly WriteOperation[];
  readonly since: number;
  readonly answer: (results: readonly WriteResult[]) => void;
  readonly refuse: (error: unknown) => void;
}

/**
 * Lets the works of many deals share the CRM's batch writes. A work that writes makes room for the next one and waits;
 * the gathered writes go out when a batch is full, when one has waited long, or when nothing else is left to do.
 */
export function gatherWrites(connection: Connection, { concurrency, writeBatch, clock }: GatherOptions): Gathering {
  /** Works that have their answer, and works that have not begun. */
  const resumed: (() => void)[] = [];
  const fresh: (() => void)[] = [];
  const waiting: Waiting[] = [];
  let busy = 0;
  let writing = 0;

  const gathered = (): number => waiting.reduce((sum, { operations }) => sum + operations.length, 0);
  const flushIfDue = (): void => {
    const late = waiting.some(({ since }) => clock.now() - since >= longestWaitMs);
    const idle = busy === 0 && writing === 0 && resumed.length + fresh.length === 0;
    if (waiting.length > 0 && (late || idle || gathered() >= writeBatch)) void flush();
  };
  const proceed = (): void => {
    flushIfDue();
    while (busy < concurrency) {
      const next = resumed.shift() ?? fresh.shift();
      if (next === undefined) break;
      busy += 1;
      next();
    }
    flushIfDue();
  };
  const rest = (): void => {
    busy -= 1;
    proceed();
  };
  /** Goes on as soon as there is room; who has begun goes before who has not. */
  const room = (): Promise<void> => new Promise((resolve) => resumed.push(resolve));

  async function flush(): Promise<void> {
    let size = 0;
    const over = waiting.findIndex(({ operations }) => (size += operations.length) > writeBatch);
    const batch = waiting.splice(0, over === -1 ? waiting.length : Math.max(1, over));
    writing += 1;
    try {
      const results = await connection.write(batch.flatMap(({ operations }) => operations));
      let next = 0;
      for (const { operations, answer } of batch) answer(results.slice(next, (next += operations.length)));
    } catch (error) {
      for (const { refuse } of batch) refuse(error);
    } finally {
      writing -= 1;
      proceed();
    }
  }

  async function write(operations: readonly WriteOperation[]): Promise<readonly WriteResult[]> {
    const results = new Promise<readonly WriteResult[]>((answer, refuse) => {
      waiting.push({ operations, since: clock.now(), answer, refuse });
    });
    rest();
    try {
      return await results;
    } finally {
      const free = room();
      proceed();
      await free;
    }
  }

  return {
    connection: withWrite(connection, write),
    doAll: (works) =>
      new Promise((resolve, reject) => {
        let left = works.length;
        let stopped: Error | undefined;
        if (left === 0) resolve();
        const end = (): void => {
          left -= 1;
          if (left > 0) return;
          if (stopped === undefined) resolve();
          else reject(stopped);
        };
        const stop = (error: unknown): void => {
          stopped ??= error instanceof Error ? error : new Error(String(error));
          left -= fresh.length;
          fresh.length = 0;
          const { kind, message } = failureFrom(error);
          const refusal = new FailureError({
            kind: "aborted",
            message: `Not written, since the run stopped (${kind}): ${message}`,
          });
          for (const { refuse } of waiting.splice(0)) refuse(refusal);
        };
        for (const work of works) {
          fresh.push(() => {
            void work().catch(stop).then(end).finally(rest);
          });
        }
        proceed();
      }),
  };
}

/** The same connection with another `write`. A connection may be of a class: its methods stay bound to it. */
function withWrite(connection: Connection, write: Connection["write"]): Connection {
  return {
    check: () => connection.check(),
    describe: (object) => connection.describe(object),
    changes: (request) => connection.changes(request),
    read: (request) => connection.read(request),
    find: (request) => connection.find(request),
    write,
    quota: () => connection.quota(),
    canonicalRef: (ref) => connection.canonicalRef(ref),
    ...(connection.recordUrl === undefined
      ? {}
      : { recordUrl: (object: string, ref: string) => connection.recordUrl?.(object, ref) ?? "" }),
    close: () => connection.close(),
  };
}
