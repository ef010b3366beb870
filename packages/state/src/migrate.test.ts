import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { FailureError, failureOf, silentLogger } from "@cosell/connector";
import { sql } from "kysely";
import type { Backend } from "./backend.ts";
import { migrate } from "./migrate.ts";
import { type Migration, migrations, type Serial } from "./migrations.ts";
import { openState } from "./open-state.ts";
import { openSqlite } from "./sqlite/open-sqlite.ts";

const serial: Serial = { type: "integer", define: (column) => column.primaryKey().autoIncrement() };

const next: Migration = {
  name: "add-a-column",
  up: (schema) => schema.alterTable("links").addColumn("colour", "text").execute(),
};

let folder = "";
let backend: Backend;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "cosell-state-"));
  backend = await openSqlite({ path: join(folder, "state.db"), logger: silentLogger, lockTimeoutMs: 5000 });
});
afterEach(async () => {
  await backend.close();
  await rm(folder, { recursive: true });
});

const columns = async (): Promise<readonly unknown[]> =>
  (await sql`select name from pragma_table_info('links') where name = 'colour'`.execute(backend.queries)).rows;

describe("migrate", () => {
  it("takes the steps that are missing, once", async () => {
    expect(await migrate(backend, serial)).toEqual([]);
    expect(await migrate(backend, serial, [...migrations, next])).toEqual(["add-a-column"]);
    expect(await migrate(backend, serial, [...migrations, next])).toEqual([]);
    expect(await columns()).toHaveLength(1);
  });

  it("takes all steps or none: one that fails leaves the schema as it was", async () => {
    const broken: Migration = {
      name: "broken",
      up: () => Promise.reject(new FailureError({ kind: "bug", message: "Broken." })),
    };
    await expect(migrate(backend, serial, [...migrations, next, broken])).rejects.toThrow("Broken.");
    expect(await columns()).toHaveLength(0);
    expect(await migrate(backend, serial)).toEqual([]);
  });

  it("several that open a new state at once make it once", async () => {
    const url = `sqlite:${join(folder, "new.db")}`;
    const stores = await Promise.all(Array.from({ length: 5 }, () => openState({ url })));
    await Promise.all(stores.map((store, index) => store.bind(`key ${index}`, "value")));
    await Promise.all(stores.map((store) => store.close()));
  });

  it("refuses a schema that is newer than it knows", async () => {
    await migrate(backend, serial, [...migrations, next]);
    const error: unknown = await migrate(backend, serial).catch((reason: unknown) => reason);
    expect(failureOf(error)).toMatchObject({ kind: "config", code: "newer-state" });
  });
});
