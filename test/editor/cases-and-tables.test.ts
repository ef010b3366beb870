import { globSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { loadCases, loadMapping } from "@cosell/core";
import { type Editor, openEditor } from "./editor.ts";

const folder = new URL("../../mappings/", import.meta.url);
const schemas = "packages/core/schema/";
const modelineFor = (schema: string): string => `# yaml-language-server: $schema=../${schemas}${schema}`;
const [cases, table] = ["cases.v1.json", "table.v1.json"].map(modelineFor) as [string, string];

let editor: Editor;
beforeAll(async () => {
  editor = await openEditor(folder);
});
afterAll(() => editor.close());

/** Shipped files, each as the editor opens it: in the one folder, which its first line then counts from. */
function shipped(pattern: string): readonly { readonly name: string; readonly line: string; readonly text: string }[] {
  return globSync(pattern, { cwd: fileURLToPath(folder) }).map((name) => {
    const below = dirname(name) === "." ? "" : "../";
    const text = readFileSync(new URL(name, folder), "utf8");
    const line = (text.split("\n")[0] ?? "").replace(`=${below}../`, "=../");
    return { name, line, text: text.replace(`=${below}../`, "=../") };
  });
}

describe("golden cases in an editor", () => {
  it("name their schema in the first line where they are shipped, and nothing of them is underlined", async () => {
    const files = shipped("{.,examples}/*.cases.yaml");
    expect(files.map(({ name }) => name)).toContain("examples/custom-object.cases.yaml");
    for (const { name, line, text } of files) {
      expect({ name, line, found: await editor.diagnose(text) }).toEqual({ name, line: cases, found: [] });
    }
  });

  const wrong = [
    "version: 1",
    "cases:",
    "  - name: one",
    "    source: { Name: a }",
    "    expect: { payoad: {}, issues: [{ code: missing, target: Project.Title, at: 3 }] }",
    "  - name: two",
    "    inbound: { opportunty: {} }",
    "    expect: { payload: {} }",
    "  - name: three",
    "    source: text",
    "    expect: { issues: [{ code: missing }] }",
    "  - name: four",
    "    expected: {}",
  ].join("\n");

  it("are underlined where a word is none, and where `cosell mapping test` finds the same", async () => {
    const underlined = await editor.diagnose(`${cases}\n${wrong}`);
    expect(underlined).toEqual([
      "6: Property payoad is not allowed.",
      "6: Property at is not allowed.",
      "8: Property opportunty is not allowed.",
      "9: Property payload is not allowed.",
      '11: Incorrect type. Expected "object".',
      '12: Missing property "target".',
      '13: Missing property "expect".',
      '13: Missing property "source".',
      "14: Property expected is not allowed.",
    ]);
    const { findings } = loadCases({ file: "x", text: wrong });
    // A case that is wrong as a whole is told at its first line.
    const lines = new Set(findings.flatMap(({ line, code }) => (code === "wrong-shape" ? [line, line + 1] : [line])));
    expect(underlined.filter((text) => !lines.has(Number.parseInt(text, 10) - 1))).toEqual([]);
  });

  it("are completed from AWS's model, which is not forced upon them", async () => {
    const inCase = (expectation: string) =>
      `${cases}\nversion: 1\ncases:\n  - name: a\n    source: { Name: a }\n    expect:\n${expectation}`;
    expect(await editor.complete(inCase("      payload:\n        LifeCycle:\n          ‸"))).toEqual(
      expect.arrayContaining(["Stage", "TargetCloseDate"]),
    );
    expect(await editor.complete(inCase("      payload: { LifeCycle: { Stage: Q‸ } }"))).toEqual(
      expect.arrayContaining(["Qualified", "Closed Lost"]),
    );
    expect(await editor.complete(inCase("      ‸"))).toEqual(
      expect.arrayContaining(["payload", "related", "assignee", "submission", "issues"]),
    );
    expect(await editor.hover(inCase("      sub‸mission: null"))).toContain("submitted for review");
    expect(await editor.diagnose(inCase("      payload: { LifeCycle: { Stage: Elsewhere, Own: 1 } }"))).toEqual([]);
  });
});

describe("a file of tables in an editor", () => {
  it("names its schema in the first line where it is shipped, and nothing of it is underlined", async () => {
    const files = shipped("tables/*.yaml");
    expect(files.map(({ name }) => name)).toContain("tables/industry.yaml");
    for (const { name, line, text } of files) {
      expect({ name, line, found: await editor.diagnose(text) }).toEqual({ name, line: table, found: [] });
    }
  });

  it("is underlined where the checker of a mapping that extends it has a finding", async () => {
    const wrong = "outbund: { New: Prospect }\noutbound: { New: [Prospect] }\notherwise: ignore\n";
    const underlined = await editor.diagnose(`${table}\n${wrong}`);
    expect(underlined.map((line) => line.split(":")[0])).toEqual(["2", "3", "4"]);
    const mapping = "version: 1\nid: a\ncrm: { connector: a, object: b }\nlink: { opportunityId: c }\n";
    const { findings } = loadMapping({
      file: "deal.yaml",
      text: `${mapping}tables: { stage: { extends: stage.yaml } }\n`,
      resolve: () => ({ file: "stage.yaml", text: wrong }),
    });
    expect(new Set(findings.flatMap(({ file, line }) => (file === "stage.yaml" ? [line] : [])))).toEqual(
      new Set([1, 2, 3]),
    );
  });

  it("is completed with AWS's values", async () => {
    const offered = await editor.complete(`${table}\noutbound:\n  New: ‸\n`);
    expect(offered).toEqual(expect.arrayContaining(["Prospect", "Net New Business"]));
    expect(await editor.hover(`${table}\noutb‸ound: { New: Prospect }\n`)).toContain("The CRM's value on the left");
  });
});
