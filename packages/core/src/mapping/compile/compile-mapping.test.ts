import { describe, expect, it } from "@jest/globals";
import { failureOf } from "@cosell/connector";
import { dealTarget } from "../__fixtures__/deal-target.ts";
import { documentOf, head, mappingOf } from "../__fixtures__/mapping-of.ts";
import { loadMapping } from "../load/load-mapping.ts";
import { compileMapping } from "./compile-mapping.ts";

const body = [
  "match: { Shared__c: { eq: true } }",
  "tables: { stage: { outbound: { New: Prospect }, otherwise: error } }",
  "outbound:",
  "  Customer.Account.CompanyName: { from: Account.Name, write: once }",
  "  Customer.Account.Address: { fields: { CountryCode: { from: Account.Country, steps: [country] } } }",
  "  Customer.Contacts:",
  "    each: Roles.records",
  "    fields:",
  "      Email: { from: Contact.Email }",
  "      Phone: { from: Contact.Phone, steps: [{ phone: { country: { from: Account.Country } } }] }",
  "  LifeCycle.Stage: { from: StageName, table: stage }",
  '  Project.Title: { template: "{Account.Name}: {Name}", when: { LifeCycle.Stage: { eq: Prospect }, Kind: { ne: x } } }',
  "inbound:",
  "  Status__c: { from: Link.status }",
  "authority: { default: ask, LifeCycle: crm, LifeCycle.Stage: aws }",
  "",
].join("\n");

describe("a compiled mapping", () => {
  const mapping = mappingOf(body);

  it("tells which CRM fields it needs, each once", () => {
    expect(mapping.sourceFields).toEqual([
      "Shared__c",
      "Opportunity_Id__c",
      "Account.Name",
      "Account.Country",
      "Roles.records[].Contact.Email",
      "Roles.records[].Contact.Phone",
      "StageName",
      "Kind",
      "Name",
      "Status__c",
    ]);
  });

  it("tells what each target comes from; structures by their members, lists as one", () => {
    expect([...mapping.outbound].map(([path, { sources, rule, write }]) => [path, sources, rule.line, write])).toEqual([
      ["Customer.Account.CompanyName", ["Account.Name"], 9, "once"],
      ["Customer.Account.Address.CountryCode", ["Account.Country"], 10, undefined],
      ["Customer.Contacts", ["Roles.records[].Contact.Email", "Roles.records[].Contact.Phone"], 11, undefined],
      ["LifeCycle.Stage", ["StageName"], 16, undefined],
      ["Project.Title", ["Account.Name", "Name"], 17, undefined],
    ]);
  });

  it.each([
    ["Customer.Contacts[0].Email", 14],
    ["Customer.Contacts[].Email", 14],
    ["customer.contacts.12.email", 14],
    ["Customer.Contacts[1]", 11],
    ["customer.account.address.countryCode", 10],
    ["Customer.Account.Address", 10],
    ["Customer.Account", 9],
    ["Project.Title.Anything", 17],
  ])("finds the rule of %s", (path, line) => {
    expect(mapping.originOf(path)?.rule.line).toBe(line);
  });

  it("knows no rule of what it does not map", () => {
    expect(mapping.originOf("Marketing.Source")).toBeUndefined();
  });

  it("says who wins, the nearest word first", () => {
    expect(
      ["LifeCycle.Stage", "LifeCycle.NextSteps", "Project.Title"].map((path) => mapping.authorityOf(path)),
    ).toEqual(["aws", "crm", "ask"]);
  });

  it("reads what the conditions of a list's items need", () => {
    const rule =
      "Project.ExpectedCustomerSpend: { list: [{ when: { Paid__c: { eq: true } }, fields: { Amount: { from: Amount }, CurrencyCode: { const: EUR } } }] }";
    expect(mappingOf(`outbound:\n  ${rule}\n`).sourceFields).toEqual(["Opportunity_Id__c", "Paid__c", "Amount"]);
  });

  it("sends the members of a structure no more often than the structure", () => {
    const { outbound } = mappingOf(
      "outbound:\n  Customer: { write: once, fields: { Account.Industry: { const: Other }, Account.CompanyName: { from: Name, write: if-empty } } }\n",
    );
    expect([...outbound].map(([path, { write }]) => [path, write])).toEqual([
      ["Customer.Account.Industry", "once"],
      ["Customer.Account.CompanyName", "if-empty"],
    ]);
  });

  it("says which records take part; all do where nothing is said", () => {
    expect([mapping.matches({ Shared__c: true }), mapping.matches({ Shared__c: false })]).toEqual([true, false]);
    expect(mappingOf("").matches({})).toBe(true);
  });
});

describe("the hash of a mapping", () => {
  const hashOf = (text: string, file = "deal.yaml") => {
    const { document } = loadMapping({ file, text: `${head}\n${text}` });
    return document && compileMapping(document, { target: dealTarget }).hash;
  };

  it("does not change with layout, comments, reasons or the file's name", () => {
    const spaced = `# a comment\n\n${body.replaceAll("{ from", "{  from")}leftOut: { Marketing.Source: x }\n`;
    expect(hashOf(spaced, "other.yaml")).toBe(hashOf(body));
  });

  it.each([
    ["a source", "Account.Name, write", "Account.Title, write"],
    ["a table's row", "New: Prospect", "Newer: Prospect"],
    ["an authority", "default: ask", "default: aws"],
    ["a condition", "Shared__c: { eq", "Shared__c: { ne"],
    ["a step", "steps: [country]", "steps: [country, upper]"],
  ])("changes with %s", (_what, from, to) => {
    expect(body).toContain(from);
    expect(hashOf(body.replace(from, to))).not.toBe(hashOf(body));
  });
});

describe("compileMapping", () => {
  it("refuses a mapping with errors, and lists them", () => {
    const document = documentOf("outbound:\n  Project.Titel: { from: Name }\n  LifeCycle.Stage: { const: Lost }\n");
    const error = (() => {
      try {
        return compileMapping(document, { target: dealTarget });
      } catch (thrown) {
        return thrown;
      }
    })();
    const failure = failureOf(error);
    expect(failure?.kind).toBe("config");
    expect(failure?.message).toContain("deal.yaml:7:3  error  unknown-target-field");
    expect(failure?.message).toContain("deal.yaml:8:29  error  value-outside-list");
  });
});
