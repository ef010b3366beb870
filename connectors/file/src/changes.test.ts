import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import type { ChangesPage } from "@cosell/connector";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { makeFolder, type TestFolder } from "./__fixtures__/folder.ts";

let test: TestFolder;
beforeEach(async () => void (test = await makeFolder()));
afterEach(() => test.close());

const objects = { Deal: { file: "deals.csv", key: "Id" } };
const told = (page: ChangesPage): readonly string[] =>
  page.cursorLost ? ["lost"] : page.changes.map(({ kind, ref }) => `${kind} ${ref}`);
const cursorOf = (page: ChangesPage): string => (page.cursorLost ? "" : page.cursor);

describe("changes", () => {
  it("tells a row that differs, a new one and one that is gone, and nothing of order, quotes and empty columns", async () => {
    const connection = await test.connect(objects);
    await test.save("deals.csv", "Id,Name\n1,Octank\n2,x\n3,y\n");
    const first = await connection.changes({ object: "Deal" });
    await test.save("deals.csv", 'Note,Id,Name\r\n,3,"y"\r\n,4,z\r\n,1,Octank Ltd\r\n');
    const second = await connection.changes({ object: "Deal", cursor: cursorOf(first) });
    expect(told(second)).toEqual(["upsert 4", "upsert 1", "delete 2"]);
    expect(told(await connection.changes({ object: "Deal", cursor: cursorOf(second) }))).toEqual([]);
  });

  it("tells the same to a second process, and after a restart", async () => {
    await test.save("deals.csv", "Id,Name\n1,Octank\n2,x\n");
    const one = await test.connect(objects);
    const first = await one.changes({ object: "Deal" });
    await test.save("deals.csv", "Id,Name\n1,Octank\n");
    await one.changes({ object: "Deal", cursor: cursorOf(first) });
    const other = await test.connect(objects);
    expect(told(await other.changes({ object: "Deal", cursor: cursorOf(first) }))).toEqual(["delete 2"]);
  });

  it("tells its own write with the version that the write gave", async () => {
    await test.save("deals.csv", "Id,Name\n1,Octank\n");
    const connection = await test.connect(objects);
    const first = await connection.changes({ object: "Deal" });
    const [written] = await connection.write([{ kind: "update", object: "Deal", ref: "1", fields: { Name: "y" } }]);
    const page = await connection.changes({ object: "Deal", cursor: cursorOf(first) });
    expect(page).toMatchObject({ changes: [{ kind: "upsert", ref: "1", version: written?.ok && written.version }] });
  });

  it("forgets what is long gone, and says so to whoever did not ask for so long", async () => {
    let now = 0;
    const clock = { now: () => now, sleep: () => Promise.resolve() };
    const connection = await test.connect(objects, { clock });
    await test.save("deals.csv", "Id,Name\n1,Octank\n2,x\n");
    const first = cursorOf(await connection.changes({ object: "Deal" }));
    await test.save("deals.csv", "Id,Name\n1,Octank\n");
    const second = cursorOf(await connection.changes({ object: "Deal", cursor: first }));
    now += 31 * 24 * 3_600_000;
    await test.save("deals.csv", "Id,Name\n1,Octank\n3,y\n");
    expect(told(await connection.changes({ object: "Deal", cursor: second }))).toEqual(["upsert 3"]);
    expect(told(await connection.changes({ object: "Deal", cursor: first }))).toEqual(["lost"]);
    expect(readFileSync(test.path(".deals.csv.cosell-seen"), "utf8")).not.toContain('"2"');
  });

  it("tells what went since a time, as long as it remembers", async () => {
    const day = 24 * 3_600_000;
    let now = 100 * day;
    const clock = { now: () => now, sleep: () => Promise.resolve() };
    const connection = await test.connect(objects, { clock });
    const since = (days: number): Promise<ChangesPage> =>
      connection.changes({ object: "Deal", since: new Date(now - days * day).toISOString() });
    await test.save("deals.csv", "Id,Name\n1,Octank\n2,x\n");
    await connection.changes({ object: "Deal" });
    await test.save("deals.csv", "Id,Name\n1,Octank\n");
    await connection.changes({ object: "Deal" });
    now += 10 * day;
    expect(told(await since(11))).toEqual(["upsert 1", "delete 2"]);
    expect(told(await since(9))).toEqual(["upsert 1"]);
    now += 31 * day;
    await test.save("deals.csv", "Id,Name\n1,Octank\n3,y\n");
    await connection.changes({ object: "Deal" });
    expect(told(await since(50))).toEqual(["lost"]);
    expect(told(await since(29))).toEqual(["upsert 1", "upsert 3"]);
  });

  it("begins anew when what it remembers was cut off", async () => {
    await test.save("deals.csv", "Id,Name\n1,Octank\n2,x\n");
    const connection = await test.connect(objects);
    const cursor = cursorOf(await connection.changes({ object: "Deal" }));
    const seen = test.path(".deals.csv.cosell-seen");
    await writeFile(seen, readFileSync(seen, "utf8").slice(0, -40));
    expect(told(await connection.changes({ object: "Deal", cursor }))).toEqual(["lost"]);
    expect(told(await connection.changes({ object: "Deal" }))).toEqual(["upsert 1", "upsert 2"]);
  });

  it("keeps no value of a record, only its fingerprint", async () => {
    await test.save("deals.csv", "Id,Name\n1,Octank\n");
    await (await test.connect(objects)).changes({ object: "Deal" });
    expect(readFileSync(test.path(".deals.csv.cosell-seen"), "utf8")).not.toContain("Octank");
  });

  it("reads a file that is far larger than what is held of it", async () => {
    const Note = "x".repeat(100_000);
    const lines = Array.from({ length: 400 }, (_, number) => JSON.stringify({ Id: `r${number}`, Note }));
    await test.save("deals.jsonl", lines.join("\n"));
    const connection = await test.connect({ Deal: { file: "deals.jsonl", key: "Id" } });
    expect(told(await connection.changes({ object: "Deal" }))).toHaveLength(400);
    expect(await connection.find({ object: "Deal", field: "Id", match: { equals: ["r399"] } })).toEqual(["r399"]);
  });
});
