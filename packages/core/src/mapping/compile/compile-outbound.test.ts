import { describe, expect, it } from "@jest/globals";
import type { JsonObject, MappingFunction } from "@cosell/connector";
import { mappingOf } from "../__fixtures__/mapping-of.ts";

/** Runs one rule, or several lines of them. */
function run(rules: string, record: JsonObject, rest = "") {
  return mappingOf(`outbound:\n  ${rules}\n${rest}`).run(record);
}

const table = (otherwise: string) =>
  `tables:\n  stage: { outbound: { New: Prospect, Won: Launched, "true": Committed }, otherwise: ${otherwise} }\n`;

describe("verbs", () => {
  it.each<[string, string, JsonObject, JsonObject]>([
    ["from", "Project.Title: { from: Name }", { Name: "A" }, { Project: { Title: "A" } }],
    [
      "from a related record",
      "Project.Title: { from: Account.Parent.Name }",
      { Account: { Parent: { Name: "A" } } },
      { Project: { Title: "A" } },
    ],
    [
      "from the first path that is present",
      "Project.Title: { from: [A, B, C] }",
      { A: "", B: null, C: "c" },
      { Project: { Title: "c" } },
    ],
    [
      "from every item of a list",
      'Project.DeliveryModels: { from: "Lines[].Kind", steps: [unique] }',
      { Lines: [{ Kind: "SaaS or PaaS" }, {}, { Kind: "SaaS or PaaS" }] },
      { Project: { DeliveryModels: ["SaaS or PaaS"] } },
    ],
    ["from nothing", "Project.Title: { from: Name }", { Name: "" }, {}],
    ["const", "Project.Title: { const: 1.0 }", {}, { Project: { Title: "1.0" } }],
    [
      "const, a list",
      "Project.DeliveryModels: { const: [SaaS or PaaS] }",
      {},
      { Project: { DeliveryModels: ["SaaS or PaaS"] } },
    ],
    [
      "const, not a text",
      "Project.Seats: { const: 12 }\n  Project.Public: { const: true }",
      {},
      { Project: { Seats: 12, Public: true } },
    ],
    [
      "template",
      'Project.Title: { template: "{Account.Name} - {Name} {{x}}" }',
      { Name: "B", Account: { Name: "A" } },
      { Project: { Title: "A - B {x}" } },
    ],
    [
      "template without one of its values",
      'Project.Title: { template: "{Account.Name} - {Name}" }',
      { Name: "B" },
      { Project: { Title: "B" } },
    ],
    [
      "template without all of its values",
      'Project.Title: { template: "{Account.Name} - {Name}", default: None }',
      {},
      { Project: { Title: "None" } },
    ],
    [
      "choose",
      "Marketing.Source: { choose: [{ when: { Campaign: { exists: true } }, const: Marketing Activity }, { const: None }] }",
      { Campaign: "1" },
      { Marketing: { Source: "Marketing Activity" } },
    ],
    [
      "choose, the last option",
      "Marketing.Source: { choose: [{ when: { Campaign: { exists: true } }, const: Marketing Activity }, { const: None }] }",
      {},
      { Marketing: { Source: "None" } },
    ],
    [
      "choose, no option",
      "Marketing.Source: { choose: [{ when: { Campaign: { exists: true } }, const: Marketing Activity }] }",
      {},
      {},
    ],
    [
      "fields",
      "Project: { when: { Big: { eq: true } }, fields: { Title: { from: Name }, Seats: { from: Count } } }",
      { Big: true, Name: "A", Count: "7" },
      { Project: { Title: "A", Seats: 7 } },
    ],
    [
      "fields under a condition that does not hold",
      "Project: { when: { Big: { eq: true } }, fields: { Title: { from: Name } } }",
      { Big: false, Name: "A" },
      {},
    ],
    [
      "list",
      "Project.ExpectedCustomerSpend: { list: [{ Amount: { from: Amount }, CurrencyCode: { const: EUR } }] }",
      { Amount: 12.5 },
      { Project: { ExpectedCustomerSpend: [{ Amount: "12.5", CurrencyCode: "EUR" }] } },
    ],
    [
      "list, of values",
      "Project.DeliveryModels: { list: [SaaS or PaaS, { from: Second }] }",
      { Second: "Managed Services" },
      { Project: { DeliveryModels: ["SaaS or PaaS", "Managed Services"] } },
    ],
    [
      "list, of objects of which some are there under a condition only",
      "Project.ExpectedCustomerSpend: { list: [{ when: { Paid: { eq: true } }, fields: { CurrencyCode: { const: USD } } }, { Amount: { from: Amount }, CurrencyCode: { const: EUR } }, { when: { Paid: { eq: false } }, fields: { CurrencyCode: { const: USD } } }] }",
      { Paid: true, Amount: "1" },
      { Project: { ExpectedCustomerSpend: [{ CurrencyCode: "USD" }, { Amount: "1", CurrencyCode: "EUR" }] } },
    ],
    [
      "list without any value of the record",
      "Project.ExpectedCustomerSpend: { list: [{ Amount: { from: Amount }, CurrencyCode: { const: EUR } }] }",
      {},
      {},
    ],
    [
      "each",
      "Customer.Contacts: { each: Roles.records, fields: { LastName: { from: Contact.LastName } } }",
      { Roles: { records: [{ Contact: { LastName: "A" } }, { Contact: null }, { Contact: { LastName: "B" } }] } },
      { Customer: { Contacts: [{ LastName: "A" }, { LastName: "B" }] } },
    ],
    [
      "each, with a path of the record",
      "Customer.Contacts: { each: Roles, fields: { LastName: { from: [LastName, $record.Name] } } }",
      { Name: "R", Roles: [{ LastName: "A" }, { LastName: null }] },
      { Customer: { Contacts: [{ LastName: "A" }, { LastName: "R" }] } },
    ],
    [
      "each of an empty list",
      "Customer.Contacts: { each: Roles, fields: { LastName: { from: LastName } } }",
      { Roles: [] },
      {},
    ],
  ])("%s", (_what, rules, record, payload) => {
    expect(run(rules, record)).toMatchObject({ payload, issues: [] });
    expect(run(rules, record).payload).toEqual(payload);
  });
});

