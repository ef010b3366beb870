import { describe, expect, it } from "@jest/globals";
import { execFileSync } from "node:child_process";
import { runCosell } from "../testing/run-cosell.ts";

/** What bash offers for a command line, the last word of which is still being typed. */
function offered(script: string, ...words: readonly string[]): readonly string[] {
  const line = `COMP_WORDS=(${words.map((word) => `'${word}'`).join(" ")}); COMP_CWORD=${words.length - 1}; _cosell`;
  const output = execFileSync("bash", ["-c", `${script}\n${line}\nprintf '%s\\n' "\${COMPREPLY[@]}"`], {
    encoding: "utf8",
  });
  return output
    .trim()
    .split("\n")
    .filter((word) => word !== "");
}

describe("cosell completion", () => {
  it("completes commands, and operations of both APIs after api, in bash", async () => {
    const { code, stdout } = await runCosell(["completion", "bash"]);
    expect(code).toBe(0);
    expect(offered(stdout, "cosell", "emu")).toEqual(["emulator"]);
    expect(offered(stdout, "cosell", "api", "GetPar")).toEqual(["GetPartner"]);
    expect(offered(stdout, "cosell", "api", "UpdateO")).toEqual(["UpdateOpportunity"]);
    expect(offered(stdout, "cosell", "api", "--catalog", "Sandbox", "UpdateO")).toEqual(["UpdateOpportunity"]);
    expect(offered(stdout, "cosell", "emulator", "Get")).toEqual([]);
    expect(offered(stdout, "cosell", "api", "GetPartner", "Get")).toEqual([]);
  });

  it("completes the names of workflows, word by word", async () => {
    const { stdout } = await runCosell(["completion", "bash"]);
    expect(offered(stdout, "cosell", "workflow", "m")).toEqual(["mirror"]);
    expect(offered(stdout, "cosell", "workflow", "co")).toEqual(["co-sell", "connect", "collaborate"]);
    expect(offered(stdout, "cosell", "workflow", "lookup", "")).toEqual(["solutions", "products", "offers"]);
    expect(offered(stdout, "cosell", "workflow", "co-sell", "s")).toEqual([]);
  });

  it.each(["zsh", "fish"])("names them all for %s", async (shell) => {
    const { stdout } = await runCosell(["completion", shell]);
    expect(stdout).toMatch(/\bemulator\b/);
    expect(stdout).toMatch(/\bAcceptConnectionInvitation\b/);
    expect(stdout).toMatch(/workflow connect.*\binvite accept\b/);
  });

  it("refuses a shell that it does not know", async () => {
    expect(await runCosell(["completion", "tcsh"])).toMatchObject({ code: 2, stdout: "" });
  });
});
