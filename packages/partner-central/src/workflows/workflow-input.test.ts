import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import type { JsonObject } from "@cosell/connector";
import { workflows } from "./index.ts";
import { checkWorkflowInput, exactlyOne, type InputMember, needs } from "./workflow-input.ts";

const members: readonly InputMember[] = [
  { name: "deal", required: true, like: { operation: "CreateOpportunity", path: "" }, describes: "" },
  { name: "change", partial: true, like: { operation: "UpdateOpportunity", path: "" }, describes: "" },
  { name: "owner", like: { operation: "AssignOpportunity", path: "Assignee" }, describes: "" },
  { name: "ids", list: true, like: { operation: "GetOpportunity", path: "Identifier" }, describes: "" },
];
const issuesOf = (input: JsonObject, rules = [] as Parameters<typeof checkWorkflowInput>[0]["rules"]) =>
  checkWorkflowInput({ input: members, rules }, input).map(({ path, code }) => [path, code]);

describe("checkWorkflowInput", () => {
  it("finds everything at once, each at its place, and leaves out what the workflow fills in", () => {
    const input = {
      deal: { OpportunityType: "New", Customer: { Account: {} } },
      owner: { Email: "Ann@Example.com", FirstName: "Ann", LastName: "A", BusinessTitle: "O" },
      ids: ["O1", "1", 2],
      idss: [],
    };
    expect(issuesOf(input)).toEqual([
      ["deal.Customer.Account.CompanyName", "REQUIRED_FIELD_MISSING"],
      ["deal.OpportunityType", "INVALID_ENUM_VALUE"],
      ["owner.Email", "INVALID_STRING_FORMAT"],
      ["ids[1]", "INVALID_STRING_FORMAT"],
      ["ids[2]", "INVALID_VALUE"],
      ["idss", "UNKNOWN_MEMBER"],
    ]);
  });

  it("asks for no more than the changed members of what is laid over", () => {
    expect(issuesOf({ deal: {}, change: { Customer: { Account: { Industry: "Retail" } } } })).toEqual([]);
    expect(issuesOf({ deal: {}, change: { Customer: { Account: { Industry: "Shops" } } } })).toEqual([
      ["change.Customer.Account.Industry", "INVALID_ENUM_VALUE"],
    ]);
  });

  it("knows rules over several members", () => {
    const rules = [exactlyOne("owner", "ids"), needs("change", "ids")];
    const owner = { FirstName: "A", LastName: "B", Email: "a@b.example", BusinessTitle: "O" };
    expect(issuesOf({ deal: {}, ids: ["O1"] }, rules)).toEqual([]);
    expect(issuesOf({ deal: {} }, rules)).toEqual([["owner", "INVALID_VALUE"]]);
    expect(issuesOf({ deal: {}, owner, ids: ["O1"] }, rules)).toEqual([["ids", "INVALID_VALUE"]]);
    expect(issuesOf({ deal: {}, owner, change: {} }, rules)).toEqual([["ids", "REQUIRED_FIELD_MISSING"]]);
  });

  it("takes any JSON without throwing, and never repeats a text of it", () => {
    const secret = "do-not-tell-this-text";
    fc.assert(
      fc.property(fc.constantFrom(...workflows), fc.jsonValue(), fc.nat(), (workflow, value, at) => {
        const name = workflow.input[at % Math.max(1, workflow.input.length)]?.name ?? "x";
        const issues = checkWorkflowInput(workflow, { [name]: [value, secret] } as unknown as JsonObject);
        expect(issues.map(({ message }) => message).join()).not.toContain(secret);
      }),
    );
  });
});

describe("every workflow", () => {
  it("is like members that AWS's model has: a value of no kind is refused", () => {
    const wrong = workflows.flatMap((workflow) =>
      workflow.input
        .filter(({ name, list }) => {
          const issues = checkWorkflowInput(workflow, { [name]: list === true ? [false] : false });
          return !issues.some(({ path, code }) => path.startsWith(name) && code === "INVALID_VALUE");
        })
        .map(({ name }) => `${workflow.name}: ${name}`),
    );
    expect(wrong).toEqual([]);
  });

  it("lets members change until a step that it has", () => {
    for (const { input, steps } of workflows) {
      const until = input.flatMap(({ changeableUntil }) => changeableUntil?.split(" ")[0] ?? []);
      expect(Object.keys(steps)).toEqual(expect.arrayContaining(until));
    }
  });
});
