import { globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import {
  bodyKeys,
  comparisons,
  joiners,
  missPolicies,
  ruleOnlyKeys,
  stepDefinitions,
  verbs,
  wholeExample,
} from "@cosell/core/mapping-schema";
import { mappingText } from "../reference/run-example.ts";
import { type Editor, openEditor } from "./editor.ts";
import { plantedMistakes } from "./planted-mistakes.ts";

const folder = new URL("../../mappings/", import.meta.url);
const shipped = readFileSync(new URL("salesforce.opportunity.yaml", folder), "utf8");

const modeline = "# yaml-language-server: $schema=../packages/core/schema/mapping.v1.json";
const modelineBelow = modeline.replace("=../", "=../../");

/** The shipped mapping with one place written differently. */
function edited(...[from, to]: readonly [string, string]): string {
  expect(shipped.split(from)).toHaveLength(2);
  return shipped.replace(from, () => to);
}

describe("a mapping in an editor", () => {
  let editor: Editor;
  beforeAll(async () => {
    editor = await openEditor(folder);
  });
  afterAll(() => editor.close());

  it("names its schema in its first line where it is shipped, and nothing of it is underlined", async () => {
    const names = globSync("{.,examples}/*.yaml", { cwd: fileURLToPath(folder), exclude: ["**/*.cases.yaml"] });
    expect(names).toContain("salesforce.opportunity.yaml");
    for (const name of names) {
      const text = readFileSync(new URL(name, folder), "utf8");
      const inExamples = name.startsWith("examples");
      expect({ name, line: text.split("\n")[0] }).toEqual({ name, line: inExamples ? modelineBelow : modeline });
      // The editor opens every text in the one folder.
      expect(await editor.diagnose(text.replace(modelineBelow, modeline))).toEqual([]);
    }
  });

  it("underlines nothing of the reference's examples", async () => {
    const examples = Object.values({ ...verbs, ...bodyKeys, ...ruleOnlyKeys, ...missPolicies }).map(
      ({ example }) => example,
    );
    const rules = examples.map(({ outbound, tables }) => mappingText({ tables, outbound }));
    const conditions = Object.values({ ...comparisons, ...joiners }).map(
      ({ condition }) => `${mappingText({})}match: ${condition}\n`,
    );
    const calls = Object.values(stepDefinitions).map(({ example }) => example.call);
    const steps = mappingText({ outbound: `Project.Title: { from: Name, steps: [${calls.join(", ")}] }` });
    const texts = [wholeExample.yaml, ...rules, ...conditions, steps].map((text) => `${modeline}\n${text}`);
    const found = await Promise.all(texts.map((text) => editor.diagnose(text)));
    expect(found.flat()).toEqual([]);
  });

  it("underlines every word that the language does not have, with what it would take", async () => {
    const text = [
      modeline,
      "version: 1",
      "id: mine",
      "crm: { connector: salesforce, object: Opportunity }",
      "link: { opportunityId: AWS_Opportunity_Id__c }",
      "mach: { Name: { exists: true } }",
      "outbound:",
      "  Project.Titel: { from: Name }",
      "  Origin: { const: Partner Referal }",
      "  Project.Title: { frm: Name, steps: [{ truncat: 255 }] }",
      "  LifeCycle.NextSteps: { from: NextStep, steps: [{ truncate: many }] }",
      "  Customer.Contacts: { each: Roles.records, fields: { Emial: { from: Contact.Email } } }",
      "inbound:",
      "  StageName: { from: LifeCycle.Stge }",
      "authority: { LifeCycle.Stage: amazon }",
    ].join("\n");
    expect(await editor.diagnose(text)).toEqual([
      "6: Property mach is not allowed.",
      "8: Property Project.Titel is not allowed.",
      '9: Value is not accepted. Valid values: "AWS Referral", "Partner Referral".',
      '10: Missing property "from".',
      "10: Property frm is not allowed.",
      "10: Property truncat is not allowed.",
      '11: Incorrect type. Expected "number | { from: path }".',
      "12: Property Emial is not allowed.",
      "14: AWS Partner Central has no such field to read.",
      '15: Value must be "crm" | "aws" | "ask".',
    ]);
  });

  it("underlines no line in which the checker finds nothing", async () => {
    const found = plantedMistakes.map(async ({ name, text, lines }) => {
      const underlined = await editor.diagnose(`${modeline}\n${text}`);
      return underlined.filter((line) => !lines.has(Number.parseInt(line, 10) - 1)).map((line) => `${name}: ${line}`);
    });
    expect((await Promise.all(found)).flat()).toEqual([]);
  });

  it("leaves a connector's functions to the checker, and still knows a misspelt step", async () => {
    const calls = "[lower, acme.initials, { acme.mask: { value: 3, sign: x } }, { acme.mask: 3 }]";
    const text = edited("{ from: LifeCycle.ReviewComments }", `{ from: LifeCycle.ReviewComments, steps: ${calls} }`);
    expect(await editor.diagnose(text)).toEqual([]);
    expect(await editor.diagnose(text.replace("[lower", "[lowr"))).toEqual([expect.stringMatching(/^\d+: /)]);
  });

  it("asks an overlay for nothing, and lets it take rules away", async () => {
    const overlay = [
      modeline,
      "extends: salesforce.opportunity",
      "outbound: { Marketing.CampaignName: null, Project.AdditionalComments: { from: Comments__c } }",
      "tables: { industry: { outbound: { Fishing: Agriculture } } }",
    ].join("\n");
    expect(await editor.diagnose(overlay)).toEqual([]);
    expect(await editor.diagnose(overlay.replace("extends", "id"))).toContain('2: Missing property "version".');
  });

  it("takes no outbound half from a mapping of invitations", async () => {
    const found = await editor.diagnose(edited("\nversion: 1\n", "\nversion: 1\nkind: invitation\n"));
    expect(found.map((line) => line.replace(/^\d+: /u, ""))).toEqual([
      "Property link is not allowed.",
      "Property outbound is not allowed.",
      "Property authority is not allowed.",
      "Property leftOut is not allowed.",
    ]);
  });

  it("offers the targets that are not mapped yet for a misspelt one", async () => {
    const offered = await editor.complete(edited("LifeCycle.NextSteps: { from: NextStep }", "LifeCycle.Nxt‸"));
    expect(offered).toContain("LifeCycle.NextSteps");
    expect(offered).not.toContain("LifeCycle.Stage");
  });

  it("offers AWS's stages in a condition, in a table and as a constant", async () => {
    const stages = ["Prospect", "Qualified", "Technical Validation", "Business Validation", "Committed", "Launched"];
    const inCondition = edited("{ LifeCycle.Stage: { eq: Closed Lost } }", "{ LifeCycle.Stage: { eq: Clo‸ } }");
    expect(await editor.complete(inCondition)).toEqual(expect.arrayContaining([...stages, "Closed Lost"]));
    const inTable = edited("New Customer: Net New Business", "New Customer: ‸");
    expect(await editor.complete(inTable)).toEqual(expect.arrayContaining([...stages, "Expansion"]));
    const asConstant = edited("LifeCycle.Stage: { from: StageName, table: stage }", "LifeCycle.Stage: { const: Q‸ }");
    expect(await editor.complete(asConstant)).toEqual([...stages, "Closed Lost"]);
  });

  it("offers steps, members of a list's items, and what an inbound rule can read", async () => {
    const steps = await editor.complete(
      edited(
        "      Email: { from: Contact.Email, steps: [lower] }",
        "      Email: { from: Contact.Email, steps: [lo‸] }",
      ),
    );
    expect(steps).toEqual(expect.arrayContaining(["lower", "truncate", "html-to-text"]));
    expect(await editor.complete(edited("      FirstName: { from: Contact.FirstName }", "      ‸"))).toEqual([
      "FirstName",
    ]);
    const readable = await editor.complete(edited("{ from: LifeCycle.ReviewComments }", "{ from: LifeCycle.Rev‸ }"));
    expect(readable).toEqual(
      expect.arrayContaining(["LifeCycle.ReviewComments", "Summary.LifeCycle.Stage", "Link.status"]),
    );
  });

  it("says what a step, a target and a key are for", async () => {
    expect(await editor.hover(edited("steps: [country]", "steps: [coun‸try]"))).toContain("code of two letters");
    expect(await editor.hover(edited("{ truncate: 80 }", "{ trun‸cate: 80 }"))).toContain("At most so many characters");
    const title = await editor.hover(edited("Project.Title: {", "Project.Ti‸tle: {"));
    expect(title).toMatch(/Text, up to 255 characters.*Can be changed: Pending Submission/su);
    expect(await editor.hover(edited("\nmatch:", "\nmat‸ch:"))).toContain("which records take part");
  });
});
