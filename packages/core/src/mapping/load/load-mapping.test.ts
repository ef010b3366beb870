import { describe, expect, it } from "@jest/globals";
import { head } from "../__fixtures__/mapping-of.ts";
import { formatFinding } from "../finding.ts";
import { loadMapping } from "./load-mapping.ts";

function findingsOf(body: string): readonly string[] {
  return loadMapping({ file: "deal.yaml", text: `${head}\n${body}` }).findings.map(formatFinding);
}

describe("loadMapping reports what is wrong with the form, with its place", () => {
  it.each([
    [
      "a misspelt key of a rule",
      "outbound:\n  Project.Title: { form: Name }",
      [
        'deal.yaml:7:20  error  unknown-key  The rule for Project.Title has no key "form". It may have: from, const, template, list, each, fields, choose, when, steps, table, default, required, write. (did you mean from?)',
      ],
    ],
    [
      "a misspelt key of the mapping",
      "outbond: {}",
      [
        'deal.yaml:6:1  error  unknown-key  A mapping has no key "outbond". It may have: version, kind, extends, id, crm, match, link, tables, outbound, inbound, leftOut, authority. (did you mean outbound?)',
      ],
    ],
    [
      "a misspelt comparison",
      "match: { Shared__c: { eqq: true } }",
      [
        'deal.yaml:6:23  error  unknown-key  A condition has no comparison "eqq". It may have: eq, ne, in, notIn, exists, gt, gte, lt, lte. (did you mean eq?)',
      ],
    ],
    [
      "a duplicate key",
      "outbound: {}\noutbound: {}",
      ['deal.yaml:7:1  error  duplicate-key  "outbound" is here already, on line 6.'],
    ],
    [
      "a tab",
      "outbound:\n\tProject.Title: { from: Name }",
      ["deal.yaml:7:1  error  yaml  Tabs are not allowed as indentation"],
    ],
    [
      "two verbs",
      "outbound:\n  Project.Title: { from: Name, const: x }",
      [
        "deal.yaml:7:3  error  one-source  The rule for Project.Title needs exactly one of: from, const, template, list, each, fields, choose (it has from and const).",
      ],
    ],
    [
      "a table without a policy",
      "tables:\n  stage: { outbound: { A: B } }",
      [
        "deal.yaml:7:3  error  no-miss-policy  The table stage must say what happens to a value that it does not list: otherwise: error, omit, or { value: … }.",
      ],
    ],
    [
      "a path that every object inherits",
      "outbound:\n  Project.Title: { from: constructor }",
      ["deal.yaml:7:26  error  bad-path  from must be a path such as Account.Name."],
    ],
    [
      "a template with a stray brace",
      'outbound:\n  Project.Title: { template: "{Name" }',
      ['deal.yaml:7:30  error  bad-template  "{" in the template is not a path in braces, such as {Account.Name}.'],
    ],
    [
      "steps at a list",
      "outbound:\n  Customer.Contacts: { each: Roles.records, fields: {}, steps: [first] }",
      ['deal.yaml:7:57  error  misplaced-key  "steps" does not go with "each": write it at the fields.'],
    ],
    [
      "when to send a member of a list's item",
      "outbound:\n  Customer.Contacts: { each: Roles.records, fields: { Email: { from: Email, write: once } } }",
      ['deal.yaml:7:77  error  misplaced-key  "write" does not go inside a list: write it at the list.'],
    ],
    [
      "steps at an item of a list under a condition",
      "outbound:\n  Customer.Contacts: { list: [{ when: { A: { eq: 1 } }, fields: {}, steps: [first] }] }",
      ['deal.yaml:7:69  error  unknown-key  An item of list has no key "steps". It may have: when, fields.'],
    ],
    [
      "an unknown authority",
      "authority: { default: crmm }",
      [
        "deal.yaml:6:23  error  unknown-choice  The authority over default must be one of: crm, aws, ask. (did you mean crm?)",
      ],
    ],
  ])("%s", (_what, body, expected) => {
    expect(findingsOf(body)).toEqual(expected);
  });

  it("finds several mistakes in one run, in the order of the file", () => {
    const findings = findingsOf("outbound:\n  A: { form: x }\n  B: { from: x, whn: {} }\n  C: {}\n");
    expect(findings.map((line) => line.split("  ")[0])).toEqual(["deal.yaml:7:8", "deal.yaml:8:17", "deal.yaml:9:3"]);
  });

  it("says which parts are missing", () => {
    const { document, findings } = loadMapping({ file: "deal.yaml", text: "version: 2\n" });
    expect(document).toBeUndefined();
    expect(findings.map(({ code }) => code)).toEqual(["missing-key", "missing-key", "missing-key", "unknown-version"]);
  });

  it.each([
    ["nothing", ""],
    ["a list", "- a"],
    ["a word", "hello"],
    ["two documents", `${head}\n---\n${head}`],
    ["broken YAML", "a: [1, 2"],
    ["very deep YAML", `a: ${"[".repeat(5000)}`],
    ["a deep mapping", `match: ${"{ not: ".repeat(60)}{}${" }".repeat(60)}`],
    ["an unknown alias", "a: *b"],
  ])("takes %s without throwing", (_what, text) => {
    const { document, findings } = loadMapping({ file: "deal.yaml", text });
    expect(document).toBeUndefined();
    expect(findings).not.toHaveLength(0);
  });

  it("refuses aliases that multiply", () => {
    const bomb = "outbound: {}\ntables: { a: &a { otherwise: error }, b: &b { c: *a, d: *a }, e: { f: *b, g: *b } }";
    expect(findingsOf(bomb)).toContain(
      "deal.yaml:7:50  error  nested-alias  An alias inside an anchored value is not allowed: write the value out.",
    );
  });
});

