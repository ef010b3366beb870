import { readdirSync, readFileSync } from "node:fs";
import { mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { build, cosell, install, runTests } from "./package-in-folder.ts";

const root = join(import.meta.dirname, "../..");
const guide = readFileSync(join(root, "docs/add-a-connector.md"), "utf8");

/** The guide's code, by file. */
const written = new Map(
  [...guide.matchAll(/^```ts (\S+)\n([\s\S]*?)^```$/gm)].map(([, file = "", code = ""]) => [file, code]),
);

let folder: string;
let tiny: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "cosell-scaffold-"));
  tiny = join(folder, "cosell-connector-tiny");
  const { code, output } = await cosell(folder, { words: ["new-connector", "tiny"] });
  expect({ code, output }).toMatchObject({ code: 0 });
  await install(tiny);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const fill = async (files: readonly string[]): Promise<void> => {
  for (const file of files) await writeFile(join(tiny, file), written.get(file) ?? "");
};

/** The files that failed tests name, and what failed for another reason. */
async function whatFails(): Promise<{ readonly files: readonly string[]; readonly otherwise: readonly string[] }> {
  const results = await runTests(tiny);
  expect(results.size).toBeGreaterThan(60);
  const failed = [...results].filter(([, details]) => details !== undefined);
  const files = failed.flatMap(([, details = ""]) => /TODO (src\/\S+\.ts)/.exec(details)?.[1] ?? []);
  const otherwise = failed.filter(([, details = ""]) => !details.includes("TODO src/")).map(([name]) => name);
  return { files: [...new Set(files)].sort(), otherwise };
}

describe("a new connector", () => {
  it("compiles, and fails first for want of a CRM", async () => {
    expect(await build(tiny)).toEqual({ code: 0, output: "" });
    expect(await whatFails()).toEqual({ files: ["src/__fixtures__/world.ts"], otherwise: [] });
  });

  it("with the guide's CRM, fails only in files that the guide writes", async () => {
    await fill(["src/__fixtures__/tiny-crm.ts", "src/__fixtures__/world.ts"]);
    const { files } = await whatFails();
    expect(files.filter((file) => !written.has(file))).toEqual([]);
    expect(files).toEqual(
      expect.arrayContaining(["src/check.ts", "src/describe.ts", "src/tiny-id.ts", "src/write.ts"]),
    );
  });

  it("with the guide's code, keeps the contract, compiles, and is used by a configuration", async () => {
    await fill([...written.keys()]);
    expect(await build(tiny)).toEqual({ code: 0, output: "" });
    expect(await whatFails()).toEqual({ files: [], otherwise: [] });
    await symlink(tiny, join(tiny, "node_modules/cosell-connector-tiny"));
    const connection = 'crm: { connector: cosell-connector-tiny, url: "http://127.0.0.1:1", token: a-token }';
    const configuration = [
      "version: 1",
      "partnerCentral: { catalog: Sandbox }",
      "connections:",
      `  ${connection}`,
      "syncs: {}",
    ];
    await writeFile(join(tiny, "cosell.yaml"), configuration.join("\n"));
    const environment = { AWS_ACCESS_KEY_ID: "x", AWS_SECRET_ACCESS_KEY: "x", AWS_ENDPOINT_URL: "http://127.0.0.1:1" };
    const { output } = await cosell(tiny, { words: ["check"], environment });
    expect(output).toContain("Tiny cannot be reached");
  });

  it("has every TODO in a step of the guide, and every file of the guide in the package", async () => {
    const templates = join(root, "packages/cli/src/new-connector/template");
    const files = readdirSync(templates, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".txt"));
    const names = files.map((file) => file.replace(/\.txt$/, "").replace("name-id", "tiny-id"));
    expect([...written.keys()].filter((file) => !names.includes(file))).toEqual(["src/__fixtures__/tiny-crm.ts"]);
    for (const [place, file] of files.entries())
      for (const [, step] of readFileSync(join(templates, file), "utf8").matchAll(/TODO \(guide, step (\d)\)/g)) {
        const [text = ""] = guide.split(/^## /m).filter((part) => part.startsWith(`${step}. `));
        expect(text).toMatch(written.has(names[place] ?? "") ? `\`\`\`ts ${names[place]}` : `\`${names[place]}\``);
      }
  });
});
