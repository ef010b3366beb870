import { startPartnerCentral, type RunningPartnerCentral } from "@cosell/emulator";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { text } from "node:stream/consumers";

const root = resolve(import.meta.dirname, "../..");
let world: RunningPartnerCentral;
beforeEach(async () => {
  world = await startPartnerCentral();
});
afterEach(() => world.close());

/** The blocks of a language that a document has, in their order. */
async function blocksOf(document: string, language: string): Promise<readonly string[]> {
  const content = await readFile(resolve(root, document), "utf8");
  return [...content.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, "gms"))].map(([, code = ""]) => code);
}

/** Runs a program as a newcomer would, with AWS's own variables pointing at the emulator. */
async function run(command: string, words: readonly string[], input: string) {
  const child = spawn(command, words, {
    cwd: resolve(root, "packages/emulator"),
    env: {
      ...process.env,
      AWS_ENDPOINT_URL_PARTNERCENTRAL_SELLING: world.url,
      AWS_ENDPOINT_URL_PARTNERCENTRAL_ACCOUNT: world.partnerCentralAccount.url,
      ...{ AWS_ACCESS_KEY_ID: "AKIACOSELLPARTNERONE", AWS_SECRET_ACCESS_KEY: "anything", AWS_REGION: "us-east-1" },
    },
  });
  child.stdin.end(input);
  const ended = new Promise<number | null>((done) => child.once("close", done));
  const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { stdout, stderr, code };
}
const runTypeScript = (code: string) =>
  run(
    process.execPath,
    ["--conditions=cosell-source", "--disable-warning=ExperimentalWarning", "--input-type=module-typescript"],
    code,
  );

const post = async (operation: string, body: object) =>
  (await fetch(`${world.url}/${operation}`, {
    method: "POST",
    body: JSON.stringify({ Catalog: "Sandbox", ...body }),
  }).then((response) => response.json())) as { readonly Id: string };
const draft = () => post("CreateOpportunity", { ClientToken: "draft", LifeCycle: { Stage: "Prospect" } });

describe("the examples in the documents run as they are written", () => {
  it("of the emulator's README", async () => {
    const blocks = await blocksOf("packages/emulator/README.md", "ts");
    expect(blocks).toHaveLength(1);
    for (const block of blocks) expect(await runTypeScript(block)).toEqual({ code: 0, stdout: "", stderr: "" });
  });

  it("of the emulator's README, with curl", async () => {
    const [curl = ""] = (await blocksOf("packages/emulator/README.md", "sh")).filter((block) =>
      block.includes("/CreateOpportunity"),
    );
    const [first = ""] = curl.split("\n");
    const { code, stdout } = await run("sh", ["-s"], first.replace("http://127.0.0.1:4680", world.url));
    expect({ code, answer: JSON.parse(stdout) as unknown }).toMatchObject({ code: 0, answer: { Id: "O1000001" } });
  });

  it("of Partner Central's README", async () => {
    const { Id } = await draft();
    const [block = ""] = await blocksOf("packages/partner-central/README.md", "ts");
    const { code, stdout, stderr } = await runTypeScript(block.replaceAll("O1234567", Id));
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(/O1000001 \d{4}-.*\n.*eng-/s);
    expect(world.partnerCentral.opportunities()).toMatchObject([{ Id, LifeCycle: { Stage: "Qualified" } }]);
  });

  it("of the guide to workflows", async () => {
    const { Id } = await draft();
    const [block = ""] = await blocksOf("docs/workflows.md", "ts");
    const { code, stdout, stderr } = await runTypeScript(block.replaceAll("O1234567", Id));
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toContain("needs-person");
  });
});
