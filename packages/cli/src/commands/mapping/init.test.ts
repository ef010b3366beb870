import { describe, expect, it } from "@jest/globals";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { shippedMapping } from "../../session/shipped-mapping.ts";
import { inFolder, runCosell } from "../../testing/run-cosell.ts";

const shipped = join(dirname(shippedMapping("salesforce.opportunity.yaml")), "snapshots/salesforce.Opportunity.json");
const words = (schema: string, ...more: readonly string[]) => [
  ...["mapping", "init", "--connector", "salesforce", "--object", "Opportunity", "--schema", schema],
  ...more,
];

const field = (name: string, type: string, more = {}) => ({
  ...{ name, label: name, type, required: false, creatable: true, updatable: true },
  ...more,
});
const choice = (value: string) => ({ value, label: value, active: true });
/** A CRM that is nearly bare: a deal without company, owner or contacts. */
const bare = JSON.stringify({
  connector: "salesforce",
  object: "Opportunity",
  objects: {
    Opportunity: {
      object: "Opportunity",
      label: "Deal",
      fields: [
        field("Id", "id"),
        field("Name", "string", { length: 120 }),
        field("StageName", "picklist", {
          picklist: [
            ...["CLOSED_LOST", "Negotiation", "Thinking: maybe"].map(choice),
            { value: "s9", label: "Closed won", active: true },
            { value: "old", label: "Old", active: false },
          ],
        }),
        field("Value", "currency"),
        field("Value_In_Home_Currency", "currency"),
        field("Currency", "string", { length: 3 }),
        field("CloseDate", "boolean"),
        field("Project_Titel", "string", { length: 80 }),
        field("SalesActivites", "multipicklist", { picklist: [choice("Called")] }),
      ],
      relations: [],
    },
  },
});

describe("cosell mapping init", () => {
  it("writes a starter that checks without errors, for the shipped schema of Salesforce", async () => {
    await inFolder({}, async (folder) => {
      const made = await runCosell(words(shipped, "--output", "deals.yaml", "--json"), { folder });
      expect(made.code).toBe(0);
      expect(JSON.parse(made.stdout)).toEqual({ file: "deals.yaml", todos: expect.any(Number) });
      const check = await runCosell(["mapping", "check", "deals.yaml", "--schema", shipped, "--json"], { folder });
      const { findings } = JSON.parse(check.stdout) as { findings: { severity: string; code: string }[] };
      expect(findings.filter(({ severity }) => severity === "error")).toEqual([]);
      expect(check.code).toBe(0);
      expect((await runCosell(["mapping", "fmt", "--check", "deals.yaml"], { folder })).code).toBe(0);
      const coverage = await runCosell(["mapping", "coverage", "deals.yaml", "--json"], { folder });
      const { counts } = JSON.parse(coverage.stdout) as { counts: { mapped: number; missing: number } };
      expect(counts.missing).toBe(0);
      expect(counts.mapped).toBeGreaterThan(40);
    });
  });

  it("proposes by names and types, and says TODO where it guesses or cannot know", async () => {
    const { code, stdout } = await runCosell(words(shipped));
    expect(code).toBe(0);
    for (const rule of [
      "match: { AWS_Cosell__c: { eq: true } }",
      "link: { opportunityId: AWS_Opportunity_Id__c }",
      "LifeCycle.TargetCloseDate: { from: CloseDate, steps: [date] }",
      "Customer.Account.WebsiteUrl: { from: Account.Website }",
      "LifeCycle.Stage: { from: StageName, table: stage }",
      "Closed Won: Launched # TODO: a guess: check it.",
      "# TODO: Needs Analysis: which of AWS's values is it?",
      "AWS_Review_Status__c: { from: LifeCycle.ReviewStatus }",
    ])
      expect(stdout).toContain(rule);
    // Nothing is sent to a reviewer before a person has said so.
    expect(stdout).not.toMatch(/^ *Submission/m);
  });

  it("makes the best of a CRM with little in it, and leaves out what cannot be whole", async () => {
    await inFolder({ "crm.json": bare }, async (folder) => {
      const { stdout } = await runCosell(words("crm.json"), { folder });
      expect(stdout).toContain('Project.Title: { template: "{Name}"');
      expect(stdout).toContain("CLOSED_LOST: Closed Lost\n");
      expect(stdout).toContain("s9: Launched # TODO: a guess: check it. (Closed won)");
      expect(stdout).not.toContain("old:");
      expect(stdout).toContain("CurrencyCode: { from: Currency, default: USD }");
      expect(stdout).toContain('# TODO: "Thinking: maybe": which of AWS\'s values is it?');
      expect(stdout).toMatch(
        /# TODO: found by its name only: check it\.\n +Project\.SalesActivities: \{ from: SalesActivites/,
      );
      expect(stdout).toContain("# TODO: make a text field");
      expect(stdout).not.toContain("TargetCloseDate");
      expect(stdout).not.toMatch(/^ +(Assignee|Customer)\.\w+\.?\w*: \{/m);
      // What is left for a person is the link's field, and nothing else.
      await runCosell(words("crm.json", "--output", "deals.yaml"), { folder });
      const check = await runCosell(["mapping", "check", "deals.yaml", "--schema", "crm.json", "--json"], { folder });
      const { findings } = JSON.parse(check.stdout) as { findings: { severity: string; message: string }[] };
      expect(findings.filter(({ severity }) => severity === "error").map(({ message }) => message)).toEqual([
        'Opportunity has no field "AWS_Opportunity_Id".',
      ]);
    });
  });

  it("never writes over a file, and says which schema it wants", async () => {
    await inFolder({ "deals.yaml": "mine", "crm.json": bare }, async (folder) => {
      const run = (...line: readonly string[]) => runCosell(line, { folder });
      expect(await run(...words("crm.json", "--output", "deals.yaml"))).toMatchObject({
        code: 2,
        stderr: expect.stringContaining("is there already"),
      });
      expect(await readFile(join(folder, "deals.yaml"), "utf8")).toBe("mine");
      const start = ["mapping", "init", "--object", "Opportunity", "--connector"];
      expect(await run(...start, "salesforce")).toMatchObject({ code: 2, stderr: expect.stringContaining("--schema") });
      expect(await run(...start, "telex", "--schema", "crm.json")).toMatchObject({
        code: 2,
        stderr: expect.stringContaining('No connector is called "telex"'),
      });
      expect(
        await run("mapping", "init", "--connector", "salesforce", "--object", "Deal", "--schema", "crm.json"),
      ).toMatchObject({
        code: 2,
        stderr: expect.stringContaining("does not describe salesforce Deal"),
      });
    });
  });
});
