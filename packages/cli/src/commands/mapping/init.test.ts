import { describe, expect, it } from "@jest/globals";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { shippedMapping } from "../../session/shipped-mapping.ts";
import { installConnector } from "../../testing/connector-package.ts";
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
      expect(JSON.parse(made.stdout)).toEqual({ file: "deals.yaml", todos: expect.any(Number), lacking: [] });
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

  it("works for any connector of the configuration: its schema is what the connector describes", async () => {
    await inFolder({}, async (folder) => {
      await installConnector(folder, "@acme/crm");
      const columns = "{ Name: { length: 120 }, AWS_Opportunity_Id: { unique: true }, Close_Date: { type: date } }";
      const deal = `{ file: deals.csv, key: Id, fields: ${columns} }`;
      const configuration = [
        "version: 1",
        "partnerCentral: { catalog: Sandbox }",
        `connections: { crm: { connector: "@acme/crm", folder: ., objects: { Deal: ${deal} } } }`,
        "syncs: {}",
      ];
      await writeFile(join(folder, "cosell.yaml"), configuration.join("\n"));
      await writeFile(join(folder, "deals.csv"), "Id,Name,AWS_Opportunity_Id,Deal name,Close_Date,Stage\n");
      const run = (...more: readonly string[]) => runCosell(["mapping", ...more], { folder });
      const init = ["init", "--object", "Deal", "--connection", "crm"];
      const made = await run(...init, "--output", "deals.yaml");
      expect(made).toMatchObject({ code: 0, stdout: expect.not.stringContaining("has no text field") });
      const text = await readFile(join(folder, "deals.yaml"), "utf8");
      expect(text).toContain("id: tiny.deal\ncrm: { connector: tiny, object: Deal }\n");
      expect(text).toContain("LifeCycle.TargetCloseDate: { from: Close_Date, steps: [date] }");
      await writeFile(
        join(folder, "cosell.yaml"),
        configuration.join("\n").replace("{}", "{ deals: { connection: crm, mapping: deals.yaml } }"),
      );
      expect(await run("snapshot", "deals.yaml")).toMatchObject({ code: 0 });
      const schema = ["--schema", "snapshots/tiny.Deal.json"];
      expect((await run("check", "deals.yaml", ...schema)).stdout).toContain("0 errors");
      // By name, by package, or by neither, the connector is the same.
      for (const named of [[], ["--connector", "tiny"], ["--connector", "@acme/crm"]]) {
        expect(await run(...init, ...named)).toEqual({ code: 0, stdout: text, stderr: "" });
        expect(await run("init", "--object", "Deal", ...schema, ...named)).toMatchObject({ code: 0 });
      }
      expect(await run(...init, "--connector", "telex")).toMatchObject({
        code: 2,
        stderr: expect.stringContaining('No connector is called "telex"'),
      });
      expect(await run("init", "--object", "Deal", "--connection", "crn")).toMatchObject({
        code: 2,
        stderr: expect.stringContaining('No connection is called "crn"; there is crm.'),
      });
    });
  }, 120_000);

  it("puts what the checker would refuse into a comment, with what it says", async () => {
    const hard = JSON.parse(bare) as { objects: { Opportunity: { fields: object[] } } };
    hard.objects.Opportunity.fields.push(
      field("LossReason", "url"),
      field("Next step", "string"),
      field("constructor", "string"),
      field("AWS_Opportunity_Id__c", "string"),
    );
    await inFolder({ "crm.json": JSON.stringify(hard) }, async (folder) => {
      const made = await runCosell(words("crm.json", "--output", "deals.yaml"), { folder });
      expect(made.code).toBe(0);
      const text = await readFile(join(folder, "deals.yaml"), "utf8");
      expect(text).toMatch(
        /# TODO: LifeCycle\.ClosedLostReason .*: add a table\.\n +# LifeCycle\.ClosedLostReason: \{/,
      );
      // The field in which Cosell writes AWS's id is nothing to send.
      expect(text.split("AWS_Opportunity_Id__c")).toHaveLength(2);
      const check = await runCosell(["mapping", "check", "deals.yaml", "--schema", "crm.json"], { folder });
      expect(check).toMatchObject({ code: 0, stdout: expect.stringContaining("0 errors") });
    });
  }, 120_000);

  it("names the schema for editors as the other mappings do, from where the new one lies", async () => {
    const line = "# yaml-language-server: $schema=";
    const other = `${line}lib/mapping.v1.json\nextends: salesforce.opportunity\n`;
    await inFolder({ "crm.json": bare, "other.yaml": other }, async (folder) => {
      const run = (...more: readonly string[]) => runCosell(words("crm.json", ...more), { folder });
      expect((await run()).stdout.split("\n")[0]).toBe(`${line}lib/mapping.v1.json`);
      const configuration = "version: 1\nsyncs: { deals: { mapping: other.yaml } }\n";
      await writeFile(join(folder, "cosell.yaml"), configuration);
      await run("--output", "mappings/deals.yaml");
      const text = await readFile(join(folder, "mappings/deals.yaml"), "utf8");
      expect(text.split("\n")[0]).toBe(`${line}../lib/mapping.v1.json`);
      await rm(join(folder, "cosell.yaml"));
      await writeFile(join(folder, "other.yaml"), "extends: salesforce.opportunity\n");
      expect((await run()).stdout).not.toContain(line);
      // The first mapping of all gets the schema that is installed, if one is.
      await rm(join(folder, "other.yaml"));
      expect((await run()).stdout).not.toContain(line);
      const schema = join(folder, "node_modules/@cosell/core/schema");
      await mkdir(schema, { recursive: true });
      await writeFile(join(schema, "mapping.v1.json"), "{}");
      expect((await run()).stdout.split("\n")[0]).toBe(`${line}node_modules/@cosell/core/schema/mapping.v1.json`);
    });
  }, 120_000);
});
