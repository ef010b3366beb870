import { describe, expect, it } from "@jest/globals";
import { openState, type StateStore } from "@cosell/state";
import { testDatabase } from "@cosell/state/testing";
import { readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { inFolder, runCosell } from "../testing/run-cosell.ts";

const configuration = (url: string): string => `
version: 1
partnerCentral: { catalog: Sandbox }
state: { url: ${url} }
connections:
  crm: { connector: salesforce, instanceUrl: "https://acme.my.salesforce.com", accessToken: secret }
syncs:
  deals: { connection: crm, mapping: deals.yaml }
`;

const day = 24 * 3_600_000;

/** A folder with a state of two deals, a token and a journal, and a configuration for it. */
const withState = (work: (folder: string) => Promise<void>): Promise<void> =>
  inFolder({ "cosell.yaml": configuration("sqlite:state.db"), "deals.yaml": "" }, async (folder) => {
    const store = await openState({ url: `sqlite:${join(folder, "state.db")}` });
    const marks = ["006A", "006B"].map((ref) => ({ side: "crm" as const, ref, reason: "changed" }));
    await store.intake("deals", "crm", marks, "c1");
    const link = await store.linkByCrmRef("deals", "006A");
    const journal = [100, 50, 1].map((age) => ({
      at: Date.now() - age * day,
      kind: "update",
      summary: `${age} days ago`,
      detail: {},
    }));
    await store.settle(link?.id ?? "", { patch: { title: "456" }, journal });
    await store.tokens("crm").set("refresh", "hunter2");
    await store.close();
    await work(folder);
  });

const linesOf = async (file: string): Promise<readonly { readonly table?: string }[]> =>
  (await readFile(file, "utf8"))
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as { readonly table?: string });

describe("cosell state", () => {
  it("info tells where the state lies and how much it holds", () =>
    withState(async (folder) => {
      const { code, stdout } = await runCosell(["state", "info", "--json"], { folder });
      expect(code).toBe(0);
      expect(JSON.parse(stdout)).toMatchObject({
        location: join(folder, "state.db"),
        schema: expect.any(Number),
        rows: { links: 2, marks: 2, journal: 3, tokens: 1 },
      });
    }));

  it("export writes a file of its owner's only, without tokens, and never over another", () =>
    withState(async (folder) => {
      const file = join(folder, "state.jsonl");
      const first = await runCosell(["state", "export", file], { folder });
      expect([first.code, first.stdout]).toEqual([0, expect.stringContaining("tokens")]);
      expect((await stat(file)).mode & 0o777).toBe(0o600);
      const [header, ...lines] = await linesOf(file);
      expect(header).toMatchObject({ format: "cosell-state/1", schema: expect.any(Number), tokens: false });
      expect(lines.filter(({ table }) => table === "tokens")).toEqual([]);
      expect(lines.filter(({ table }) => table === "links")).toHaveLength(2);
      const second = await runCosell(["state", "export", file, "--with-tokens"], { folder });
      expect([second.code, second.stderr]).toEqual([2, expect.stringContaining("there already")]);
      const { stdout } = await runCosell(["state", "export", "--with-tokens"], { folder });
      expect(stdout).toContain("hunter2");
    }));

  it("export and import carry a state from SQLite to PostgreSQL, row by row", () =>
    withState(async (folder) => {
      const database = await testDatabase();
      try {
        await writeFile(join(folder, "postgres.yaml"), configuration("!env COSELL_STATE_URL"));
        await runCosell(["state", "export", "state.jsonl", "--with-tokens"], { folder });
        const imported = await runCosell(["state", "import", "state.jsonl", "-c", "postgres.yaml"], {
          folder,
          environment: { COSELL_STATE_URL: database.url },
        });
        expect([imported.code, imported.stderr]).toEqual([0, ""]);
        const [source, target] = await Promise.all(
          [`sqlite:${join(folder, "state.db")}`, database.url].map((url) => openState({ url })),
        );
        const rowsOf = async (store: StateStore | undefined): Promise<readonly string[]> => {
          const rows: string[] = [];
          for await (const line of store?.exportLines() ?? [])
            rows.push(JSON.stringify(line.row, Object.keys(line.row).toSorted()));
          await store?.close();
          return rows.toSorted();
        };
        expect(await rowsOf(target)).toEqual(await rowsOf(source));
      } finally {
        await database.drop();
      }
    }));

  it("import refuses a state that holds something, and a file that is not there", () =>
    withState(async (folder) => {
      await runCosell(["state", "export", "state.jsonl"], { folder });
      const full = await runCosell(["state", "import", "state.jsonl"], { folder });
      expect([full.code, full.stderr]).toEqual([2, expect.stringContaining("not empty")]);
      const none = await runCosell(["state", "import", "none.jsonl"], { folder });
      expect([none.code, none.stderr]).toEqual([2, expect.stringContaining("none.jsonl")]);
    }));

  it("prune removes old lines of the journal but for the newest of a deal", () =>
    withState(async (folder) => {
      const prune = (...words: readonly string[]): ReturnType<typeof runCosell> =>
        runCosell(["state", "prune", ...words], { folder });
      expect((await prune("--older-than", "90d")).stdout).toContain("Removed 0 lines");
      expect((await prune("--older-than", "30d", "--keep", "2")).stdout).toContain("Removed 1 line ");
      expect((await prune("--older-than", "1w", "--keep", "0", "--json")).stdout).toContain('"removed": 1');
      const wrong = await prune("--older-than", "soon");
      expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining("90d")]);
    }));
});
