import { describe, expect, it } from "@jest/globals";
import { hashOf } from "../compile/hash.ts";
import type { MappingDocument } from "../document.ts";
import { formatFinding } from "../finding.ts";
import { loadMapping, type LoadedMapping } from "./load-mapping.ts";

const base = `version: 1
id: testcrm.deal
crm: { connector: testcrm, object: Deal }
match: { Shared__c: { eq: true } }
link: { opportunityId: Opportunity_Id__c }
tables:
  stage: { outbound: { New: Prospect, Won: Launched }, inbound: { Launched: Won }, otherwise: error }
  industry: { extends: industry.yaml, outbound: { Spa: Healthcare }, otherwise: omit }
outbound:
  Project.Title: { from: Name }
  Marketing.Source: { const: None }
  LifeCycle.Stage: { from: StageName, table: stage }
inbound:
  StageName: { from: LifeCycle.Stage, table: stage }
authority: { default: ask, LifeCycle.Stage: aws }
leftOut:
  Project.Seats: Nobody knows.
  Project.Public: Nobody asks.
`;

const industry = "outbound:\n  Bank: Financial Services\n  Clinic: Healthcare\n";
const files = new Map([
  ["base.yaml", base],
  ["industry.yaml", industry],
]);

function load(overlay: string, more: readonly (readonly [file: string, text: string])[] = []): LoadedMapping {
  const all = new Map([...files, ...more]);
  const resolve = (reference: string) => {
    const text = all.get(reference);
    return text === undefined ? undefined : { file: reference, text };
  };
  return loadMapping({ file: "own.yaml", text: overlay, resolve });
}

function documentOf(overlay: string): MappingDocument {
  const { document, findings } = load(overlay);
  if (document === undefined || findings.length > 0) throw new Error(findings.map(formatFinding).join("\n"));
  return document;
}

const targets = ({ outbound }: MappingDocument) =>
  outbound.map(({ target: { text, at } }) => `${text} ${at.file}:${at.line}`);

const rows = ({ tables }: MappingDocument, name: string, side: "outbound" | "inbound" = "outbound") =>
  tables
    .find((table) => table.name.text === name)
    ?.[side]?.map(({ from, to }) => `${from.text} → ${to.text} ${to.at.file}:${to.at.line}`);

describe("an overlay", () => {
  it("that says nothing is the mapping that it extends", () => {
    const { document } = loadMapping({ file: "base.yaml", text: base, resolve: (file) => ({ file, text: industry }) });
    expect(hashOf(documentOf("extends: base.yaml\n"))).toBe(document && hashOf(document));
  });

  it("replaces rules in their place, removes those that are null, and adds new ones behind", () => {
    const document = documentOf(
      "extends: base.yaml\noutbound:\n  Project.Seats: { from: Seats }\n  Marketing.Source: null\n  Project.Title: { from: Subject }\n",
    );
    expect(targets(document)).toEqual([
      "Project.Title own.yaml:5",
      "LifeCycle.Stage base.yaml:12",
      "Project.Seats own.yaml:3",
    ]);
    expect(document.outbound[0]?.body.source).toMatchObject({ verb: "from", paths: [{ text: "Subject" }] });
  });

  it("replaces what a mapping has one of: id, crm, match, link", () => {
    const document = documentOf(
      "extends: base.yaml\nid: own.deal\ncrm: { connector: other, object: Case }\nmatch: {}\nlink: { opportunityId: Own__c }\n",
    );
    expect(document).toMatchObject({
      file: "own.yaml",
      id: "own.deal",
      crm: { connector: { text: "other" }, object: { text: "Case" } },
      match: { kind: "all", of: [] },
      link: { opportunityId: { text: "Own__c" } },
    });
  });

  it("lays the authority and the reasons over the base's; a reason falls with a rule for its target", () => {
    const document = documentOf(
      "extends: base.yaml\nauthority: { LifeCycle.Stage: null, Project.Title: crm }\nleftOut: { Project.Budget: Secret. }\noutbound: { Project.Seats: { from: Seats } }\n",
    );
    expect(document.authority).toMatchObject({ default: "ask", entries: [{ path: { text: "Project.Title" } }] });
    expect(document.leftOut?.entries.map(({ path }) => path.text)).toEqual(["Project.Public", "Project.Budget"]);
  });

  it("lays tables over those of the same name row by row, also over rows of a table file", () => {
    const document = documentOf(
      "extends: base.yaml\ntables:\n  stage: { outbound: { New: Qualified, Lost: Closed Lost }, otherwise: omit }\n  industry: { outbound: { Bank: null, Clinic: Other } }\n",
    );
    expect(rows(document, "stage")).toEqual([
      "New → Qualified own.yaml:3",
      "Won → Launched base.yaml:7",
      "Lost → Closed Lost own.yaml:3",
    ]);
    expect(rows(document, "stage", "inbound")).toEqual(["Launched → Won base.yaml:7"]);
    expect(rows(document, "industry")).toEqual(["Clinic → Other own.yaml:4", "Spa → Healthcare base.yaml:8"]);
    expect(document.tables.map(({ otherwise }) => otherwise.kind)).toEqual(["omit", "omit"]);
  });

  it("starts a table anew that extends a file of its own, or null", () => {
    const document = documentOf(
      "extends: base.yaml\ntables:\n  stage: { extends: null, outbound: { A: B }, otherwise: error }\n  industry: { extends: industry.yaml, otherwise: error }\n",
    );
    expect(rows(document, "stage")).toEqual(["A → B own.yaml:3"]);
    expect(rows(document, "stage", "inbound")).toBeUndefined();
    expect(rows(document, "industry")).toHaveLength(2);
  });

  it("drops a written inverse that is null, and a whole table", () => {
    const document = documentOf("extends: base.yaml\ntables: { stage: { inbound: null }, industry: null }\n");
    expect(document.tables.map(({ name, inbound }) => [name.text, inbound])).toEqual([["stage", undefined]]);
  });

  it("may be extended in turn, as often as one likes", () => {
    const depth = 40;
    const chain = Array.from({ length: depth }, (_, level): [string, string] => [
      `${level}.yaml`,
      `extends: ${level === 0 ? "base" : level - 1}.yaml\noutbound: { Project.Title: { from: Name${level} } }\n`,
    ]);
    const { document, findings } = load(`extends: ${depth - 1}.yaml\n`, chain);
    expect(findings).toEqual([]);
    expect(document?.outbound[0]).toMatchObject({
      target: { at: { file: `${depth - 1}.yaml`, line: 2 } },
      body: { source: { paths: [{ text: `Name${depth - 1}` }] } },
    });
  });
});