describe("the order of a rule", () => {
  const rules =
    "LifeCycle.Stage: { from: Stage, when: { On: { eq: true } }, steps: [trim], table: stage, default: Qualified }";

  it.each<[string, JsonObject, JsonObject]>([
    ["step before table", { On: true, Stage: " Won " }, { LifeCycle: { Stage: "Launched" } }],
    ["a checkbox finds its row", { On: true, Stage: true }, { LifeCycle: { Stage: "Committed" } }],
    ["default for what is absent", { On: true }, { LifeCycle: { Stage: "Qualified" } }],
    ["default for what a step made empty", { On: true, Stage: "  " }, { LifeCycle: { Stage: "Qualified" } }],
    ["no default where the condition does not hold", { On: false }, {}],
  ])("%s", (_what, record, payload) => {
    const result = mappingOf(`${table("omit")}outbound:\n  ${rules}\n`).run(record);
    expect(result.payload).toEqual(payload);
    expect(result.issues).toEqual([]);
  });

  it.each<[string, string, JsonObject, readonly string[]]>([
    ["error", "error", {}, ["not-in-table"]],
    ["omit", "omit", {}, []],
    ["a value", "{ value: Qualified }", { LifeCycle: { Stage: "Qualified" } }, []],
  ])("a value that the table does not list: %s", (_what, policy, payload, codes) => {
    const result = mappingOf(`${table(policy)}outbound:\n  LifeCycle.Stage: { from: Stage, table: stage }\n`).run({
      Stage: "Wonn",
    });
    expect(result.payload).toEqual(payload);
    expect(result.issues.map(({ code }) => code)).toEqual(codes);
  });
});

describe("conditions", () => {
  it.each<[string, JsonObject, boolean]>([
    ["{ A: { eq: true } }", { A: "true" }, true],
    ["{ A: { eq: 1500 } }", { A: "1500.0" }, true],
    ["{ A: { eq: x } }", {}, false],
    ["{ A: { ne: x } }", {}, true],
    ["{ A: { in: [x, y] } }", { A: "y" }, true],
    ["{ A: { in: [x, y] } }", { A: ["z", "y"] }, true],
    ["{ A: { notIn: [x, y] } }", { A: "y" }, false],
    ["{ A: { notIn: [x, y] } }", { A: null }, true],
    ["{ A: { exists: true } }", { A: "" }, false],
    ["{ A: { exists: false } }", { A: null }, true],
    ["{ A: { exists: true } }", { A: 0 }, true],
    ["{ A: { gt: 10 } }", { A: "9" }, false],
    ["{ A: { gte: 10 } }", { A: 10 }, true],
    ["{ A: { lt: 2026-06-01 } }", { A: "2026-05-31" }, true],
    ["{ A: { lte: 10 } }", { A: "many" }, false],
    ["{ A: { lte: 10 } }", {}, false],
    ["{ A: { gt: 1, lt: 5 } }", { A: 3 }, true],
    ["{ any: [{ A: { eq: x } }, { B: { eq: x } }] }", { B: "x" }, true],
    ["{ all: [{ A: { eq: x } }, { B: { eq: x } }] }", { B: "x" }, false],
    ["{ not: { A: { eq: x } } }", { A: "x" }, false],
    ["{}", {}, true],
  ])("%s on %j is %j", (condition, record, holds) => {
    expect(run(`Project.Title: { const: yes, when: ${condition} }`, record).payload).toEqual(
      holds ? { Project: { Title: "yes" } } : {},
    );
    expect(mappingOf(`match: ${condition}\n`).matches(record)).toBe(holds);
  });

  it("read targets that are mapped above, also inside a structure", () => {
    const rules = [
      "LifeCycle.Stage: { from: Stage, table: stage }",
      "LifeCycle.ClosedLostReason: { const: Other, when: { LifeCycle.Stage: { eq: Launched } } }",
      "Project: { fields: { Seats: { from: Count } } }",
      "Marketing.Source: { const: None, when: { Project.Seats: { gt: 5 } } }",
    ].join("\n  ");
    const mapping = mappingOf(`${table("error")}outbound:\n  ${rules}\n`);
    expect(mapping.run({ Stage: "Won", Count: 7 }).payload).toEqual({
      LifeCycle: { Stage: "Launched", ClosedLostReason: "Other" },
      Project: { Seats: 7 },
      Marketing: { Source: "None" },
    });
    expect(mapping.run({ Stage: "nonsense", Count: 3 }).payload).toEqual({ Project: { Seats: 3 } });
  });
});

