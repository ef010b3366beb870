import { readdirSync, readFileSync, statSync } from "node:fs";
import { chmod, symlink, utimes, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import type { Connection, WriteOperation, WriteResult } from "@cosell/connector";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { makeFolder, type TestFolder } from "./__fixtures__/folder.ts";

let test: TestFolder;
beforeEach(async () => void (test = await makeFolder()));
afterEach(() => test.close());

const textOf = (name: string): string => readFileSync(test.path(name), "utf8");
const update = (ref: string, fields: WriteOperation["fields"]): WriteOperation => ({
  kind: "update",
  object: "Deal",
  ref,
  fields,
});
const create = (fields: WriteOperation["fields"]): WriteOperation => ({ kind: "create", object: "Deal", fields });

async function deals(content: string | Uint8Array, settings: object = {}): Promise<Connection> {
  await test.save("deals.csv", content);
  return test.connect({ Deal: { file: "deals.csv", key: "Id", ...settings } });
}

describe("write", () => {
  it("keeps every letter of the rows that it does not change, the order mark, the line ends and the quotes", async () => {
    const connection = await deals('\uFEFFId;Name;Note\r\n"1";"Octank";\r\n2;x;"a ""b"";\r\nc"');
    await connection.write([{ ...update("2", {}), object: "Deal" }]);
    const before = '\uFEFFId;Name;Note\r\n"1";"Octank";\r\n';
    await test.save("deals.csv", `${before}2;x;y`);
    const semicolon = await test.connect({ Deal: { file: "deals.csv", key: "Id", delimiter: ";" } });
    await semicolon.write([update("2", { Note: "one;two" }), create({ Id: "3", Name: " blank " })]);
    expect(textOf("deals.csv")).toBe(`${before}2;x;"one;two"\r\n3;" blank ";\r\n`);
  });

  it("adds a column that only the configuration names, with its first value", async () => {
    const connection = await deals("Id,Name\n1,Octank\n2,x", { fields: { AWS_Opportunity_Id: { unique: true } } });
    await connection.write([update("2", { AWS_Opportunity_Id: "O1" })]);
    expect(textOf("deals.csv")).toBe("Id,Name,AWS_Opportunity_Id\n1,Octank,\n2,x,O1\n");
  });

  it("writes no formula when it must not, and reads its own text back", async () => {
    const connection = await deals("Id,Name\n1,x\n", { formulas: "escape" });
    const texts = ["=cmd|'/c calc'!A1", "@SUM(1)", "+1-2", "'=quoted", "-5.20", "plain"];
    await connection.write(texts.map((Name, place) => create({ Id: `n${place}`, Name })));
    expect(textOf("deals.csv")).toContain("n0,'=cmd|'/c calc'!A1\n");
    expect(textOf("deals.csv")).toContain("n4,-5.20\n");
    const refs = texts.map((_, place) => `n${place}`);
    const read = await connection.read({ object: "Deal", refs, fields: ["Name"] });
    expect(read.map((result) => result.status === "found" && result.record["Name"])).toEqual(texts);
  });

  it("writes in the file's encoding, and refuses what it lacks", async () => {
    const connection = await deals(Buffer.from("Id,Name\n1,Z\xfcrich\n", "latin1"), { encoding: "windows-1252" });
    const results = await connection.write([update("1", { Name: "Málaga €" }), create({ Id: "2", Name: "東京" })]);
    expect(results).toMatchObject([
      { ok: true },
      { ok: false, failure: { kind: "invalid", issues: [{ target: "Name" }] } },
    ]);
    expect(readFileSync(test.path("deals.csv"))).toEqual(Buffer.from("Id,Name\n1,M\xe1laga \x80\n", "latin1"));
  });

  it("says of every value why the column cannot hold it, and writes the others", async () => {
    const fields = {
      Amount: { type: "currency" },
      Closes: { type: "date" },
      Stage: { type: "picklist", values: ["Open", "Won"], required: true },
    };
    const connection = await deals("Id,Name,Amount,Closes,Stage\n1,Octank,,,Open\n", { fields });
    const results = await connection.write([
      update("1", { Amount: "many", Closes: "tomorrow", Stage: "Lost" }),
      update("1", { Stage: null }),
      update("1", { Amount: 12.5, Stage: "Won" }),
      create({ Name: "no stage" }),
    ]);
    const targets = results.map((result) =>
      result.ok ? "ok" : result.failure.kind === "invalid" ? result.failure.issues.map(({ target }) => target) : "",
    );
    expect(targets).toEqual([["Amount", "Closes", "Stage"], ["Stage"], "ok", ["Stage"]]);
    expect(textOf("deals.csv")).toBe("Id,Name,Amount,Closes,Stage\n1,Octank,12.5,,Won\n");
  });

  it("lets nobody else have a unique value, nor change a key", async () => {
    const connection = await deals("Id,Code\n1,A\n2,\n", { fields: { Code: { unique: true } } });
    const results = await connection.write([
      update("2", { Code: "A" }),
      update("1", { Code: "B" }),
      update("2", { Code: "A" }),
      update("2", { Id: "3" }),
    ]);
    expect(results.map(({ ok }) => ok)).toEqual([false, true, true, false]);
  });

  it("loses nothing when many write at once, from several connections", async () => {
    const header = "Id,Count\n";
    await deals(header);
    const open = () => test.connect({ Deal: { file: "deals.csv", key: "Id" } });
    const connections = await Promise.all([open(), open(), open()]);
    const names = Array.from({ length: 30 }, (_, number) => `n${number}`);
    const [one, two, three] = connections;
    const writers = names.map((_, number) => [one, two, three][number % 3] ?? one);
    await Promise.all(writers.map((writer, place) => writer.write([create({ Id: names[place] ?? "", Count: "1" })])));
    expect(textOf("deals.csv").trim().split("\n").toSorted()).toEqual(
      ["Id,Count", ...names.map((name) => `${name},1`)].toSorted(),
    );
    expect(readdirSync(test.folder)).toEqual(["deals.csv"]);
  });

  it("keeps what a person saves while it writes", async () => {
    const rows = Array.from({ length: 20_000 }, (_, number) => `r${number},x`).join("\n");
    const connection = await deals(`Id,Name\n${rows}\n`);
    const writing = connection.write([update("r1", { Name: "ours" })]);
    await writeFile(test.path("deals.csv"), "Id,Name\nr1,theirs\nr2,new\n");
    expect(await writing).toMatchObject([{ ok: true }]);
    expect(textOf("deals.csv")).toMatch(/^Id,Name\nr1,ours\nr2,(new|x)\n/);
    expect(textOf("deals.csv").split("\n").length).toBeLessThan(20_000);
  });

  it("takes over from a process that is gone, and waits for one that is not", async () => {
    const connection = await deals("Id,Name\n1,x\n");
    const lock = test.path(".deals.csv.cosell-lock");
    await writeFile(lock, JSON.stringify({ host: hostname(), pid: 2 ** 22 + 1 }));
    expect(await connection.write([update("1", { Name: "y" })])).toMatchObject([{ ok: true }]);
    const elsewhere = JSON.stringify({ host: "another-machine", pid: 1 });
    await writeFile(lock, elsewhere);
    const clock = { now: () => 0, sleep: () => Promise.resolve() };
    const hurried = await test.connect({ Deal: { file: "deals.csv", key: "Id" } }, { clock });
    const [result] = await hurried.write([update("1", { Name: "z" })]);
    expect(result).toMatchObject({
      ok: false,
      failure: { kind: "transient", message: expect.stringContaining(".deals.csv.cosell-lock") },
    });
    expect(readFileSync(lock, "utf8")).toBe(elsewhere);
    await utimes(lock, 1, 1);
    expect(await hurried.write([update("1", { Name: "z" })])).toMatchObject([{ ok: true }]);
  });

  it("follows a link and keeps the file's permissions", async () => {
    await deals("Id,Name\n1,x\n");
    await chmod(test.path("deals.csv"), 0o640);
    await symlink(test.path("deals.csv"), test.path("linked.csv"));
    const linked = await test.connect({ Deal: { file: "linked.csv", key: "Id" } });
    await linked.write([update("1", { Name: "y" })]);
    expect(textOf("deals.csv")).toBe("Id,Name\n1,y\n");
    expect(statSync(test.path("deals.csv")).mode & 0o777).toBe(0o640);
  });

  it("writes nothing into a file that is broken anywhere", async () => {
    const broken = "Id,Name\n1,x\n2,y,z\n";
    const connection = await deals(broken);
    const [result] = await connection.write([update("1", { Name: "y" })]);
    expect(result).toMatchObject({
      ok: false,
      failure: { kind: "config", message: expect.stringMatching(/^deals\.csv:3/) },
    });
    expect(textOf("deals.csv")).toBe(broken);
  });

  it("gives back any text that it was given, and the version that a read gives", async () => {
    const text = fc.string({ unit: "binary", minLength: 1 });
    const settings = fc.record({
      delimiter: fc.constantFrom(",", ";", "\t", "|"),
      formulas: fc.constantFrom("escape", "keep"),
      encoding: fc.constantFrom("utf-8", "utf-16le"),
    });
    await fc.assert(
      fc.asyncProperty(settings, fc.array(text, { minLength: 1, maxLength: 4 }), async (own, texts) => {
        const header = ["Id", "Name", "Note"].join(own.delimiter);
        const encoding = own.encoding === "utf-8" ? "utf8" : "utf16le";
        const connection = await deals(Buffer.from(`${header}\n`, encoding), own);
        const results: readonly WriteResult[] = await connection.write(
          texts.map((Name, place) => create({ Id: `k${place}`, Name })),
        );
        const refs = texts.map((_, place) => `k${place}`);
        const read = await connection.read({ object: "Deal", refs, fields: ["Name"] });
        expect(read).toEqual(
          texts.map((Name, place) => ({
            status: "found",
            ref: `k${place}`,
            record: { Name },
            version: results[place]?.ok && results[place].version,
          })),
        );
      }),
      { numRuns: 60 },
    );
  });
});
