import { describe, expect, it } from "@jest/globals";
import { inFolder, runCosell } from "../testing/run-cosell.ts";

const mapping = (outbound: string): string =>
  [
    "version: 1",
    "id: test",
    "crm: { connector: salesforce, object: Opportunity }",
    "link: { opportunityId: AWS_Id__c }",
    "outbound:",
    `  ${outbound}`,
  ].join("\n");

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
});
