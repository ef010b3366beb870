import { describe, expect, it } from "@jest/globals";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { inFolder, runCosell } from "../testing/run-cosell.ts";

describe("cosell new-connector", () => {
  it("writes a package with the names filled in, and lists its files", async () => {
    await inFolder({}, async (folder) => {
      const { code, stdout } = await runCosell(["new-connector", "acme-crm", "--json"], { folder });
      const { package: name, files } = JSON.parse(stdout) as { package: string; files: readonly string[] };
      expect({ code, name }).toEqual({ code: 0, name: "cosell-connector-acme-crm" });
      expect(files).toEqual(
        expect.arrayContaining(["package.json", "src/acme-crm-id.ts", "src/__fixtures__/world.ts"]),
      );
      for (const file of files)
        expect(await readFile(join(folder, name, file), "utf8")).not.toMatch(/\{\{|\}\}\s*\w+Version/);
      expect(await readFile(join(folder, name, "src/index.ts"), "utf8")).toContain("Connector<AcmeCrmConfig>");
      expect(await readFile(join(folder, name, "README.md"), "utf8")).toContain("COSELL_ACME_CRM_TOKEN");
    });
  });

  it("builds and tests it with the versions of this release", async () => {
    const read = async (path: string) =>
      JSON.parse(await readFile(new URL(path, import.meta.url), "utf8")) as Record<string, Record<string, string>>;
    const root = await read("../../../../package.json");
    await inFolder({}, async (folder) => {
      await runCosell(["new-connector", "tiny"], { folder });
      const made = JSON.parse(await readFile(join(folder, "cosell-connector-tiny/package.json"), "utf8")) as Record<
        string,
        Record<string, string>
      >;
      const own = await read("../../package.json");
      expect(made["dependencies"]).toEqual({
        "@cosell/connector": own["dependencies"]?.["@cosell/connector"],
        zod: own["dependencies"]?.["zod"],
      });
      expect(made["devDependencies"]).toEqual({
        "@types/node": root["devDependencies"]?.["@types/node"],
        typescript: root["devDependencies"]?.["typescript-7"]?.replace("npm:typescript@", ""),
      });
    });
  });

  it("overwrites nothing, and then writes nothing", async () => {
    await inFolder({}, async (folder) => {
      await mkdir(join(folder, "there/src"), { recursive: true });
      await writeFile(join(folder, "there/src/read.ts"), "mine");
      const { code, stderr } = await runCosell(["new-connector", "tiny", "there"], { folder });
      expect(code).toBe(2);
      expect(stderr).toMatch(/there has src\/read\.ts already/);
      expect(await readFile(join(folder, "there/src/read.ts"), "utf8")).toBe("mine");
      await expect(readFile(join(folder, "there/package.json"))).rejects.toThrow();
    });
  });

  it.each(["Acme", "acme crm", "../acme", "-acme", "acme--crm", "1acme"])("refuses the name %p", async (name) => {
    await inFolder({}, async (folder) => {
      const { code, stderr } = await runCosell(["new-connector", "--", name], { folder });
      expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining("no name for a connector") });
    });
  });
});
