import { describe, expect, it } from "@jest/globals";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { inFolder, runCosell } from "../testing/run-cosell.ts";

/** A connector that connects to nothing: enough for the configuration. */
const connector = (specVersion: number): string => `export const connector = {
  specVersion: ${specVersion}, name: "acme", secrets: ["token"], paths: ["folder"], capabilities: {},
  config: { "~standard": { version: 1, vendor: "acme", validate: (value) => ({ issues: [{ message: "got " + value.folder }] }) } },
  connect: () => {}, classify: () => {},
};\n`;

const packages: Readonly<Record<string, readonly [exports: unknown, source: string]>> = {
  "@acme/good": ["./index.js", connector(1)],
  "cosell-connector-plain": [{ ".": { import: "./index.js" } }, connector(1)],
  "@acme/newer": ["./index.js", connector(2)],
  "@acme/older": ["./index.js", connector(0)],
  "@acme/default": ["./index.js", "export default {};\n"],
  "@acme/hollow": ["./index.js", 'export const connector = { specVersion: 1, name: "hollow" };\n'],
  "@acme/throws": ["./index.js", 'throw new Error("no licence found");\n'],
  "@acme/gone": ["./nowhere.js", ""],
};

async function findingsFor(names: readonly string[], below = ""): Promise<readonly string[]> {
  const connections = names.map((name, place) => `  c${place}: { connector: "${name}", folder: data }`);
  const text = [
    "version: 1",
    "partnerCentral: { catalog: Sandbox }",
    "connections:",
    ...connections,
    "syncs: {}",
    "",
  ].join("\n");
  return inFolder({}, async (folder) => {
    await mkdir(join(folder, below), { recursive: true });
    await writeFile(join(folder, below, "cosell.yaml"), text);
    for (const [name, [exports, source]] of Object.entries(packages)) {
      const place = join(folder, "node_modules", name);
      await mkdir(place, { recursive: true });
      await writeFile(join(place, "package.json"), JSON.stringify({ name, version: "1.0.0", type: "module", exports }));
      await writeFile(join(place, "index.js"), source);
    }
    const { code, stderr, stdout } = await runCosell(["check", "--json"], { folder: join(folder, below) });
    expect(code).toBe(2);
    return stdoutFindings(`${stdout}${stderr}`);
  });
}

function stdoutFindings(text: string): readonly string[] {
  const { findings } = JSON.parse(text) as {
    findings: { line: number; column: number; code: string; message: string }[];
  };
  return findings.map(({ line, column, code, message }) => `${line}:${column} ${code} ${message}`);
}

describe("a connector is found by the name of its package", () => {
  it("beside the configuration, and each that cannot be used is one finding at its place", async () => {
    const install = (name: string): RegExp => new RegExp(`npm install ${name}@latest`);
    const found = await findingsFor([...Object.keys(packages), "@acme/absent", "../good", "salesfroce"]);
    const wanted: readonly RegExp[] = [
      /^4:7 bad-value "connections.c0": got \/.*\/data\.$/,
      /^5:7 bad-value "connections.c1": got \/.*\/data\.$/,
      /^6:20 connector-version .*version 2 .* version 1: .*npm install cosell@latest/,
      install("@acme/older"),
      /^8:20 no-connector .*`connector`.*default export/,
      /^9:20 no-connector .*lacks config, secrets, capabilities, connect, classify/,
      /^10:20 connector-broken .*no licence found\.$/,
      /^11:20 connector-broken .*nowhere\.js'\.$/,
      /^12:20 connector-not-installed .*npm install @acme\/absent/,
      /^13:20 connector-not-installed .*nor the name of a package/,
      /^14:21 unknown-connector .*salesforce, .*file, and any package/,
    ];
    expect(found).toEqual(wanted.map((pattern) => expect.stringMatching(pattern)));
  });

  it("which may be above it, and whose paths then count from the configuration", async () => {
    const found = await findingsFor(["@acme/good"], "below");
    expect(found).toEqual([expect.stringMatching(/got \S+\/below\/data/)]);
  });
});