describe("loadMapping keeps what the author wrote", () => {
  const { document } = loadMapping({
    file: "deal.yaml",
    text: `${head}\noutbound:\n  A: { const: 1.0 }\n  B: { const: no }\n  C: { const: 2026-01-02 }\n  D: { const: 007 }\n`,
  });

  it.each([
    ["a number", 0, "1.0"],
    ["no", 1, "no"],
    ["a date", 2, "2026-01-02"],
    ["zeros in front", 3, "007"],
  ])("%s", (_what, index, text) => {
    const source = document?.outbound[index]?.body.source;
    expect(source).toMatchObject({ verb: "const", constant: { literal: { text } } });
  });
});

describe("tables in files of their own", () => {
  const text = `${head}\ntables:\n  industry: { extends: tables/industry.yaml, outbound: { Bank: Retail }, otherwise: omit }\n`;

  it("lays its own rows over the file's, and keeps the file's places", () => {
    const { document, findings } = loadMapping({
      file: "deal.yaml",
      text,
      resolve: (reference, from) =>
        from === "deal.yaml"
          ? { file: reference, text: "outbound:\n  Bank: Financial Services\n  Clinic: Healthcare\n" }
          : undefined,
    });
    expect(findings).toEqual([]);
    expect(document?.tables[0]?.outbound.map(({ from, to }) => [from.text, to.text, to.at.file, to.at.line])).toEqual([
      ["Bank", "Retail", "deal.yaml", 7],
      ["Clinic", "Healthcare", "tables/industry.yaml", 3],
    ]);
  });

  it("reports a file that is not there, and one that extends itself", () => {
    const circle = { file: "tables/industry.yaml", text: "extends: industry.yaml\noutbound: { A: B }" };
    const codes = (resolve: () => typeof circle | undefined) =>
      loadMapping({ file: "deal.yaml", text, resolve }).findings.map(
        ({ code, file, line }) => `${file}:${line} ${code}`,
      );
    expect(codes(() => undefined)).toEqual(["deal.yaml:7 bad-extends"]);
    expect(codes(() => circle)).toEqual(["tables/industry.yaml:1 bad-extends"]);
  });

  it("reports a mistake inside the file at its place there", () => {
    const { findings } = loadMapping({
      file: "deal.yaml",
      text,
      resolve: (file) => ({ file, text: "outbound: { A: B }\nothrwise: error\n" }),
    });
    expect(findings).toMatchObject([
      { file: "tables/industry.yaml", line: 2, column: 1, code: "unknown-key", suggestion: "otherwise" },
    ]);
  });
});