describe("what is wrong with an overlay is said where it stands", () => {
  it.each([
    [
      "a base that is not there",
      "extends: bsae.yaml\n",
      ["own.yaml:1:10  error  bad-extends  The mapping bsae.yaml cannot be found."],
    ],
    [
      "a rule that the base does not have to be removed",
      "extends: base.yaml\noutbound: { Project.Titel: null }\n",
      [
        'own.yaml:2:13  warning  nothing-to-remove  The mapping that this one extends has no "Project.Titel" under outbound. (did you mean Project.Title?)',
      ],
    ],
    [
      "a row that the base does not have to be removed",
      "extends: base.yaml\ntables: { stage: { outbound: { Nwe: null } } }\n",
      [
        'own.yaml:2:32  warning  nothing-to-remove  The table that this one is laid over has no row "Nwe". (did you mean New?)',
      ],
    ],
    [
      "a rule of which nothing is written",
      "extends: base.yaml\noutbound:\n  Project.Title:\n",
      ["own.yaml:3:17  error  wrong-shape  The rule for Project.Title must be written as key: value pairs."],
    ],
    [
      "a misspelt key of a rule",
      "extends: base.yaml\noutbound:\n  Project.Title: { form: Name }\n",
      [
        'own.yaml:3:20  error  unknown-key  The rule for Project.Title has no key "form". It may have: from, const, template, list, each, fields, choose, when, steps, table, default, required, write. (did you mean from?)',
      ],
    ],
  ])("%s", (_what, overlay, expected) => {
    expect(load(overlay).findings.map(formatFinding)).toEqual(expected);
  });

  it("and what is wrong with the base, in the base", () => {
    const broken = base.replace("from: Name", "form: Name");
    const { findings } = load("extends: broken.yaml\n", [["broken.yaml", broken]]);
    expect(findings).toMatchObject([{ file: "broken.yaml", line: 10, column: 20, code: "unknown-key" }]);
  });

  it("a circle, at the word that closes it", () => {
    const { document, findings } = load("extends: a.yaml\n", [
      ["a.yaml", "# a\nextends: b.yaml\n"],
      ["b.yaml", "extends: a.yaml\n"],
      ["own.yaml", "extends: a.yaml\n"],
    ]);
    expect(document).toBeUndefined();
    expect(findings.map(formatFinding)).toEqual([
      "b.yaml:1:10  error  bad-extends  The mapping a.yaml extends this one in turn.",
    ]);
  });
});
