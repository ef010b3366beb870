import { spawn } from "node:child_process";
import { PassThrough } from "node:stream";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "@jest/globals";
import type { LogFields } from "@cosell/connector";
import { createLogger } from "./logging.ts";
import { finished } from "./testing/run-cosell.ts";

const module = fileURLToPath(new URL("./logging.ts", import.meta.url));

const key = "-----BEGIN KEY-----\nMIIEvQ+/=\n-----END KEY-----";
const password = "p@ss wörd";

/** What one line of the log says. */
async function logged(
  logFormat: "json" | "pretty",
  message: string,
  fields: LogFields,
  secrets: readonly string[] = [key, password, "abc"],
): Promise<string> {
  const stream = new PassThrough();
  const logger = createLogger({ logLevel: "info", logFormat }, secrets, stream);
  logger.debug("not at this level");
  logger.info(message, fields);
  const { value } = (await stream.iterator().next()) as { readonly value: Buffer };
  return value.toString("utf8");
}

describe.each(["json", "pretty"] as const)("the log in %s", (format) => {
  it("tells what happened, in one line", async () => {
    const line = await logged(format, "deal failed", { link: "l-1", kind: "invalid", attempt: 2, action: undefined });
    expect(line).toMatch(/deal failed/);
    expect(line).not.toContain("action");
    expect(line.trimEnd().split("\n")).toHaveLength(1);
  });

  it("hides known secrets, as they are and as JSON and addresses spell them", async () => {
    const line = await logged(format, `login with ${key} failed`, {
      error: `redis://:${encodeURIComponent(password)}@host`,
      detail: password,
    });
    expect(line).not.toMatch(/MIIEvQ|p@ss|p%40ss/);
    expect(line.match(/\[secret\]/g)).toHaveLength(3);
  });

  it.each(["apiKey", "x-api-key", "webhook_secret", "accessToken", "Authorization", "contactEmail", "FirstName"])(
    "hides a field that is called %s",
    async (name) => {
      expect(await logged(format, "something", { [name]: "value-4711" })).not.toContain("value-4711");
    },
  );

  it("shows ids, kinds and counts", async () => {
    const fields = { trace: "t-1", sync: "deals", link: "l-1", opportunity: "O1", operation: "GetOpportunity" };
    const line = await logged(format, "answered", { ...fields, requestId: "r-1", status: 200, field: "StageName" });
    for (const value of [...Object.values(fields), "r-1", "200", "StageName"]) expect(line).toContain(value);
  });
});

it("lets no value pass for a line of its own", async () => {
  const line = await logged("pretty", "refused\n2026 error", { source: "crm\n2026-11-21 error all is lost" });
  expect(line.trimEnd().split("\n")).toHaveLength(1);
});

/** Logs in a process of its own: the log goes to the real standard error. */
function log(format: "json" | "pretty"): Promise<{ stdout: string; stderr: string }> {
  const script = `
    const { createLogger } = await import(${JSON.stringify(module)});
    const logger = createLogger({ logLevel: "info", logFormat: "${format}" }, ["s3cret-token", "ab"]);
    logger.debug("not wanted");
    logger.warn("refused s3cret-token", { connection: "crm", header: "Bearer s3cret-token", about: "ab" });`;
  const words = ["--conditions=cosell-source", "--input-type=module", "--eval", script];
  return finished(
    spawn(process.execPath, words, { env: { ...process.env, NODE_OPTIONS: "" }, stdio: ["ignore", "pipe", "pipe"] }),
  );
}

describe("the log of a process", () => {
  it("writes lines to standard error, from the level on, without the known secrets", async () => {
    const { stdout, stderr } = await log("pretty");
    expect(stdout).toBe("");
    expect(stderr).toMatch(/^\S+Z warn {2}refused \[secret\] connection=crm header="Bearer \[secret\]" about=ab\n$/);
  });

  it("writes JSON lines for machines", async () => {
    const { stderr } = await log("json");
    expect(JSON.parse(stderr)).toMatchObject({ level: "warn", message: "refused [secret]", header: "Bearer [secret]" });
  });
});
