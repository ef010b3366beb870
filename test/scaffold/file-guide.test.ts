import { readFileSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { type RunningEmulators, startEmulators } from "@cosell/emulator";
import { cosell, type Finished } from "./package-in-folder.ts";

const root = join(import.meta.dirname, "../..");
const guide = readFileSync(join(root, "docs/file-connector.md"), "utf8");

/** The guide's three files. */
const files = new Map(
  [...guide.matchAll(/^```(?:csv|yaml) (\S+)\n([\s\S]*?)^```$/gm)].map(([, name = "", text = ""]) => [name, text]),
);

let folder: string;
let emulators: RunningEmulators;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "cosell-file-guide-"));
  for (const [name, text] of files) await writeFile(join(folder, name), text);
  emulators = await startEmulators({ settings: { partnerCentralSelling: { quotas: false } } });
});
afterAll(async () => {
  await emulators.close();
  await rm(folder, { recursive: true, force: true });
});

const run = (...words: readonly string[]): Promise<Finished> =>
  cosell(folder, {
    words,
    environment: {
      AWS_ENDPOINT_URL_PARTNERCENTRAL_SELLING: emulators.partnerCentralSelling.url,
      AWS_ACCESS_KEY_ID: "AKIACOSELLPARTNERONE",
      AWS_SECRET_ACCESS_KEY: "emulator",
    },
  });
/** Key and opportunity of every row; no value of the example needs quotes. */
async function opportunities(): Promise<readonly (readonly [string, string])[]> {
  const [header = "", ...rows] = (await readFile(join(folder, "deals.csv"), "utf8")).trim().split("\n");
  const column = header.split(",").indexOf("AWS_Opportunity_Id");
  return rows.map((row) => row.split(",")).map((cells) => [cells[0] ?? "", cells[column] ?? ""]);
}

describe("the guide to the file connector", () => {
  it("has three files, whose schema is the one that the shipped mapping is checked against", async () => {
    expect([...files.keys()]).toEqual(["deals.csv", "deals.yaml", "cosell.yaml"]);
    expect(await run("mapping", "snapshot", "deals.yaml", "--output", "saved.json")).toMatchObject({ code: 0 });
    const saved: unknown = JSON.parse(await readFile(join(folder, "saved.json"), "utf8"));
    const shipped = readFileSync(join(root, "mappings/snapshots/file.Deal.json"), "utf8");
    expect(saved).toEqual(JSON.parse(shipped));
  });

  it("brings the deals that are marked to AWS, and their ids back into the file", async () => {
    expect(await run("check")).toMatchObject({ code: 0 });
    const { code, output } = await run("sync");
    expect({ code, output }).toMatchObject({ code: 0 });
    const ids = await opportunities();
    expect(ids.map(([key, id]) => [key, id.slice(0, 1)])).toEqual([
      ["D-1", "O"],
      ["D-2", "O"],
      ["D-3", ""],
    ]);
    const again = await readFile(join(folder, "deals.csv"), "utf8");
    expect(await run("sync")).toMatchObject({ code: 0 });
    expect(await readFile(join(folder, "deals.csv"), "utf8")).toBe(again);
  });
});
