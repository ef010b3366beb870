import { describe, expect, it } from "@jest/globals";
import { dealSchema } from "../__fixtures__/deal-schema.ts";
import { dealTarget } from "../__fixtures__/deal-target.ts";
import { documentOf } from "../__fixtures__/mapping-of.ts";
import { formatFinding } from "../finding.ts";
import { checkMapping } from "./check-mapping.ts";

function findingsOf(body: string): readonly string[] {
  return checkMapping(documentOf(body), { target: dealTarget, schema: dealSchema }).map(formatFinding);
}

/** One rule on line 7, with room for tables after it. */
function rule(text: string, rest = ""): string {
  return `outbound:\n  ${text}\n${rest}`;
}

const stageTable = (rows: string, otherwise = "omit") =>
  `tables:\n  stage: { outbound: { ${rows} }, otherwise: ${otherwise} }\n`;

describe("checkMapping finds, with place and suggestion", () => {
  it.each([
    [
      "a misspelt CRM field",
      rule("Project.Title: { from: Nmae }"),
      ['deal.yaml:7:26  error  unknown-source-field  Deal has no field "Nmae". (did you mean Name?)'],
    ],
    [
      "a misspelt field of a related object",
      rule("Project.Title: { from: [Name, Account.Nam] }"),
      ['deal.yaml:7:33  error  unknown-source-field  Account has no field "Nam". (did you mean Account.Name?)'],
    ],
    [
      "a misspelt relation",
      rule("Project.Title: { from: Acount.Name }"),
      ['deal.yaml:7:26  error  unknown-source-field  Deal has no field "Acount". (did you mean Account.Name?)'],
    ],
    [
      "a field of the record inside each",
      rule("Customer.Contacts: { each: Roles.records, fields: { LastName: { from: Account.Name } } }"),
      [
        'deal.yaml:7:73  error  unknown-source-field  Role has no field "Account". (did you mean $record.Account.Name?)',
      ],
    ],
    [
      "a list in the middle of a path",
      rule("Project.Title: { from: Roles.records.Contact.LastName }"),
      [
        'deal.yaml:7:26  error  list-in-path  Roles.records is a list: use "each", or write Roles.records[].Contact.LastName for the values of all.',
      ],
    ],
    [
      "a path below a single field",
      rule("Project.Title: { from: Name.First }"),
      ["deal.yaml:7:26  error  unknown-source-field  Deal.Name is a single field: nothing is below it."],
    ],
    [
      "a stage outside the target's list, in a const",
      rule("LifeCycle.Stage: { const: Qualifed }"),
      [
        'deal.yaml:7:29  error  value-outside-list  "Qualifed" is not among the values that LifeCycle.Stage takes: Prospect, Qualified, Committed, Launched, Closed Lost. (did you mean Qualified?)',
      ],
    ],
    [
      "a stage outside the target's list, in a table",
      stageTable("Prospecting: Prospect, Qualification: Qualifed") +
        rule("LifeCycle.Stage: { from: StageName, table: stage }"),
      [
        'deal.yaml:7:62  error  value-outside-list  "Qualifed" is not among the values that LifeCycle.Stage takes: Prospect, Qualified, Committed, Launched, Closed Lost. (did you mean Qualified?)',
      ],
    ],
    [
      "a default and a miss value outside the list",
      stageTable("Prospecting: Prospect", "{ value: Lost }") +
        rule("LifeCycle.Stage: { from: StageName, table: stage, default: Won }"),
      [
        'deal.yaml:7:69  error  value-outside-list  "Lost" is not among the values that LifeCycle.Stage takes: Prospect, Qualified, Committed, Launched, Closed Lost.',
        'deal.yaml:9:62  error  value-outside-list  "Won" is not among the values that LifeCycle.Stage takes: Prospect, Qualified, Committed, Launched, Closed Lost.',
      ],
    ],
    [
      "CRM values that a table lacks or does not know",
      stageTable("Prospektion: Prospect, Qualification: Qualified", "error") +
        rule("LifeCycle.Stage: { from: StageName, table: stage }"),
      [
        'deal.yaml:7:24  warning  unused-row  StageName has no value "Prospektion" in the CRM. (did you mean Prospecting?)',
        "deal.yaml:9:46  warning  uncovered-values  The table stage has no row for these values of StageName: Prospecting, Closed Won, Closed Lost. A record with one of them cannot be sent.",
      ],
    ],
    [
      "a misspelt target",
      rule("Project.Titel: { from: Name }"),
      [
        'deal.yaml:7:3  error  unknown-target-field  Partner Central has no field "Project.Titel". (did you mean Project.Title?)',
      ],
    ],
    [
      "a misspelt member of a list's item",
      rule("Customer.Contacts: { each: Roles.records, fields: { Emial: { from: Contact.Email } } }"),
      [
        'deal.yaml:7:55  error  unknown-target-field  Partner Central has no field "Emial" in Customer.Contacts[]. (did you mean Email?)',
      ],
    ],
    [
      "a target inside a list",
      rule("Customer.Contacts.Email: { from: Name }"),
      [
        'deal.yaml:7:3  error  target-in-list  Customer.Contacts.Email is inside the list Customer.Contacts: map Customer.Contacts with "each" or "list".',
      ],
    ],
    [
      "a structure mapped as if it were a value",
      rule("Project: { from: Name }"),
      [
        'deal.yaml:7:3  error  wrong-type  Project has fields of its own: map it with "fields", or map its fields one by one.',
      ],
    ],
    [
      "a constant that is too long",
      rule("Project.Title: { const: This title is longer than forty characters }"),
      [
        'deal.yaml:7:27  error  too-long  "This title is longer than forty characters" is longer than Project.Title may be: shorten it to 40 characters, or add the step { truncate: 40 }.',
      ],
    ],
    [
      "an unknown step",
      rule("Project.Title: { from: Name, steps: [lowr] }"),
      ['deal.yaml:7:40  error  unknown-step  There is no step "lowr". (did you mean lower?)'],
    ],
    [
      "arguments that a step does not have, or needs",
      rule("Project.Title: { from: Name, steps: [{ replace: { fnd: a } }, truncate, { truncate: x }] }"),
      [
        'deal.yaml:7:42  error  missing-argument  The step replace needs "find".',
        'deal.yaml:7:53  error  unknown-argument  The step replace has no argument "fnd". (did you mean find?)',
        "deal.yaml:7:65  error  missing-argument  The step truncate needs an argument: { truncate: … }.",
        "deal.yaml:7:77  error  bad-argument  The value cannot be cut: truncate takes a number of characters, such as 255.",
      ],
    ],
    [
      "a step that can never see its type",
      rule("Project.DeliveryModels: { from: Name, steps: [trim, unique] }"),
      [
        "deal.yaml:7:55  error  step-type  The step unique works on a list, and here it gets a text. (did you mean split, before it?)",
      ],
    ],
    [
      "a list for a single value",
      rule('Project.Title: { from: Name, steps: [{ split: ";" }] }'),
      [
        "deal.yaml:7:3  error  wrong-type  Project.Title takes one value, and this gives a list: add the step first, or join.",
      ],
    ],
    [
      "a checkbox for a text",
      rule("Project.Title: { from: Shared__c }"),
      ["deal.yaml:7:3  error  wrong-type  Project.Title takes a text, and this gives true or false: add a table."],
    ],
    [
      "an unknown table, and one that nobody uses",
      stageTable("Prospecting: Prospect") + rule("LifeCycle.Stage: { from: StageName, table: stag }"),
      [
        "deal.yaml:7:3  warning  unused-table  No rule uses the table stage.",
        'deal.yaml:9:46  error  unknown-table  There is no table "stag". (did you mean stage?)',
      ],
    ],
    [
      "a required target that is not mapped",
      rule("Customer.Account.Industry: { const: Other }"),
      [
        "deal.yaml:7:3  error  required-unmapped  Partner Central requires Customer.Account.CompanyName wherever Customer.Account is given, and no rule maps it.",
      ],
    ],
    [
      "a target mapped twice",
      rule("Project.Title: { from: Name }\n  Project: { fields: { Title: { const: x } } }"),
      ["deal.yaml:7:3  error  overlapping-targets  Project.Title is mapped by the rule for Project (line 8) already."],
    ],
    [
      "a condition on a target that is mapped below",
      rule(
        "Project.Title: { from: Name, when: { LifeCycle.Stage: { eq: Launched } } }\n  LifeCycle.Stage: { const: Launched }",
      ),
      [
        "deal.yaml:7:40  error  target-not-above  A condition may name only targets that are mapped above it: move the rule for LifeCycle.Stage up.",
      ],
    ],
    [
      "a condition that can never hold",
      rule(
        "LifeCycle.Stage: { const: Launched }\n  Project.Title: { from: Name, when: { LifeCycle.Stage: { eq: Launchd }, StageName: { in: [Closed] } } }",
      ),
      [
        'deal.yaml:8:63  error  value-outside-list  "Launchd" is not among the values that LifeCycle.Stage takes: Prospect, Qualified, Committed, Launched, Closed Lost. (did you mean Launched?)',
        'deal.yaml:8:92  warning  never-holds  "Closed" is not among the values of StageName in the CRM: this can never be so.',
      ],
    ],
    [
      "an authority over a path that is not there",
      rule("Project.Title: { from: Name }", "authority: { Project.Titel: aws }\n"),
      [
        'deal.yaml:8:14  error  unknown-target-field  Partner Central has no field "Project.Titel" to have authority over. (did you mean Project.Title?)',
      ],
    ],
  ])("%s", (_what, body, expected) => {
    expect(findingsOf(body)).toEqual(expected);
  });

  it("reports all of them in one run", () => {
    const body = rule(
      "Project.Titel: { from: Nmae }\n  LifeCycle.Stage: { const: Lost }\n  Marketing.Source: { from: Nam }",
    );
    expect(findingsOf(body).map((line) => line.split("  ", 1)[0])).toEqual([
      "deal.yaml:7:3",
      "deal.yaml:8:29",
      "deal.yaml:9:29",
    ]);
  });
});

