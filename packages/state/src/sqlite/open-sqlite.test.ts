import { createHash } from "node:crypto";
import { chmod, mkdir, mkdtemp, open, readFile, rm, stat, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { type Failure, failureOf, type Logger, silentLogger } from "@cosell/connector";
import { sql } from "kysely";
import { createStore } from "../create-store.ts";
import { openState } from "../open-state.ts";
import { migrations } from "../migrations.ts";
import { collect, markRecords, sync } from "../testing/case.ts";
import { manualClock } from "../testing/manual-clock.ts";
import { openSqlite } from "./open-sqlite.ts";

let folder = "";
let file = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "cosell-state-"));
  file = join(folder, "state.db");
});
afterEach(() => rm(folder, { recursive: true }));

const failureFrom = async (work: Promise<unknown>): Promise<Failure | undefined> =>
  work.then(
    () => undefined,
    (error: unknown) => failureOf(error) ?? Promise.reject(error as Error),
  );

const refusal = (path = file): Promise<Failure | undefined> =>
  failureFrom(openState({ url: `sqlite:${path}`, lockTimeoutMs: 50 }));

const hash = async (path: string): Promise<string> =>
  createHash("sha256")
    .update(await readFile(path))
    .digest("hex");

const modeOf = async (path: string): Promise<string> => ((await stat(path)).mode & 0o777).toString(8);

const records = Array.from({ length: 3000 }, (_, index) => `006-${index}`);

/** A state file with some hundred pages. */
const makeState = async (): Promise<void> => {
  const store = await openState({ url: `sqlite:${file}` });
  await markRecords(store, records);
  await store.close();
};

describe("the state file", () => {
  it("is made with its folder, and only its owner can read it", async () => {
    const path = join(folder, "a", ".cosell", "state.db");
    const store = await openState({ url: `sqlite:${path}` });
    await markRecords(store, ["006A"]);
    expect(await Promise.all([path, `${path}-wal`, `${path}-shm`].map(modeOf))).toEqual(["600", "600", "600"]);
    expect(await modeOf(join(folder, "a", ".cosell"))).toBe("700");
    await store.close();
  });

  it("is closed to others when it was open to them, and that is told", async () => {
    await makeState();
    await chmod(file, 0o644);
    const warnings: string[] = [];
    const logger: Logger = { ...silentLogger, warn: (message) => warnings.push(message) };
    await (await openState({ url: `sqlite:${file}`, logger })).close();
    expect(await modeOf(file)).toBe("600");
    expect(warnings).toHaveLength(1);
  });

  it("survives a power cut: write-ahead log, every commit synchronised", async () => {
    const backend = await openSqlite({ path: file, logger: silentLogger, lockTimeoutMs: 50 });
    const pragma = async (name: string): Promise<unknown> =>
      Object.values((await sql.raw<object>(`pragma ${name}`).execute(backend.queries)).rows[0] ?? {})[0];
    expect([await pragma("journal_mode"), await pragma("synchronous"), await pragma("foreign_keys")]).toEqual([
      "wal",
      2,
      1,
    ]);
    await backend.close();
  });

  it("takes ten thousand marks at once in well under a second", async () => {
    const store = await openState({ url: `sqlite:${file}` });
    const refs = Array.from({ length: 10_000 }, (_, index) => `006-${index}`);
    const before = performance.now();
    expect(await markRecords(store, refs)).toBe(10_000);
    expect(performance.now() - before).toBeLessThan(1000);
    await store.close();
  });
});

