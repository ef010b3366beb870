import { describe, expect, it } from "@jest/globals";
import type { Finding } from "@cosell/core";
import { z } from "zod";
import { inFolder, runCosell } from "../../testing/run-cosell.ts";

const mapping = (outbound: string): string =>
  [
    "version: 1",
    "id: test",
    "crm: { connector: salesforce, object: Opportunity }",
    "link: { opportunityId: AWS_Id__c }",
    "outbound:",
    `  ${outbound}`,
  ].join("\n");

const text = z.strictObject({ text: z.string().min(1) });

/** What SARIF 2.1.0 asks of a log, as far as ours goes. Strict: a member that the standard does not have would be refused. */
const sarif = z.strictObject({
  $schema: z.url(),
  version: z.literal("2.1.0"),
  runs: z.array(
    z.strictObject({
      tool: z.strictObject({
        driver: z.strictObject({
          name: z.string().min(1),
          rules: z.array(z.strictObject({ id: z.string().min(1), shortDescription: text, help: text })),
        }),
      }),
      columnKind: z.enum(["utf16CodeUnits", "unicodeCodePoints"]),
      results: z.array(
        z.strictObject({
          ruleId: z.string().min(1),
          ruleIndex: z.int().min(0),
          level: z.enum(["none", "note", "warning", "error"]),
          message: text,
          locations: z.array(
            z.strictObject({
              physicalLocation: z.strictObject({
                artifactLocation: z.strictObject({
                  uri: z.string().regex(/^[^\s\\]+$/),
                  uriBaseId: z.string().optional(),
                }),
                region: z.strictObject({ startLine: z.int().min(1), startColumn: z.int().min(1) }),
              }),
            }),
          ),
        }),
      ),
    }),
  ),
});

const field = (name: string) => ({
  name,
  label: name,
  type: "string",
  required: false,
  creatable: true,
  updatable: true,
});
const snapshot = JSON.stringify({
  connector: "salesforce",
  object: "Opportunity",
  objects: {
    Opportunity: { object: "Opportunity", label: "", fields: [field("AWS_Id__c"), field("NextStep")], relations: [] },
  },
});

describe("cosell mapping check", () => {
  it("names the place and what was meant, and answers with 2", async () => {
    const files = { "map.yaml": mapping("LifeCycle.NextStep: { from: NextStep }") };
    const { code, stdout } = await inFolder(files, (folder) => runCosell(["mapping", "check", "map.yaml"], { folder }));
    expect(code).toBe(2);
    expect(stdout).toMatch(/^map\.yaml:6:3 +error +unknown-target-field .*\(did you mean LifeCycle\.NextSteps\?\)$/m);
  });

  it("checks against the CRM's schema when there is a snapshot", async () => {
    const files = { "map.yaml": mapping("LifeCycle.NextSteps: { from: NextStepp }"), "crm.json": snapshot };
    const words = ["mapping", "check", "map.yaml", "--schema", "crm.json", "--json"];
    const { code, stdout } = await inFolder(files, (folder) => runCosell(words, { folder }));
    expect(code).toBe(2);
    const { findings } = JSON.parse(stdout) as { findings: { severity: string; suggestion?: string }[] };
    expect(findings.filter(({ severity }) => severity === "error")).toEqual([
      expect.objectContaining({ code: "unknown-source-field", line: 6, suggestion: "NextStep" }),
    ]);
  });

  it("refuses a snapshot that is none, and a mapping that is not there", async () => {
    const files = { "map.yaml": mapping("LifeCycle.NextSteps: { from: NextStep }"), "crm.json": "{}" };
    await inFolder(files, async (folder) => {
      const wrong = await runCosell(["mapping", "check", "map.yaml", "--schema", "crm.json"], { folder });
      expect({ code: wrong.code, stderr: wrong.stderr }).toEqual({
        code: 2,
        stderr: expect.stringContaining("no schema snapshot"),
      });
      const absent = await runCosell(["mapping", "check", "nowhere.yaml", "--json"], { folder });
      expect(absent.code).toBe(2);
      expect(JSON.parse(absent.stdout)).toMatchObject({ error: { kind: "config" } });
    });
  });

  it("gives SARIF that names rule, level, message and place of every finding", async () => {
    const files = {
      "map.yaml": mapping("LifeCycle.NextStep: { from: NextStepp }\nleftOut: { Tags: Not ours. }"),
      "crm.json": snapshot,
    };
    const words = ["mapping", "check", "map.yaml", "--schema", "crm.json"];
    await inFolder(files, async (folder) => {
      const plain = await runCosell([...words, "--json"], { folder });
      const { findings } = JSON.parse(plain.stdout) as { findings: Finding[] };
      const { code, stdout, stderr } = await runCosell([...words, "--sarif"], { folder });
      expect({ code, stderr }).toEqual({ code: 2, stderr: "" });
      const [run, ...others] = sarif.parse(JSON.parse(stdout)).runs;
      expect(others).toEqual([]);
      expect(new Set(run?.results.map(({ level }) => level))).toEqual(new Set(["error", "warning"]));
      expect(
        run?.results.map(({ ruleId, level, locations: [location] }) => ({
          code: ruleId,
          severity: level,
          file: location?.physicalLocation.artifactLocation.uri,
          line: location?.physicalLocation.region.startLine,
          column: location?.physicalLocation.region.startColumn,
        })),
      ).toEqual(
        findings.map(({ code: id, severity, file, line, column }) => ({ code: id, severity, file, line, column })),
      );
      for (const { ruleId, ruleIndex } of run?.results ?? []) {
        expect(run?.tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
      }
    });
  });

  it("gives SARIF for a mapping without findings, and not together with --json", async () => {
    const files = { "map.yaml": mapping("LifeCycle.NextSteps: { from: NextStep }") };
    await inFolder(files, async (folder) => {
      const { code, stdout } = await runCosell(["mapping", "check", "map.yaml", "--sarif"], { folder });
      expect(code).toBe(0);
      expect(sarif.parse(JSON.parse(stdout)).runs[0]?.results).toEqual([]);
      const both = await runCosell(["mapping", "check", "map.yaml", "--sarif", "--json"], { folder });
      expect(both.code).toBe(2);
      expect(JSON.parse(both.stdout)).toMatchObject({ error: { kind: "usage" } });
    });
  });
});
