import { describe, expect, it } from "@jest/globals";
import type { FailureIssue } from "@cosell/connector";
import { dealTarget } from "../__fixtures__/deal-target.ts";
import { mappingOf } from "../__fixtures__/mapping-of.ts";
import { describeRefusal, explainRefusal } from "./explain-refusal.ts";

const mapping = mappingOf(`outbound:
  Customer.Account.CompanyName: { from: [Account.Name, Name] }
  Customer.Account.Duns: { from: Account.Duns }
  Customer.Contacts: { each: Roles, fields: { Email: { from: Email }, LastName: { from: [LastName, Alias] } } }
  Project.Title: { from: Name }
  Project.Seats: { from: Count }
  Project.ExpectedCustomerSpend: { list: [{ Amount: { from: Amount }, CurrencyCode: { const: USD } }] }
  LifeCycle.Stage: { from: StageName }
  LifeCycle.TargetCloseDate: { from: CloseDate }
  RelatedEntityIdentifiers.Solutions: { from: Solution }
  Assignee.Email: { from: Owner.Email }
`);
const record = {
  Name: "Lake",
  Account: { Name: "Secret Ltd" },
  Roles: [{ Email: "a@x.test" }, { Email: "b@x.test", Alias: "B" }],
  Amount: "10",
  StageName: "Prospect",
  CloseDate: "2026-12-31",
  Solution: "S-1",
  Owner: { Email: "o@x.test" },
};
const explain = (target: string, code?: string) =>
  explainRefusal({ message: "No.", target, ...(code !== undefined && { code }) }, mapping, record, dealTarget);

describe("explainRefusal", () => {
  it.each([
    ["LifeCycle.Stage", "INVALID_ENUM_VALUE", ["StageName"], "Prospect", 13, "one of: Prospect, Qualified, Committed, Launched, Closed Lost"],
    ["LifeCycle.TargetCloseDate", "INVALID_VALUE", ["CloseDate"], "2026-12-31", 14, "a day as YYYY-MM-DD"],
    ["Project.Title", "VALUE_OUT_OF_RANGE", ["Name"], "Lake", 10, "a text of at most 40 characters"],
    ["Project.Title", "INVALID_VALUE", ["Name"], "Lake", 10, "another value"],
    ["Project.Title", "ACTION_NOT_PERMITTED", ["Name"], "Lake", 10, "no change of it while the opportunity is in its present state"],
    ["Project.Seats", "REQUIRED_FIELD_MISSING", ["Count"], undefined, 11, "a value"],
    ["Project.Seats", undefined, ["Count"], undefined, 11, "a whole number"],
    ["Project.ExpectedCustomerSpend[0].Amount", "INVALID_STRING_FORMAT", ["Amount"], "10", 12, "an amount such as 1250.50"],
    ["Project.ExpectedCustomerSpend[0].CurrencyCode", "INVALID_ENUM_VALUE", [], "USD", 12, "one of: USD, EUR"],
    ["Project.ExpectedCustomerSpend", "TOO_MANY_VALUES", ["Amount"], undefined, 12, "at most 10 of them"],
    ["RelatedEntityIdentifiers.Solutions[0]", "INVALID_STRING_FORMAT", ["Solution"], "S-1", 15, "a text of the form ^S-\\d{1,19}$"],
    ["Marketing.Source", "REQUIRED_FIELD_MISSING", [], undefined, undefined, "a value, one of: Marketing Activity, None"],
  ] as const)("%s, %s", (target, code, sources, value, line, wanted) => {
    const column = target.startsWith("Project.ExpectedCustomerSpend[0]") ? expect.stringMatching(/:12:\d+$/u) : `deal.yaml:${line}:3`;
    expect(explain(target, code)).toEqual({
      target,
      sources,
      wanted,
      ...(value !== undefined && { value }),
      ...(line !== undefined && { rule: column }),
    });
  }); // prettier-ignore

  it.each([
    ["Customer.Account.CompanyName", ["Account.Name"]],
    ["Customer.Contacts[1].LastName", ["Roles[].Alias"]],
    ["Customer.Contacts[1].Email", ["Roles[].Email"]],
    ["Assignee.Email", ["Owner.Email"]],
  ])("names the field that gave %s, and never a sensitive value", (target, sources) => {
    const refusal = explain(target, "INVALID_VALUE");
    expect(refusal?.sources).toEqual(sources);
    expect(refusal).not.toHaveProperty("value");
    expect(JSON.stringify(refusal)).not.toMatch(/Secret|x\.test/u);
  });

  it.each<[string, FailureIssue]>([
    ["no field", { message: "No." }],
    ["a field of the CRM", { message: "No.", target: "StageName" }],
    ["a field that AWS alone knows", { message: "No.", target: "NextToken" }],
  ])("has nothing to say of %s", (_what, issue) => {
    expect(explainRefusal(issue, mapping, record, dealTarget)).toBeUndefined();
  });
});

describe("describeRefusal", () => {
  const describeIssue = (target: string, code: string) => {
    const issue = { message: "Not good.", target, code };
    const refusal = explainRefusal(issue, mapping, record, dealTarget);
    return refusal && describeRefusal(refusal, issue);
  };

  it("says what to do in the CRM, keeps AWS's words and code, and never shows the value", () => {
    expect(describeIssue("LifeCycle.TargetCloseDate", "INVALID_VALUE")).toEqual({
      target: "LifeCycle.TargetCloseDate",
      code: "INVALID_VALUE",
      sources: ["CloseDate"],
      rule: "deal.yaml:14:3",
      message: "AWS wants a day as YYYY-MM-DD: correct CloseDate in the CRM. AWS says: Not good.",
    });
  });

  it.each([
    ["Project.Seats", "REQUIRED_FIELD_MISSING", "AWS wants a value: fill in Count in the CRM. AWS says: Not good."],
    [
      "Project.ExpectedCustomerSpend[0].CurrencyCode",
      "INVALID_ENUM_VALUE",
      "AWS wants one of: USD, EUR: the mapping gives it without the CRM, so change the rule. AWS says: Not good.",
    ],
    [
      "Marketing.Source",
      "REQUIRED_FIELD_MISSING",
      "AWS wants a value, one of: Marketing Activity, None: no rule of the mapping gives it, so add one. AWS says: Not good.",
    ],
  ])("%s, %s", (target, code, message) => {
    expect(describeIssue(target, code)?.message).toBe(message);
  });
});
