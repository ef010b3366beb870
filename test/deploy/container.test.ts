import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { type RunningEmulators, startEmulators } from "@cosell/emulator";
import { testDatabase, type TestDatabase, testRedis } from "@cosell/state/testing";
import { type ActedStage, actOut, linkModules, readContainerfile } from "./containerfile.ts";

const root = join(import.meta.dirname, "../..");
const stages = readContainerfile("docs/deploy/Containerfile");

/** What a line of the form `["a", "b"]` starts. */
const wordsOf = (line: string | undefined): readonly string[] =>
  JSON.parse(line?.slice(line.indexOf("[")) ?? "[]") as readonly string[];

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

describe("the Containerfile", () => {
  it("builds on Node 24 by its plain name, and does not run as root", () => {
    expect(stages.map(({ image }) => image)).toEqual(["node:24-bookworm-slim", "node:24-bookworm-slim"]);
    const words = stages.at(-1)?.instructions.map(({ word, rest }) => `${word} ${rest}`) ?? [];
    expect(words).toEqual(expect.arrayContaining(["USER node", "STOPSIGNAL SIGTERM", "EXPOSE 8080"]));
    expect(words.findIndex((line) => line.startsWith("USER"))).toBeLessThan(
      words.findIndex((line) => line.startsWith("ENTRYPOINT")),
    );
  });

  it("installs what the lock file says", () => {
    const runs = stages[0]?.instructions.filter(({ word }) => word === "RUN").map(({ rest }) => rest);
    expect(runs).toEqual([
      "npm ci --ignore-scripts",
      "npx --no turbo run build --filter=cosell... --output-logs=errors-only",
      "npm prune --omit=dev --omit=optional --ignore-scripts",
    ]);
  });
});

describe("the image", () => {
  let folder: string;
  let image: ActedStage;
  let emulators: RunningEmulators | undefined;
  let database: TestDatabase | undefined;
  let port: number;
  const redis = testRedis();

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "cosell-image-"));
    const before = new Map<string, ActedStage>();
    for (const [index, stage] of stages.entries()) {
      const run = (command: string, place: string, environment: Readonly<Record<string, string>>): void => {
        // Installing is npm's business: what it would install is here already.
        if (command.startsWith("npm ci")) linkModules(place, false);
        else if (command.startsWith("npm prune")) {
          rmSync(join(place, "node_modules"), { recursive: true });
          linkModules(place, true);
        } else {
          const PATH = `${join(root, "node_modules/.bin")}:${process.env["PATH"] ?? ""}`;
          const [program = "", ...words] = command.split(" ");
          const { status, stdout, stderr } = spawnSync(program, words, {
            ...{ cwd: place, env: { ...process.env, ...environment, PATH }, encoding: "utf8" },
          });
          if (status !== 0) throw new Error(`${command} failed:\n${stdout}${stderr}`);
        }
      };
      const place = join(folder, String(index));
      mkdirSync(place);
      image = actOut(stage, { folder: place, before, run });
      before.set(stage.name ?? String(index), image);
    }
    emulators = await startEmulators({ seed: { deals: 3, seed: 1, asOf: "2026-11-21" } });
    database = await testDatabase();
    port = await freePort();
  }, 240_000);

  afterAll(async () => {
    await emulators?.close();
    await database?.drop();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Starts a line of the Containerfile as the container would, its paths within the folder. */
  function start(line: string, environment: Readonly<Record<string, string>> = {}) {
    const [program, ...words] = wordsOf(line).map((word) =>
      word.replace(/(^|=)\/(?=opt|run|etc)/, `$1${image.folder}/`).replace("127.0.0.1:8080", `127.0.0.1:${port}`),
    );
    expect(program).toBe("node");
    const child = spawn(process.execPath, words, {
      cwd: join(image.folder, image.workingDirectory),
      env: { PATH: process.env["PATH"] ?? "", ...image.environment, ...environment },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let said = "";
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding("utf8").on("data", (text: string) => (said += text));
    return { child, said: () => said, code: once(child, "close").then(([code]) => code as number | null) };
  }

  /** `cosell.yaml` and the file of variables, as somebody who follows the README would have them. */
  function configure({ partnerCentralSelling, salesforce }: RunningEmulators, stateUrl: string): void {
    const place = join(image.folder, "etc/cosell");
    const text = readFileSync(join(root, "docs/deploy/cosell.yaml"), "utf8")
      .replace("region: us-east-1", `endpoint: "${partnerCentralSelling.url}"`)
      .replace("https://acme.my.salesforce.com", salesforce.url)
      .replace(/ {4}clientId[^]*?username: [^\n]*\n/, "    accessToken: !env COSELL_SF_TOKEN\n")
      .replace("port: 8080", `port: ${port}`)
      .replace("{ url: !env COSELL_REDIS_URL }", `{ url: !env COSELL_REDIS_URL, prefix: ${redis.prefix} }`);
    writeFileSync(join(place, "cosell.yaml"), text);
    cpSync(join(image.folder, "opt/cosell/mappings"), join(place, "mappings"), { recursive: true });
    mkdirSync(join(image.folder, "run/secrets"), { recursive: true });
    const variables = {
      COSELL_STATE_URL: stateUrl,
      COSELL_REDIS_URL: redis.url,
      COSELL_SF_TOKEN: "emulator-access-token",
      AWS_ACCESS_KEY_ID: "AKIACOSELLPARTNERONE",
      AWS_SECRET_ACCESS_KEY: "emulated",
    };
    const lines = Object.entries(variables).map(([name, value]) => `${name}="${value}"\n`);
    writeFileSync(join(image.folder, "run/secrets/cosell.env"), lines.join(""), { mode: 0o600 });
  }

  it("runs a worker that becomes healthy, syncs, reloads, and ends within its time", async () => {
    if (emulators === undefined || database === undefined) throw new Error("nothing was started");
    configure(emulators, database.url);
    const entry = wordsOf(image.last("ENTRYPOINT"));
    const command = JSON.stringify([...entry, ...wordsOf(image.last("CMD"))]);
    const check = image.last("HEALTHCHECK")?.replace(/^.*CMD /, "") ?? "";
    expect(await start(check).code).toBe(1);

    const worker = start(command);
    try {
      const healthy = async (): Promise<boolean> => (await start(check).code) === 0;
      while (!(await healthy())) if (worker.child.exitCode !== null) throw new Error(worker.said());
      while (emulators.partnerCentral.opportunities().length < 1) {
        if (worker.child.exitCode !== null) throw new Error(worker.said());
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      const metrics = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
      expect(metrics).toMatch(/cosell_aws_calls_total\{.*CreateOpportunity.*\} \d/);

      const starts = (): number => worker.said().split("in step").length - 1;
      worker.child.kill("SIGUSR2");
      while (starts() < 2) {
        if (worker.said().includes("not taken over")) throw new Error(worker.said());
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      expect(await healthy()).toBe(true);
    } finally {
      worker.child.kill("SIGTERM");
    }
    const from = performance.now();
    expect(await worker.code).toBe(0);
    // worker.stopSeconds, and what closing takes.
    expect(performance.now() - from).toBeLessThan(45_000);
    expect(worker.said()).not.toContain("emulator-access-token");
  }, 240_000);
});
