import { describe, expect, it } from "@jest/globals";
import { type Clock, type Connection, FailureError, type WriteOperation, type WriteResult } from "@cosell/connector";
import { gatherWrites } from "./gather-writes.ts";

const clockAt = (now: () => number): Clock => ({ now, sleep: () => Promise.resolve() });
const still = clockAt(() => 0);
const update = (ref: string): WriteOperation => ({ kind: "update", object: "Deal", ref, fields: {} });
const refOf = (operation: WriteOperation): string => (operation.kind === "update" ? operation.ref : "");

/** A CRM that only takes writes, and remembers how they came. `ref: "bad"` is refused, `"down"` breaks the call. */
function recording(): { readonly connection: Connection; readonly calls: string[][] } {
  const calls: string[][] = [];
  const write = async (operations: readonly WriteOperation[]): Promise<readonly WriteResult[]> => {
    calls.push(operations.map(refOf));
    await Promise.resolve();
    if (operations.some((operation) => refOf(operation) === "down")) {
      throw new FailureError({ kind: "transient", message: "The CRM is down." });
    }
    return operations.map((operation) =>
      refOf(operation) === "bad"
        ? { ok: false, failure: { kind: "missing", message: "Gone." } }
        : { ok: true, ref: refOf(operation) },
    );
  };
  return { connection: { write } as Connection, calls };
}

describe("gatherWrites", () => {
  it("sends what waits together, and gives each work its own result", async () => {
    const { connection, calls } = recording();
    const gathering = gatherWrites(connection, { concurrency: 1, writeBatch: 10, clock: still });
    const results: unknown[] = [];
    await gathering.doAll(
      ["a", "bad", "c"].map(
        (ref) => async () => void results.push(...(await gathering.connection.write([update(ref)]))),
      ),
    );
    expect(calls).toEqual([["a", "bad", "c"]]);
    expect(results).toMatchObject([
      { ok: true, ref: "a" },
      { ok: false, failure: { kind: "missing" } },
      { ok: true, ref: "c" },
    ]);
  });

  it("fills batches, and sends the rest when nothing else is left to do", async () => {
    const { connection, calls } = recording();
    const gathering = gatherWrites(connection, { concurrency: 4, writeBatch: 2, clock: still });
    const works = ["a", "b", "c", "d", "e"].map(
      (ref) => () => gathering.connection.write([update(ref)]).then(() => undefined),
    );
    await gathering.doAll([...works, () => Promise.resolve()]);
    expect(calls.map(({ length }) => length)).toEqual([2, 2, 1]);
  });

  it("lets no more works be busy at once than it is told, though any number may wait", async () => {
    const { connection, calls } = recording();
    const gathering = gatherWrites(connection, { concurrency: 2, writeBatch: 100, clock: still });
    let busy = 0;
    let most = 0;
    const work = (ref: string) => async () => {
      most = Math.max(most, (busy += 1));
      await Promise.resolve();
      busy -= 1;
      await gathering.connection.write([update(ref)]);
      most = Math.max(most, (busy += 1));
      await Promise.resolve();
      busy -= 1;
    };
    await gathering.doAll(Array.from({ length: 9 }, (_, index) => work(String(index))));
    expect({ most, calls: calls.length }).toEqual({ most: 2, calls: 1 });
  });

  it("does not let a write wait long while others come slowly", async () => {
    const { connection, calls } = recording();
    let now = 0;
    const gathering = gatherWrites(connection, { concurrency: 1, writeBatch: 100, clock: clockAt(() => now) });
    const works = ["a", "b", "c"].map((ref) => async () => {
      now += 6000;
      await gathering.connection.write([update(ref)]);
    });
    await gathering.doAll(works);
    expect(calls[0]).toEqual(["a", "b"]);
  });

  it("gives a failed call to every work that it was for, and goes on when they do", async () => {
    const { connection, calls } = recording();
    const gathering = gatherWrites(connection, { concurrency: 1, writeBatch: 10, clock: still });
    const failed: unknown[] = [];
    const work = (ref: string) => () =>
      gathering.connection.write([update(ref)]).then(
        () => undefined,
        (error: unknown) => void failed.push(error),
      );
    await gathering.doAll([work("a"), work("down")]);
    expect(failed).toHaveLength(2);
    expect(calls).toHaveLength(1);
  });

  it("begins nothing more once a work has thrown, and leaves nobody waiting", async () => {
    const { connection, calls } = recording();
    const gathering = gatherWrites(connection, { concurrency: 1, writeBatch: 10, clock: still });
    const done: string[] = [];
    const waiting = gathering.connection;
    await expect(
      gathering.doAll([
        () =>
          waiting.write([update("a")]).then(
            () => undefined,
            () => void done.push("a was told"),
          ),
        () => Promise.reject(new FailureError({ kind: "auth", message: "No entry." })),
        async () => {
          await Promise.resolve(done.push("never"));
        },
      ]),
    ).rejects.toThrow("No entry.");
    await new Promise((resolve) => setImmediate(resolve));
    expect(done).toEqual(["a was told"]);
    expect(calls).toEqual([]);
  });

  it("waits for the works under way once one has thrown: nothing goes on behind the caller's back", async () => {
    const { connection, calls } = recording();
    const gathering = gatherWrites(connection, { concurrency: 2, writeBatch: 10, clock: still });
    const done: string[] = [];
    const gate = Promise.withResolvers<undefined>();
    const ended = gathering
      .doAll([
        async () => {
          await gate.promise;
          await gathering.connection.write([update("a")]);
          done.push("a");
        },
        () => Promise.reject(new FailureError({ kind: "auth", message: "No entry." })),
        async () => {
          await Promise.resolve(done.push("never"));
        },
      ])
      .catch((error: unknown) => void done.push(String(error)));
    await new Promise((resolve) => setImmediate(resolve));
    expect(done).toEqual([]);

    gate.resolve(undefined);
    await ended;
    expect(done).toEqual(["a", "FailureError: No entry."]);
    expect(calls).toEqual([["a"]]);
  });
});
