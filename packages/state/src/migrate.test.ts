import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { FailureError, failureOf, silentLogger } from "@cosell/connector";
import { Kysely, PostgresDialect, sql } from "kysely";
import pg from "pg";
import type { Backend, Queries } from "./backend.ts";
import { migrate } from "./migrate.ts";
import { type Migration, migrations, type Serial } from "./migrations.ts";
import { openState } from "./open-state.ts";
import { openPostgres } from "./postgres/open-postgres.ts";
import { kyselyDatabase } from "./sqlite/kysely-database.ts";
import { openSqlite } from "./sqlite/open-sqlite.ts";
import { sqliteDialect } from "./sqlite/sqlite-dialect.ts";
import { claimOne, collect, markRecords, refsOf, sync } from "./testing/case.ts";
import { testDatabase } from "./testing/index.ts";

const next: Migration = {
  name: "add-a-column",
  up: (schema) => schema.alterTable("links").addColumn("colour", "text").execute(),
};
const harmless: Migration = { ...next, olderMayWork: true };

interface Place {
  readonly url: string;
  readonly serial: Serial;
  readonly open: () => Promise<Backend>;
  /** Queries on a place with no tables. */
  readonly bare: () => Promise<Queries>;
  readonly remove: () => Promise<void>;
}

const sqlitePlace = async (): Promise<Place> => {
  const folder = await mkdtemp(join(tmpdir(), "cosell-state-"));
  const path = join(folder, "state.db");
  return {
    url: `sqlite:${path}`,
    serial: { type: "integer", define: (column) => column.primaryKey().autoIncrement() },
    open: () => openSqlite({ path, logger: silentLogger, lockTimeoutMs: 5000 }),
    bare: async () => {
      const database = new DatabaseSync(path);
      database.exec("pragma application_id = 0x43534c4c");
      return new Kysely({ dialect: sqliteDialect(kyselyDatabase(database, path)) });
    },
    remove: () => rm(folder, { recursive: true }),
  };
};

const postgresPlace = async (): Promise<Place> => {
  const { url, drop } = await testDatabase();
  return {
    url,
    serial: { type: "bigserial", define: (column) => column.primaryKey() },
    open: () => openPostgres({ url, logger: silentLogger, lockTimeoutMs: 5000 }),
    bare: async () => {
      const schema = new URL(url).searchParams.get("schema") ?? "";
      const pool = new pg.Pool({ connectionString: url, options: `-c search_path=${schema}` });
      await pool.query(`create schema "${schema}"`);
      return new Kysely({ dialect: new PostgresDialect({ pool }) });
    },
    remove: drop,
  };
};

describe.each([
  ["SQLite", sqlitePlace],
  ["PostgreSQL", postgresPlace],
])("migrate, on %s", (_, makePlace) => {
  let place: Place;
  beforeEach(async () => {
    place = await makePlace();
  });
  afterEach(() => place.remove());

  /** Does something to an open state. */
  const within = async <Result>(work: (backend: Backend) => Promise<Result>): Promise<Result> => {
    const backend = await place.open();
    try {
      return await work(backend);
    } finally {
      await backend.close();
    }
  };

  const codeOf = async (work: Promise<unknown>): Promise<string | undefined> =>
    work.then(
      () => undefined,
      (error: unknown) => failureOf(error)?.code,
    );

  it("takes the steps that are missing, once", () =>
    within(async (backend) => {
      expect(await migrate(backend, place.serial)).toEqual([]);
      expect(await migrate(backend, place.serial, [...migrations, harmless])).toEqual(["add-a-column"]);
      expect(await migrate(backend, place.serial, [...migrations, harmless])).toEqual([]);
      await sql`select colour from links`.execute(backend.queries);
    }));

  it("takes all steps or none: one that fails leaves the schema as it was", () =>
    within(async (backend) => {
      const broken: Migration = {
        name: "broken",
        up: () => Promise.reject(new FailureError({ kind: "bug", message: "Broken." })),
      };
      await expect(migrate(backend, place.serial, [...migrations, next, broken])).rejects.toThrow("Broken.");
      await expect(sql`select colour from links`.execute(backend.queries)).rejects.toThrow();
      expect(await migrate(backend, place.serial)).toEqual([]);
    }));

  it("several that open a new state at once make it once", async () => {
    const stores = await Promise.all(Array.from({ length: 5 }, () => openState({ url: place.url })));
    await Promise.all(stores.map((store, index) => store.bind(`key ${index}`, "value")));
    await Promise.all(stores.map((store) => store.close()));
  });

  it("brings a state of the first schema forward: its marks can be claimed, in their order", async () => {
    const bare = await place.bare();
    await sql`create table schema_version (version integer primary key not null, name text not null)`.execute(bare);
    await migrations[0]?.up(bare.schema, place.serial, bare);
    await sql`insert into schema_version (version, name) values (1, 'first-tables')`.execute(bare);
    for (const [id, markedAt] of [
      ["A", 20],
      ["B", 10],
    ] as const) {
      await sql`insert into links (id, sync, crm_ref, status, created_at, updated_at) values (${id}, ${sync}, ${id}, 'new', 1, 1)`.execute(
        bare,
      );
      await sql`insert into marks (link_id, position, sync, marked_at, reasons, remark_reasons, generation) values (${id}, 1, ${sync}, ${markedAt}, '["changed"]', '[]', 0)`.execute(
        bare,
      );
    }
    await bare.destroy();

    const store = await openState({ url: place.url });
    await markRecords(store, ["C"]);
    expect(refsOf(await store.claim(sync, "a", { limit: 10, leaseMs: 1000 }))).toEqual(["B", "A", "C"]);
    expect((await store.claimOwners(sync))[0]?.linkIds).toHaveLength(3);
    await store.close();
  });

  it("a newer schema is refused, at the start and in a process that was running when it came", async () => {
    const running = await openState({ url: place.url });
    await markRecords(running, ["006A"]);
    await within((backend) => migrate(backend, place.serial, [...migrations, next]));
    expect(await codeOf(markRecords(running, ["006B"]))).toBe("newer-state");
    expect(await codeOf(running.checkWritable())).toBe("newer-state");
    expect(await codeOf(openState({ url: place.url }))).toBe("newer-state");
    expect((await collect(running.links())).map(({ crmRef }) => crmRef)).toEqual(["006A"]);
    await running.close();
  });

  it("a newer schema that only adds what older processes can leave alone is worked with", async () => {
    const running = await openState({ url: place.url });
    await within((backend) => migrate(backend, place.serial, [...migrations, harmless]));
    await running.checkWritable();
    await markRecords(running, ["006A"]);
    const opened = await openState({ url: place.url });
    expect((await claimOne(opened, "a")).link.crmRef).toBe("006A");
    await Promise.all([running.close(), opened.close()]);
  });
});