describe("a file that is not fit", () => {
  it.each([
    ["a text", "These are my notes.\n".repeat(100)],
    ["a short text", "x"],
    ["zeros", "\0".repeat(8192)],
  ])("%s is no state file, and stays as it is", async (_, content) => {
    await writeFile(file, content);
    const failure = await refusal();
    expect(failure).toMatchObject({ kind: "config", code: "SQLITE_NOTADB" });
    expect(failure?.message).toContain(file);
    expect(await readFile(file, "utf8")).toBe(content);
  });

  it("another program's database is no state file, and stays as it is", async () => {
    const other = new DatabaseSync(file);
    other.exec("create table links (id text)");
    other.close();
    await chmod(file, 0o644);
    const before = await hash(file);
    expect(await refusal()).toMatchObject({ kind: "config", code: "SQLITE_NOTADB" });
    expect([await hash(file), await modeOf(file)]).toEqual([before, "644"]);
  });

  it("a damaged file is told with what to do, and stays as it is", async () => {
    await makeState();
    const handle = await open(file, "r+");
    await handle.write(Buffer.alloc(20_000, 0xa5), 0, 20_000, 40_960);
    await handle.close();
    const before = await hash(file);
    const failure = await refusal();
    expect(failure).toMatchObject({ kind: "config", code: "SQLITE_CORRUPT" });
    expect(failure?.message).toContain(file);
    expect(failure?.message).toContain("cosell sync");
    expect(await hash(file)).toBe(before);
  });

  it("a file that was cut off is damaged", async () => {
    await makeState();
    await truncate(file, 100_000);
    expect(await refusal()).toMatchObject({ kind: "config", code: "SQLITE_CORRUPT" });
  });

  it("damage that shows only later is told the same way", async () => {
    await makeState();
    const backend = await openSqlite({ path: file, logger: silentLogger, lockTimeoutMs: 50 });
    const store = createStore(backend, { clock: manualClock(), logger: silentLogger });
    await sql`pragma shrink_memory`.execute(backend.queries);
    const { size } = await stat(file);
    const handle = await open(file, "r+");
    await handle.write(Buffer.alloc(size - 8192, 0xa5), 0, size - 8192, 8192);
    await handle.close();
    expect(await failureFrom(collect(store.links()))).toMatchObject({ kind: "config", code: "SQLITE_CORRUPT" });
    await store.close();
  });

  it("a file of a newer version says both versions", async () => {
    await makeState();
    const newer = new DatabaseSync(file);
    newer.exec("insert into schema_version (version, name, needs) values (99, 'from-the-future', 99)");
    newer.close();
    const failure = await refusal();
    expect(failure).toMatchObject({ kind: "config", code: "newer-state" });
    expect(failure?.message).toContain(`schema 99; this version knows up to ${migrations.length}`);
  });

  it("a place that cannot be written is told with its path", async () => {
    await writeFile(file, "");
    await mkdir(join(folder, "directory"));
    expect(await refusal(join(file, "state.db"))).toMatchObject({ kind: "config", code: "EEXIST" });
    expect(await refusal(join(file, "more", "state.db"))).toMatchObject({ kind: "config", code: "ENOTDIR" });
    expect(await refusal(join(folder, "directory"))).toMatchObject({ kind: "config", code: "SQLITE_NOTADB" });
    const failure = await refusal("/sys/cosell/state.db");
    expect(failure?.kind).toBe("config");
    expect(failure?.message).toContain("/sys/cosell/state.db");
  });
});

describe("a file that another process has locked", () => {
  it("is waited for", async () => {
    const store = await openState({ url: `sqlite:${file}` });
    const other = new DatabaseSync(file);
    other.exec("begin immediate");
    const marking = markRecords(store, ["006A"]);
    await setTimeout(100);
    expect(await store.linkByCrmRef(sync, "006A")).toBeUndefined();
    other.exec("commit");
    expect(await marking).toBe(1);
    other.close();
    await store.close();
  });

  it("is given up after the time, with nothing stored, and works again when the lock is gone", async () => {
    const store = await openState({ url: `sqlite:${file}`, lockTimeoutMs: 50 });
    const other = new DatabaseSync(file);
    other.exec("begin immediate");
    const failure = await failureFrom(markRecords(store, ["006A"]));
    expect(failure).toMatchObject({ kind: "transient", code: "SQLITE_BUSY" });
    expect(failure?.message).toContain(file);
    expect(await refusal()).toMatchObject({ kind: "transient", code: "SQLITE_BUSY" });
    other.exec("rollback");
    other.close();
    expect(await markRecords(store, ["006A"])).toBe(1);
    await store.close();
  });
});

describe("a write that fails", () => {
  it("for want of room stores nothing of the step, says so, and works again when there is room", async () => {
    const backend = await openSqlite({ path: file, logger: silentLogger, lockTimeoutMs: 50 });
    const store = createStore(backend, { clock: manualClock(), logger: silentLogger });
    await markRecords(store, ["006A"]);
    const marks = records.map((ref) => ({ side: "crm" as const, ref, reason: "changed" }));
    await sql`pragma max_page_count = 60`.execute(backend.queries);
    const failure = await failureFrom(store.intake(sync, "crm", marks, "c1"));
    expect(failure).toMatchObject({ kind: "transient", code: "SQLITE_FULL" });
    expect(failure?.message).toContain(file);
    expect([(await store.counts()).links.new, await store.cursor(sync, "crm")]).toEqual([1, undefined]);
    await sql`pragma max_page_count = 100000`.execute(backend.queries);
    expect(await store.intake(sync, "crm", marks, "c1")).toBe(3000);
    await store.close();
  });

  it("and ends the transaction by itself is told by its own error, not by that of the rollback", async () => {
    const backend = await openSqlite({ path: file, logger: silentLogger, lockTimeoutMs: 50 });
    const insert = sql`insert or rollback into bindings (key, value) values ('a', 'b')`;
    const twice = backend.write(async (transaction) => {
      await insert.execute(transaction);
      await insert.execute(transaction);
    });
    expect(await failureFrom(twice)).toMatchObject({ kind: "bug", code: "SQLITE_1555" });
    expect(await backend.queries.selectFrom("bindings").selectAll().execute()).toHaveLength(0);
    await backend.close();
  });
});