describe("checkMapping on inbound rules finds", () => {
  it.each([
    [
      "a CRM field that is not there, and one that cannot be written",
      "inbound:\n  Review_Statu__c: { from: LifeCycle.ReviewStatus }\n  Id: { from: Link.status }\n",
      [
        'deal.yaml:7:3  error  unknown-source-field  Deal has no field "Review_Statu__c". (did you mean Review_Status__c?)',
        "deal.yaml:8:3  error  not-writable  Id cannot be written in the CRM.",
      ],
    ],
    [
      "a path that the target does not tell",
      "inbound:\n  Name: { from: Summary.LifeCycle.Stag }\n",
      [
        'deal.yaml:7:17  error  unknown-target-field  Partner Central has no field "Summary.LifeCycle.Stag" to read. (did you mean Summary.LifeCycle.Stage?)',
      ],
    ],
    [
      "an inverse that is ambiguous",
      "tables:\n  stage: { outbound: { Prospecting: Prospect, Qualification: Prospect, Closed Won: Launched }, otherwise: error }\ninbound:\n  StageName: { from: LifeCycle.Stage, table: stage }\n",
      [
        'deal.yaml:9:46  error  ambiguous-inverse  The table stage cannot be read backwards: "Prospect" comes from Prospecting, Qualification. Say under inbound which one it becomes.',
      ],
    ],
    [
      "a written inverse with a value that the CRM refuses",
      "tables:\n  stage: { outbound: { Closed Won: Launched }, inbound: { Launched: Closed won }, otherwise: error }\ninbound:\n  StageName: { from: LifeCycle.Stage, table: stage }\n",
      [
        'deal.yaml:7:69  error  value-outside-list  "Closed won" is not among the values of StageName in the CRM. (did you mean Closed Won?)',
      ],
    ],
    [
      "a constant that is too long for the CRM",
      "inbound:\n  Review_Status__c: { const: Waiting for AWS }\n",
      [
        'deal.yaml:7:30  error  too-long  "Waiting for AWS" is longer than the 10 characters that Review_Status__c takes.',
      ],
    ],
  ])("%s", (_what, body, expected) => {
    expect(findingsOf(body)).toEqual(expected);
  });
});

