import { spawnSync } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { parse } from "yaml";
import { loadConfiguration } from "../../packages/cli/src/configuration/load.ts";

const root = join(import.meta.dirname, "../..");
const text = (name: string): string => readFileSync(join(root, "docs/deploy", name), "utf8");

/** Variables that a text asks for or sets: those of Cosell. */
const variables = (content: string, pattern: RegExp): ReadonlySet<string> =>
  new Set([...content.matchAll(pattern)].map(([, name = ""]) => name));

describe("cosell.yaml", () => {
  const asked = variables(text("cosell.yaml"), /^[^#\n]*!env (COSELL_\w+)/gm);

  it("takes its variables from the file that is described", () => {
    const given = variables(text("cosell.env.example"), /^(\w+)=/gm);
    expect([...asked].filter((name) => !given.has(name))).toEqual([]);
    expect([...given].filter((name) => !asked.has(name) && !name.startsWith("AWS_"))).toEqual([]);
  });

  it("is what the worker reads", async () => {
    const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const values = {
      COSELL_SF_PRIVATE_KEY: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
      COSELL_STATE_URL: "postgres://cosell:pw@postgres:5432/cosell",
      COSELL_REDIS_URL: "redis://redis",
    };
    const environment = Object.fromEntries([...asked].map((name) => [name, "value"]));
    const folder = mkdtempSync(join(tmpdir(), "cosell-deploy-"));
    try {
      writeFileSync(
        join(folder, "cosell.yaml"),
        text("cosell.yaml").replace("mappings/", `${join(root, "mappings")}/`),
      );
      const configuration = await loadConfiguration(join(folder, "cosell.yaml"), { ...environment, ...values });
      expect(configuration.worker.http).toMatchObject({ host: "0.0.0.0", port: 8080, board: false });
      expect(configuration.queue).toBeDefined();
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("shows settings that exist, also in its comments", async () => {
    const whole = text("cosell.yaml").replaceAll(/^( *)# (events|alarms):/gm, "$1$2:");
    expect(whole).not.toBe(text("cosell.yaml"));
    const { worker } = parse(whole.replaceAll("!env ", "https://example.com/")) as { readonly worker: unknown };
    const { workerSchema } = await import("../../packages/cli/src/configuration/worker-schema.ts");
    expect(workerSchema.parse(worker)).toMatchObject({ stopSeconds: 25 });
  });
});

describe("compose.yaml", () => {
  interface Service {
    readonly command?: readonly string[];
    readonly environment?: Readonly<Record<string, string>>;
    readonly secrets?: readonly string[];
    readonly volumes: readonly string[];
    readonly depends_on?: Readonly<Record<string, unknown>>;
    readonly healthcheck?: unknown;
    readonly stop_grace_period?: string;
  }
  const compose = parse(text("compose.yaml")) as {
    readonly services: Readonly<Record<"worker" | "redis" | "postgres", Service>>;
    readonly volumes: Readonly<Record<string, unknown>>;
    readonly secrets: Readonly<Record<string, { readonly file: string }>>;
  };
  const { worker, redis, postgres } = compose.services;

  it("keeps what must survive, and secrets out of the file", () => {
    expect(redis.command?.join(" ")).toContain("--appendonly yes");
    expect(redis.volumes).toEqual(["redis:/data"]);
    expect(postgres.volumes).toEqual(["postgres:/var/lib/postgresql/data"]);
    expect(Object.keys(compose.volumes)).toEqual(["redis", "postgres"]);
    expect(text("compose.yaml")).not.toMatch(/POSTGRES_PASSWORD:|AWS_SECRET|COSELL_\w+:/);
    for (const { secrets = [] } of [worker, postgres]) {
      for (const name of secrets) expect(compose.secrets[name]?.file).toMatch(/^\.\//);
    }
    expect(text("Containerfile")).toContain(`/run/secrets/${worker.secrets?.[0] ?? "nothing"}`);
  });

  it("starts workers when what they need is well, and lets their links end", () => {
    const { worker: settings } = parse(text("cosell.yaml").replaceAll("!env ", "")) as {
      readonly worker: { readonly stopSeconds: number };
    };
    for (const name of Object.keys(worker.depends_on ?? {}) as ("redis" | "postgres")[]) {
      expect(compose.services[name].healthcheck).toBeDefined();
    }
    expect(parseInt(worker.stop_grace_period ?? "", 10)).toBeGreaterThan(settings.stopSeconds + 20);
  });

  it("sets no variable that nobody reads", () => {
    const source = ["packages/worker/src/telemetry/traces/start-traces.ts"].map((path) =>
      readFileSync(join(root, path), "utf8"),
    );
    for (const name of Object.keys(worker.environment ?? {})) {
      expect(name.startsWith("COSELL_") ? text("cosell.yaml") : source.join()).toContain(name);
    }
  });
});

describe("cosell-worker.service", () => {
  const unit = text("cosell-worker.service");
  const values = (key: string): readonly string[] =>
    [...unit.matchAll(new RegExp(`^${key}=(.*)$`, "gm"))].map(([, value = ""]) => value);

  it("reloads, begins again, and waits longer than the worker needs to stop", () => {
    expect(values("ExecReload")).toEqual(["/bin/kill -USR2 $MAINPID"]);
    expect(values("Restart")).toEqual(["always"]);
    expect(Number(values("TimeoutStopSec")[0])).toBeGreaterThan(25 + 20);
    expect(values("ExecStart")[0]).toMatch(/^\/usr\/bin\/node \/opt\/cosell\/packages\/cli\/bin\/cosell\.js worker /);
    expect(values("User")).toEqual(["cosell"]);
    // The compiler of JavaScript writes code into memory: with this it would not start.
    expect(values("MemoryDenyWriteExecute")).toEqual([]);
  });

  it("is sound to systemd", () => {
    const program = ["/usr/bin/systemd-analyze", "/bin/systemd-analyze"].find((path) => existsSync(path));
    const folder = mkdtempSync(join(tmpdir(), "cosell-unit-"));
    try {
      // Programs that this machine may lack are not what is looked at.
      const here = unit.replaceAll(/^ExecStart=.*$/gm, "ExecStart=/bin/true").replace(/^(?:User|Group)=.*\n/gm, "");
      const path = join(folder, "cosell-worker.service");
      writeFileSync(path, here);
      const sections = [...unit.matchAll(/^\[(\w+)\]$/gm)].map(([, name]) => name);
      expect(sections).toEqual(["Unit", "Service", "Install"]);
      if (program === undefined) return;
      const { status, stdout, stderr } = spawnSync(program, ["verify", "--recursive-errors=no", path], {
        encoding: "utf8",
      });
      const about = `${stdout}${stderr}`.split("\n").filter((line) => line.includes("cosell-worker"));
      expect({ status, about }).toEqual({ status: 0, about: [] });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
