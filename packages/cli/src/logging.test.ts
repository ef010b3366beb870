import { describe, expect, it } from "@jest/globals";
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { finished } from "./testing/run-cosell.ts";

const module = fileURLToPath(new URL("./logging.ts", import.meta.url));

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

describe("createLogger", () => {
  it("writes lines to standard error, from the level on, without the known secrets", async () => {
    const { stdout, stderr } = await log("pretty");
    expect(stdout).toBe("");
    expect(stderr).toMatch(/^\S+Z warn {2}refused \[secret\] connection=crm header=Bearer \[secret\] about=ab\n$/);
  });

  it("writes JSON lines for machines", async () => {
    const { stderr } = await log("json");
    expect(JSON.parse(stderr)).toMatchObject({ level: "warn", message: "refused [secret]", header: "Bearer [secret]" });
  });
});
