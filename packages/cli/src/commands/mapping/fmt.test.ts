import { describe, expect, it } from "@jest/globals";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { inFolder, runCosell } from "../../testing/run-cosell.ts";

const untidy = `# Why this is here.
version:   1
cases:
    -   name: "one" # stays
        source: {Id: 7,Name: 'No'}
        expect: {}
`;
const tidy = `# Why this is here.
version: 1
cases:
  - name: "one" # stays
    source: { Id: 7, Name: "No" }
    expect: {}
`;

describe("cosell mapping fmt", () => {
  it("lays files out, once and for all", async () => {
    await inFolder({ "a.yaml": untidy, "b.yaml": tidy }, async (folder) => {
      const text = () => readFile(join(folder, "a.yaml"), "utf8");
      const check = await runCosell(["mapping", "fmt", "--check", "a.yaml", "b.yaml"], { folder });
      expect(check).toEqual({
        code: 1,
        stdout: "would change  a.yaml\n1 file to format, 1 as it should be.\n",
        stderr: "",
      });
      expect(await text()).toBe(untidy);
      const { code, stdout } = await runCosell(["mapping", "fmt", "a.yaml", "b.yaml", "--json"], { folder });
      expect(code).toBe(0);
      expect(JSON.parse(stdout)).toEqual({ changed: ["a.yaml"], written: true });
      expect(await text()).toBe(tidy);
      expect((await runCosell(["mapping", "fmt", "--check", "a.yaml", "b.yaml"], { folder })).code).toBe(0);
    });
  });

  it("writes nothing when one of the files is no YAML", async () => {
    await inFolder({ "a.yaml": untidy, "b.yaml": "a: {\n" }, async (folder) => {
      const { code, stderr } = await runCosell(["mapping", "fmt", "a.yaml", "b.yaml"], { folder });
      expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringMatching(/b\.yaml:\d+:\d+ +error +yaml/) });
      expect(await readFile(join(folder, "a.yaml"), "utf8")).toBe(untidy);
    });
  });
});
