import { type RunningPartnerCentral, startPartnerCentral } from "@cosell/emulator";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { readdir } from "node:fs/promises";
import { inFolder, runCosell } from "../../testing/run-cosell.ts";

const environment = { AWS_ACCESS_KEY_ID: "AKIACOSELLPARTNERONE", AWS_SECRET_ACCESS_KEY: "emulator" };
let aws: RunningPartnerCentral;

beforeEach(async () => {
  aws = await startPartnerCentral();
});

afterEach(() => aws.close());

describe("cosell workflow mirror", () => {
  it("keeps a file up to date, and answers from it without a call", async () => {
    await inFolder({}, async (folder) => {
      const created = { Customer: { Account: { CompanyName: "Acme, Inc." } }, Project: { Title: "A move" } };
      const create = ["api", "CreateOpportunity", "--catalog", "Sandbox", "--endpoint", aws.url, "--input", "-"];
      const stdin = JSON.stringify({ ClientToken: "one", Origin: "Partner Referral", ...created });
      expect((await runCosell(create, { folder, environment, stdin })).code).toBe(0);
      const words = ["workflow", "mirror", "--catalog", "Sandbox", "--endpoint", aws.url];
      const first = await runCosell([...words, "--json"], { folder, environment });
      expect(JSON.parse(first.stdout)).toMatchObject({ workflow: "mirror", kept: 1, listed: 1, read: 1, gone: 0 });
      const again = await runCosell(words, { folder, environment });
      expect(again.stdout).toBe(".cosell/mirror.db holds 1 opportunity: 0 read, 1 call.\n");
      const before = aws.requests.last;
      const sql = "select company, title from opportunities";
      const exported = await runCosell(["workflow", "mirror", "--query", sql, "--export", "csv"], { folder });
      expect(exported.stdout).toBe('company,title\n"Acme, Inc.",A move\n');
      const shown = await runCosell(["workflow", "mirror", "--query", sql], { folder });
      expect(shown.stdout).toMatch(/^company +title\nAcme, Inc\. +A move\n$/);
      expect(aws.requests.last).toBe(before);
    });
  });

  it.each([
    [
      "a query that is none",
      ["--query", "select nowhere from opportunities"],
      /no such column: nowhere.*target_close_date/,
    ],
    ["a query that would change something", ["--query", "delete from opportunities"], /readonly database/],
    ["no mirror", ["--file", "other.db", "--export", "jsonl"], /There is no mirror at other\.db\. Make one/],
  ])("refuses %s, says what to do, and makes no file", async (_what, more, message) => {
    await inFolder({}, async (folder) => {
      if (more[0] === "--query") {
        const made = ["workflow", "mirror", "--catalog", "Sandbox", "--endpoint", aws.url];
        await runCosell(made, { folder, environment });
      }
      const files = await readdir(folder);
      const { code, stderr } = await runCosell(["workflow", "mirror", ...more], { folder });
      expect(stderr).toContain("See `cosell --help`");
      expect({ code, message: stderr.replaceAll(/\s+/g, " ") }).toEqual({
        code: 2,
        message: expect.stringMatching(message) as unknown as string,
      });
      expect(await readdir(folder)).toEqual(files);
    });
  });
});