describe("targets that go by calls of their own", () => {
  const mapping = mappingOf(
    [
      "outbound:",
      '  RelatedEntityIdentifiers.Solutions: { from: Solutions, steps: [{ split: ";" }], when: { Kind: { ne: legacy } } }',
      "  Assignee.Email: { from: Owner.Email, steps: [lower] }",
      "  Submission: { when: { Stage: { notIn: [New] } }, fields: { InvolvementType: { from: Involvement, default: Co-Sell } } }",
      "",
    ].join("\n"),
  );

  it("are handed over beside the payload", () => {
    expect(mapping.run({ Solutions: "S-1;S-2", Owner: { Email: "ANN@x.test" }, Stage: "Won" })).toMatchObject({
      payload: {},
      related: { Solutions: ["S-1", "S-2"] },
      assignee: { Email: "ann@x.test" },
      submission: { InvolvementType: "Co-Sell" },
    });
  });

  it("are absent where nothing says them; associated entities that are mapped and empty are an empty list", () => {
    const result = mapping.run({ Stage: "New" });
    expect(result.related).toEqual({ Solutions: [] });
    expect("assignee" in result || "submission" in result).toBe(false);
    expect(mapping.run({ Kind: "legacy" }).related).toEqual({});
  });

  it("leave out associated entities that are wrong, and say so", () => {
    const { related, issues } = mapping.run({ Solutions: "S-1;S-x" });
    expect(related).toEqual({ Solutions: ["S-1"] });
    expect(issues).toMatchObject([{ code: "bad-form", target: "RelatedEntityIdentifiers.Solutions[1]" }]);
  });
});

describe("provenance", () => {
  it("names the path that gave each leaf its value, and none for constants and defaults", () => {
    const rules = [
      "Project.Title: { from: [Long, Name] }",
      "Project.Seats: { from: Count, default: 3 }",
      "Marketing.Source: { const: None }",
      "Customer.Contacts: { each: Roles.records, fields: { LastName: { from: Contact.LastName } } }",
    ].join("\n  ");
    const { usedSources } = run(rules, { Name: "A", Roles: { records: [{}, { Contact: { LastName: "B" } }] } });
    expect(usedSources).toEqual({
      "Project.Title": "Name",
      "Customer.Contacts[0].LastName": "Roles.records[].Contact.LastName",
    });
  });

  it("names the rule and the sources of an issue", () => {
    const { issues } = run("Project.Title:\n    { from: [Long, Name], required: true }", {});
    expect(issues).toMatchObject([{ sources: ["Long", "Name"], rule: { file: "deal.yaml", line: 7, column: 3 } }]);
  });
});

describe("a connector's functions", () => {
  const body = 'outbound:\n  Project.Title: { from: Name, steps: [lower, { "crm.tag": { with: "1.0" } }] }\n';
  const tag: MappingFunction = {
    takes: "string",
    gives: "string",
    arguments: { with: "required" },
    run: (value, given) => JSON.stringify([value, given]),
  };

  it("work as steps, and get their arguments as the mapping spells them", () => {
    const mapping = mappingOf(body, { functions: { "crm.tag": tag } });
    expect(mapping.run({ Name: "A" }).payload).toEqual({ Project: { Title: '["a",{"with":"1.0"}]' } });
  });

  it("get arguments of the record as text, and none where the record has none", () => {
    const read = body.replace('"1.0"', "{ from: Amount }");
    const titleOf = (record: JsonObject) =>
      mappingOf(read, { functions: { "crm.tag": tag } }).run({ Name: "A", ...record }).payload["Project"];
    expect(titleOf({ Amount: 7 })).toEqual({ Title: '["a",{"with":"7"}]' });
    expect(titleOf({})).toEqual({ Title: '["a",{}]' });
  });

  it("that throw become issues", () => {
    const run = (): never => {
      throw new Error("secret");
    };
    const { payload, issues } = mappingOf(body, { functions: { "crm.tag": { ...tag, run } } }).run({ Name: "A" });
    expect(payload).toEqual({});
    expect(issues).toMatchObject([{ code: "function-failed" }]);
    expect(JSON.stringify(issues)).not.toContain("secret");
  });
});
