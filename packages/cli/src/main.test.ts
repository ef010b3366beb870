import { describe, expect, it } from "@jest/globals";
import { finished, inFolder, runCosell, startCosell } from "./testing/run-cosell.ts";

const broken = "version: 1\npartnerCentral: { catlog: Sandbox }\nconnections: {}\nsyncs: {}\n";

describe("the command line", () => {
  it("shows help on standard output and succeeds", async () => {
    const { code, stdout, stderr } = await runCosell([]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toContain("Start with `cosell demo`");
  });

  it.each([
    "demo",
    "check",
    "preview",
    "ready",
    "plan",
    "sync",
    "api",
    "status",
    "failures",
    "history",
    "conflicts",
    "deferred",
    "held",
    "replay",
    "undo",
    "drift",
    "adopt",
    "pause",
    "resume",
    "emulator",
  ])("has an example in the help of %s", async (name) => {
    const { code, stdout } = await runCosell([name, "--help"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(new RegExp(`Examples?:\\n {2}\\$ cosell ${name}`));
    expect(stdout).toContain("--json");
  });

  it("answers wrong usage with exit code 2 and what was meant", async () => {
    const { code, stdout, stderr } = await runCosell(["plann"]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain("Did you mean plan?");
  });

  it("answers wrong usage in JSON with one document", async () => {
    const { code, stdout, stderr } = await runCosell(["plan", "--limit", "none", "--json"]);
    expect({ code, stderr }).toEqual({ code: 2, stderr: "" });
    expect(JSON.parse(stdout)).toMatchObject({ error: { kind: "usage" } });
  });

  it("shows what is wrong with the configuration as file:line:col, without colour in a pipe", async () => {
    const { code, stdout, stderr } = await inFolder({ "cosell.yaml": broken }, (folder) =>
      runCosell(["status"], { folder }),
    );
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(/^cosell\.yaml:2:19 +error +unknown-key .*\(did you mean catalog\?\)$/m);
    expect(stderr).not.toContain("\u001b");
  });

  it("colours when asked to, and never with NO_COLOR", async () => {
    await inFolder({ "cosell.yaml": broken }, async (folder) => {
      const forced = await runCosell(["status"], { folder, environment: { FORCE_COLOR: "1" } });
      const plain = await runCosell(["status"], { folder, environment: { FORCE_COLOR: "1", NO_COLOR: "1" } });
      expect(forced.stderr).toContain("\u001b[31m");
      expect(plain.stderr).not.toContain("\u001b");
    });
  });

  it("ends quietly when nobody reads its output", async () => {
    const child = startCosell(["demo", "--deals", "5"]);
    child.stdout?.destroy();
    const { code, stderr } = await finished(child);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  });

  it("gives every finding to machines", async () => {
    const { code, stdout } = await inFolder({ "cosell.yaml": broken }, (folder) =>
      runCosell(["status", "--json"], { folder }),
    );
    expect(code).toBe(2);
    const { error } = JSON.parse(stdout) as { error: { kind: string; findings: { code: string; line: number }[] } };
    expect(error.kind).toBe("config");
    expect(error.findings.map((finding) => `${finding.line} ${finding.code}`)).toEqual([
      "2 missing-key",
      "2 unknown-key",
    ]);
  });
});