describe("leftOut", () => {
  const mapped = "outbound:\n  LifeCycle.Stage: { const: Launched }\n";

  it("asks for a rule or a reason for every target, once it is there", () => {
    const findings = findingsOf(
      `${mapped}leftOut:\n  Customer: None of it.\n  Project.Titel: Typo.\n  LifeCycle.Stage: No.\n`,
    );
    expect(findings).toContain(
      'deal.yaml:10:3  error  unknown-target-field  Partner Central has no field "Project.Titel". (did you mean Project.Title?)',
    );
    expect(findings).toContain(
      "deal.yaml:11:3  error  mapped-and-left-out  LifeCycle.Stage is left out, but there is a rule for LifeCycle.Stage.",
    );
    expect(findings).toContain(
      "deal.yaml:8:1  warning  unmapped-target  Project.Title is neither mapped nor left out: add a rule, or a reason under leftOut.",
    );
    expect(findings.some((line) => line.includes("Customer.Account"))).toBe(false);
  });

  it("asks for nothing when it is not there", () => {
    expect(findingsOf(mapped)).toEqual([]);
  });
});

describe("the schema", () => {
  it("must be one of the mapping's own CRM and know its object", () => {
    const document = documentOf("");
    const codes = (schema: typeof dealSchema) =>
      checkMapping(document, { target: dealTarget, schema }).map(({ code }) => code);
    expect(codes({ ...dealSchema, connector: "other" })).toEqual(["wrong-schema"]);
    expect(codes({ ...dealSchema, objects: {} })).toEqual(["unknown-object"]);
  });

  it("is not needed: without it, CRM fields are taken on trust", () => {
    const document = documentOf("outbound:\n  Project.Title: { from: Anything.At.All }\n");
    expect(checkMapping(document, { target: dealTarget })).toEqual([]);
  });
});
