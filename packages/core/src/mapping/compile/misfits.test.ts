import { describe, expect, it } from "@jest/globals";
import type { JsonObject } from "@cosell/connector";
import { mappingOf } from "../__fixtures__/mapping-of.ts";

/** Runs one rule, or several lines of them. */
function run(rules: string, record: JsonObject, rest = "") {
  return mappingOf(`outbound:\n  ${rules}\n${rest}`).run(record);
}

describe("values that do not fit are issues, and left out", () => {
  it.each<[string, string, JsonObject, string, string]>([
    [
      "missing",
      "Project.Title: { from: Name, required: true }",
      {},
      "Project.Title",
      "Partner Central needs Project.Title: fill in Name in the CRM.",
    ],
    [
      "missing",
      "Customer.Account.CompanyName: { from: Account.Name }\n  Customer.Account.Industry: { const: Other }",
      {},
      "Customer.Account.CompanyName",
      "Partner Central needs Customer.Account.CompanyName: fill in Account.Name in the CRM.",
    ],
    [
      "too-long",
      "Project.Title: { from: Name }",
      { Name: "x".repeat(41) },
      "Project.Title",
      `Name "${"x".repeat(41)}" is longer than Project.Title may be: shorten it to 40 characters, or add the step { truncate: 40 }.`,
    ],
    [
      "too-short",
      "Project.CustomerBusinessProblem: { from: Name }",
      { Name: "short" },
      "Project.CustomerBusinessProblem",
      'Name "short" is too short: Project.CustomerBusinessProblem takes at least 20 characters.',
    ],
    [
      "outside-list",
      "LifeCycle.Stage: { from: Stage }",
      { Stage: "Launchd" },
      "LifeCycle.Stage",
      'Stage "Launchd" is not among the values that LifeCycle.Stage takes: Prospect, Qualified, Committed, Launched, Closed Lost. Did you mean "Launched"?',
    ],
    [
      "bad-form",
      "Customer.Account.Duns: { from: Duns }\n  Customer.Account.CompanyName: { const: A }",
      { Duns: "12" },
      "Customer.Account.Duns",
      "Duns does not have the form that Customer.Account.Duns takes: ^(?:[0-9]{9})$.",
    ],
    [
      "bad-form",
      "LifeCycle.TargetCloseDate: { from: Close }",
      { Close: "2026-02-30" },
      "LifeCycle.TargetCloseDate",
      'Close "2026-02-30" does not have the form that LifeCycle.TargetCloseDate takes: a day as YYYY-MM-DD (step date).',
    ],
    [
      "bad-date",
      "LifeCycle.TargetCloseDate: { from: Close, steps: [date] }",
      { Close: "soon" },
      "LifeCycle.TargetCloseDate",
      'Close "soon" is not a date: write it as YYYY-MM-DD.',
    ],
    [
      "wrong-type",
      "Project.Title: { from: Account }",
      { Account: { Name: "A" } },
      "Project.Title",
      "Account is not a text.",
    ],
    [
      "wrong-type",
      "Project.Seats: { from: Count }",
      { Count: 1.5 },
      "Project.Seats",
      'Count "1.5" is not a whole number.',
    ],
    [
      "wrong-type",
      "Customer.Contacts: { each: Roles, fields: { LastName: { from: LastName } } }",
      { Roles: "Ann" },
      "Customer.Contacts",
      "Roles is not a list of records.",
    ],
    [
      "too-many-items",
      "Customer.Contacts: { each: Roles, fields: { LastName: { from: LastName } } }",
      { Roles: ["a", "b", "c", "d"].map((LastName) => ({ LastName })) },
      "Customer.Contacts",
      "Roles[].LastName gives 4 items; Customer.Contacts takes at most 3.",
    ],
    [
      "unknown-country",
      "Customer.Account.Address.CountryCode: { from: Country, steps: [country] }",
      { Country: "Philipines" },
      "Customer.Account.Address.CountryCode",
      'Country is not the name or code of a country: correct it in the CRM. Did you mean "Philippines"?',
    ],
  ])("%s: %s", (code, rules, record, target, message) => {
    const { issues } = run(rules, record);
    expect(issues).toMatchObject([{ severity: "error", code, target, message, rule: { file: "deal.yaml" } }]);
  });

  it("never shows a sensitive value", () => {
    const rules =
      "Customer.Account.CompanyName: { from: Secret }\n  Customer.Account.Duns: { from: Secret }\n  Customer.Account.Address.CountryCode: { from: Secret, table: c }";
    const { issues, payload } = run(
      rules,
      { Secret: "Very Secret Customer Name" },
      "tables: { c: { outbound: { A: US }, otherwise: error } }",
    );
    expect(issues).toHaveLength(3);
    expect(JSON.stringify([issues, payload])).not.toContain("Secret Customer");
  });

  it("keeps an item of a list without the field that is wrong", () => {
    const rules =
      "Customer.Contacts: { each: Roles, fields: { Email: { from: Email }, LastName: { from: LastName, required: true } } }";
    const record = {
      Roles: [{ Email: "a@x.test", LastName: "A" }, {}, { Email: "BAD", LastName: "B" }, { Email: "c@x.test" }],
    };
    const { payload, issues } = run(rules, record);
    expect(payload).toEqual({
      Customer: { Contacts: [{ Email: "a@x.test", LastName: "A" }, { LastName: "B" }, { Email: "c@x.test" }] },
    });
    expect(issues.map(({ code, target, sources }) => [code, target, sources])).toEqual([
      ["bad-form", "Customer.Contacts[1].Email", ["Roles[].Email"]],
      ["missing", "Customer.Contacts[2].LastName", ["Roles[].LastName"]],
    ]);
  });

  it("keeps the values of a list that fit", () => {
    const { payload, issues } = run('Project.DeliveryModels: { from: Models, steps: [{ split: ";" }] }', {
      Models: "SaaS or PaaS;Boxes",
    });
    expect(payload).toEqual({ Project: { DeliveryModels: ["SaaS or PaaS"] } });
    expect(issues).toMatchObject([{ code: "outside-list", target: "Project.DeliveryModels[1]" }]);
  });

  it("does not put a default in the place of a value that is wrong", () => {
    const { payload, issues } = run("LifeCycle.TargetCloseDate: { from: Close, steps: [date], default: 2026-12-31 }", {
      Close: "soon",
    });
    expect(payload).toEqual({});
    expect(issues).toHaveLength(1);
  });

  it("warns where a step cut something", () => {
    const { payload, issues } = run("Project.Title: { from: Name, steps: [{ truncate: 3 }] }", { Name: "abcdef" });
    expect(payload).toEqual({ Project: { Title: "abc" } });
    expect(issues).toMatchObject([{ severity: "warning", code: "truncated", message: "Name was cut to fit." }]);
  });
});
