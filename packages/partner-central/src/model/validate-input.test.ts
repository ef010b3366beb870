import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { operationNames, operationOf, validateInput } from "./index.ts";

const minimal = { Catalog: "Sandbox", ClientToken: "t" };
const codesOf = (operation: string, input: unknown): Record<string, string> =>
  Object.fromEntries(validateInput(operation, input).map(({ fieldName, code }) => [fieldName, code]));

describe("an input that AWS's model allows", () => {
  it("has no errors, whatever else it has", () => {
    expect(validateInput("CreateOpportunity", minimal)).toEqual([]);
    expect(
      validateInput("CreateOpportunity", {
        ...minimal,
        TagKeys: 1,
        Project: { Title: null, Unknown: [], CustomerUseCase: "Database", ExpectedCustomerSpend: null },
        PrimaryNeedsFromAws: ["Do Not Need Support from AWS Sales Rep", null],
        Customer: { Account: { CompanyName: "Acme" }, Contacts: [{ Phone: "+14155551234", Email: "a@b.co" }] },
      }),
    ).toEqual([]);
  });
});

describe("an input that AWS's model does not allow", () => {
  it("has all its errors named at once", () => {
    const spend = { Amount: "1,000", CurrencyCode: "GBP", TargetCompany: "AWS" };
    expect(
      codesOf("CreateOpportunity", {
        Catalog: "Test",
        Customer: { Account: { Industry: "Bank", WebsiteUrl: "abc" }, Contacts: [{}, { Email: "Jane@Example.com" }] },
        LifeCycle: { Stage: "qualified", TargetCloseDate: "2026-13-01" },
        Project: {
          CustomerBusinessProblem: "too short",
          CustomerUseCase: "Databases",
          ExpectedCustomerSpend: Array.from({ length: 11 }, () => spend),
          Title: 7,
          DeliveryModels: "Resell",
        },
        Tags: [],
      }),
    ).toMatchObject({
      Catalog: "INVALID_ENUM_VALUE",
      ClientToken: "REQUIRED_FIELD_MISSING",
      "Customer.Account.CompanyName": "REQUIRED_FIELD_MISSING",
      "Customer.Account.Industry": "INVALID_ENUM_VALUE",
      "Customer.Account.WebsiteUrl": "VALUE_OUT_OF_RANGE",
      "Customer.Contacts[1].Email": "INVALID_STRING_FORMAT",
      "LifeCycle.Stage": "INVALID_ENUM_VALUE",
      "LifeCycle.TargetCloseDate": "INVALID_STRING_FORMAT",
      "Project.CustomerBusinessProblem": "VALUE_OUT_OF_RANGE",
      "Project.CustomerUseCase": "INVALID_ENUM_VALUE",
      "Project.ExpectedCustomerSpend": "TOO_MANY_VALUES",
      "Project.ExpectedCustomerSpend[10].Amount": "INVALID_STRING_FORMAT",
      "Project.ExpectedCustomerSpend[0].CurrencyCode": "INVALID_ENUM_VALUE",
      "Project.ExpectedCustomerSpend[0].Frequency": "REQUIRED_FIELD_MISSING",
      "Project.Title": "INVALID_VALUE",
      "Project.DeliveryModels": "INVALID_VALUE",
      Tags: "NOT_ENOUGH_VALUES",
    });
  });

  it("may be a number out of range, a union with two members, or no timestamp", () => {
    expect(codesOf("ListOpportunities", { Catalog: "AWS", MaxResults: 101 })).toEqual({
      MaxResults: "VALUE_OUT_OF_RANGE",
    });
    const update = { Catalog: "AWS", Identifier: "O1" };
    expect(codesOf("UpdateOpportunity", { ...update, LastModifiedDate: 1763686800 })).toEqual({
      LastModifiedDate: "INVALID_STRING_FORMAT",
    });
    expect(codesOf("UpdateOpportunity", { ...update, LastModifiedDate: "2025-12-15T23:33:00.514936172Z" })).toEqual({});
    expect(
      codesOf("CreateEngagement", {
        ...minimal,
        Title: "T",
        Description: "D",
        Contexts: [{ Type: "Lead", Payload: { Lead: { Customer: {}, Interactions: [] }, CustomerProject: {} } }],
      }),
    ).toMatchObject({ "Contexts[0].Payload": "INVALID_VALUE" });
  });

  it("is measured in characters, not in JavaScript's units", () => {
    const titled = (Title: string): unknown => ({ ...minimal, Project: { Title } });
    expect(validateInput("CreateOpportunity", titled("😀".repeat(255)))).toEqual([]);
    expect(codesOf("CreateOpportunity", titled("😀".repeat(256)))).toEqual({ "Project.Title": "VALUE_OUT_OF_RANGE" });
  });

  it("is reported without its values", () => {
    const errors = validateInput("CreateOpportunity", {
      ...minimal,
      Customer: { Contacts: [{ Email: "Jane@X.com" }] },
    });
    expect(errors).toHaveLength(1);
    expect(JSON.stringify(errors)).not.toContain("Jane");
  });
});

describe("any input at all", () => {
  it("is answered, for every operation", () => {
    fc.assert(
      fc.property(fc.constantFrom(...operationNames, "toString", "Nonsense"), fc.jsonValue(), (operation, input) => {
        expect(Array.isArray(validateInput(operation, input))).toBe(true);
      }),
    );
  });

  it("is answered where the members are real and the values are not", () => {
    const members = operationOf("CreateOpportunity")?.input.filter(({ path }) => !/[.[]/.test(path)) ?? [];
    const shape = Object.fromEntries(members.map(({ path }) => [path, fc.option(fc.jsonValue())]));
    fc.assert(
      fc.property(fc.record(shape), (input) => {
        expect(Array.isArray(validateInput("CreateOpportunity", input))).toBe(true);
      }),
    );
  });

  it("is never a change of the input", () => {
    const input = Object.freeze({
      Catalog: "x",
      Customer: Object.freeze({ Contacts: Object.freeze([Object.freeze({})]) }),
    });
    expect(() => validateInput("CreateOpportunity", input)).not.toThrow();
  });
});
