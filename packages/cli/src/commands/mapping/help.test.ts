import { describe, expect, it } from "@jest/globals";
import { runCosell } from "../../testing/run-cosell.ts";

describe("cosell mapping", () => {
  it.each(["init", "snapshot", "check", "coverage", "explain", "test", "diff", "fmt"])(
    "has an example in the help of %s",
    async (name) => {
      const { code, stdout } = await runCosell(["mapping", name, "--help"]);
      expect(code).toBe(0);
      expect(stdout).toMatch(new RegExp(`Examples?:\\n {2}\\$ cosell mapping ${name}`));
      expect(stdout).toContain("--json");
    },
  );

  it("answers wrong usage with exit code 2", async () => {
    const { code, stdout, stderr } = await runCosell(["mapping", "explian", "deals.yaml"]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain("Did you mean explain?");
  });
});
