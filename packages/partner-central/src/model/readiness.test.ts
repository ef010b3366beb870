import { describe, expect, it } from "@jest/globals";
import type { JsonObject, JsonValue } from "@cosell/connector";
import type { ReadinessRequest } from "@cosell/core";
import fc from "fast-check";
import { updateBody } from "../update-body.ts";
import { countriesWithoutPostalCode, enums, isPostalCode, operationOf, postalCodePatterns } from "./index.ts";
import { readiness, readinessRules } from "./index.ts";

const complete = {
  PrimaryNeedsFromAws: ["Co-Sell - Deal Support"],
  Customer: {
    Account: {
      CompanyName: "Acme",
      Industry: "Retail",
      WebsiteUrl: "https://acme.example",
      Address: { CountryCode: "US", PostalCode: "94105", StateOrRegion: "California" },
    },
  },
  LifeCycle: { Stage: "Qualified", TargetCloseDate: "2027-01-31", ReviewStatus: "Pending Submission" },
  Marketing: { Source: "None" },
  Project: {
    Title: "Move",
    CustomerBusinessProblem: "Their data centre closes next year.",
    CustomerUseCase: "Database",
    DeliveryModels: ["Managed Services"],
    SalesActivities: ["SOW Signed"],
    ExpectedCustomerSpend: [{ Amount: "1000", CurrencyCode: "USD", Frequency: "Monthly", TargetCompany: "AWS" }],
  },
} as const satisfies JsonObject;

/** The complete opportunity with some members replaced; `undefined` removes. */
function issues(
  values: Readonly<Record<string, JsonValue | undefined>>,
  request: Partial<ReadinessRequest> = {},
): readonly string[] {
  const opportunity = updateBody(complete, new Map(Object.entries(values)));
  const found = readiness({
    purpose: "submit",
    opportunity,
    related: { Solutions: ["S-1"] },
    today: "2026-11-21",
    ...request,
  });
  return found.map(({ path, code }) => `${code} ${path}`);
}

describe("fit for a submission", () => {
  it("is a complete opportunity", () => {
    expect(issues({})).toEqual([]);
  });

  it.each([
    "Customer.Account.CompanyName",
    "Customer.Account.Industry",
    "Customer.Account.WebsiteUrl",
    "Customer.Account.Address.PostalCode",
    "Customer.Account.Address.StateOrRegion",
    "Project.Title",
    "Project.CustomerBusinessProblem",
    "Project.CustomerUseCase",
    "Project.DeliveryModels",
    "Project.SalesActivities",
    "Project.ExpectedCustomerSpend",
    "LifeCycle.TargetCloseDate",
    "PrimaryNeedsFromAws",
  ])("is not one without %s, empty or absent", (path) => {
    expect(issues({ [path]: undefined })).toEqual([`missing ${path}`]);
    expect(issues({ [path]: "" })).toEqual([`missing ${path}`]);
    expect(issues({ [path]: null })).toEqual([`missing ${path}`]);
  });

  it("needs no name, site or address of a project of national security, which must be the government's", () => {
    const address = { "Customer.Account.CompanyName": undefined, "Customer.Account.WebsiteUrl": undefined };
    const secret = { NationalSecurity: "Yes", ...address, "Customer.Account.Address.PostalCode": undefined };
    expect(issues({ ...secret, "Customer.Account.Industry": "Government" })).toEqual([]);
    expect(issues(secret)).toEqual(["not-allowed NationalSecurity"]);
  });

  it("needs a state in the United States only, and a postal code where there are any", () => {
    const address = "Customer.Account.Address";
    expect(issues({ [address]: { CountryCode: "DE", PostalCode: "10115" } })).toEqual([]);
    expect(issues({ [address]: { CountryCode: "DE", PostalCode: "1011" } })).toEqual([`invalid ${address}.PostalCode`]);
    expect(issues({ [address]: { CountryCode: "AE" } })).toEqual([]);
    expect(issues({ [`${address}.StateOrRegion`]: "CA" })).toEqual([`invalid ${address}.StateOrRegion`]);
  });

  it("needs something to sell", () => {
    const missing = ["missing RelatedEntityIdentifiers.Solutions"];
    expect(issues({}, { related: {} })).toEqual(missing);
    expect(issues({}, { related: { AwsProducts: ["AmazonEC2"] } })).toEqual(missing);
    expect(issues({}, { related: { AwsMarketplaceProducts: ["arn:x"] } })).toEqual([]);
    expect(issues({ "Project.OtherSolutionDescription": "Ours" }, { related: {} })).toEqual([]);
  });

  it("needs a date that is not past, a spend above zero, and a stage that is worth a review", () => {
    expect(issues({ "LifeCycle.TargetCloseDate": "2026-11-20" })).toEqual(["invalid LifeCycle.TargetCloseDate"]);
    expect(issues({ "LifeCycle.TargetCloseDate": "2026-11-21" })).toEqual([]);
    const spend = [{ Amount: "0.00", CurrencyCode: "USD", Frequency: "Monthly", TargetCompany: "AWS" }];
    expect(issues({ "Project.ExpectedCustomerSpend": spend })).toEqual(["invalid Project.ExpectedCustomerSpend"]);
    expect(issues({ "LifeCycle.Stage": "Prospect" })).toEqual(["invalid LifeCycle.Stage"]);
  });

  it("needs nothing from AWS, or something, and something with national security", () => {
    const nothing = "Do Not Need Support from AWS Sales Rep";
    const refused = ["not-allowed PrimaryNeedsFromAws"];
    const secret = { NationalSecurity: "Yes", "Customer.Account.Industry": "Government" };
    expect(issues({ PrimaryNeedsFromAws: [nothing] })).toEqual([]);
    expect(issues({ PrimaryNeedsFromAws: [nothing, "Co-Sell - Deal Support"] })).toEqual(refused);
    expect(issues({ ...secret, PrimaryNeedsFromAws: ["Co-Sell - Deal Support"] })).toEqual([]);
    expect(issues({ ...secret, PrimaryNeedsFromAws: [nothing] })).toEqual(refused);
  });

  it("says what marketing, a competitor or a renewal owes", () => {
    expect(issues({ "Marketing.Source": "Marketing Activity" })).toEqual(["missing Marketing.AwsFundingUsed"]);
    expect(issues({ "Marketing.CampaignName": "X" })).toEqual(["not-allowed Marketing.CampaignName"]);
    expect(issues({ "Project.CompetitorName": "*Other" })).toEqual(["missing Project.OtherCompetitorNames"]);
    expect(issues({ "Project.OtherCompetitorNames": "X" })).toEqual(["not-allowed Project.OtherCompetitorNames"]);
    expect(issues({ OpportunityType: "Flat Renewal" })).toEqual(["missing Project.RelatedOpportunityIdentifier"]);
    expect(issues({ "Customer.Account.Industry": "Other" })).toEqual(["missing Customer.Account.OtherIndustry"]);
  });
});

describe("fit for a create", () => {
  it("is a draft with little in it", () => {
    const opportunity = { Project: { Title: "Move" } };
    expect(readiness({ purpose: "create", opportunity, related: {}, today: "2026-11-21" })).toEqual([]);
  });

  it("is not what AWS's model refuses", () => {
    expect(issues({ "Project.CustomerBusinessProblem": "short" }, { purpose: "create" })).toEqual([
      "invalid Project.CustomerBusinessProblem",
    ]);
    expect(issues({ "Customer.Account.CompanyName": undefined }, { purpose: "create" })).toEqual([
      "missing Customer.Account.CompanyName",
    ]);
  });

  it("is not an open deal with a date in the past, nor a lost one without a reason", () => {
    const past = { "LifeCycle.TargetCloseDate": "2026-01-01" };
    expect(issues(past, { purpose: "create" })).toEqual(["invalid LifeCycle.TargetCloseDate"]);
    expect(issues({ ...past, "LifeCycle.Stage": "Launched" }, { purpose: "create" })).toEqual([]);
    expect(issues({ ...past, "LifeCycle.Stage": "Closed Lost" }, { purpose: "create" })).toEqual([
      "missing LifeCycle.ClosedLostReason",
    ]);
  });

  it("holds what AWS would count as too much", () => {
    const Solutions = Array.from({ length: 11 }, (_, index) => `S-${index}`);
    expect(issues({}, { purpose: "create", related: { Solutions } })).toEqual([
      "not-allowed RelatedEntityIdentifiers.Solutions",
    ]);
  });
});

describe("fit for an update", () => {
  it("may hold values that AWS itself put there", () => {
    expect(issues({ PrimaryNeedsFromAws: ["Something new"], "Project.Title": "" }, { purpose: "update" })).toEqual([]);
  });

  it("is not a lost deal without a reason, a committed one without a solution, an open unapproved one of the past", () => {
    const update = { purpose: "update" } as const;
    expect(issues({ "LifeCycle.Stage": "Closed Lost" }, update)).toEqual(["missing LifeCycle.ClosedLostReason"]);
    expect(issues({ "LifeCycle.Stage": "Committed" }, { ...update, related: {} })).toEqual([
      "missing RelatedEntityIdentifiers.Solutions",
    ]);
    const past = { "LifeCycle.TargetCloseDate": "2026-01-01" };
    expect(issues(past, update)).toEqual(["invalid LifeCycle.TargetCloseDate"]);
    expect(issues({ ...past, "LifeCycle.ReviewStatus": "Approved" }, update)).toEqual([]);
  });
});

describe("the tables", () => {
  it("name members that exist", () => {
    const members = new Set(operationOf("CreateOpportunity")?.input.map(({ path }) => path));
    for (const { path } of readinessRules) {
      expect([path, members.has(path) || path.startsWith("RelatedEntityIdentifiers.")]).toEqual([path, true]);
    }
    for (const country of [...postalCodePatterns.keys(), ...countriesWithoutPostalCode]) {
      expect(enums["CountryCode"]).toContain(country);
    }
  });

  it("know postal codes by country", () => {
    expect(isPostalCode("GB", "EC1A 1BB")).toBe(true);
    expect(isPostalCode("CA", "k1a 0b1")).toBe(true);
    expect(isPostalCode("SE", "111 22")).toBe(true);
    expect(isPostalCode("US", "9410")).toBe(false);
    expect(isPostalCode("GG", "anything")).toBe(true);
  });

  it("answer for any opportunity", () => {
    const purpose = fc.constantFrom("create" as const, "submit" as const, "update" as const);
    const members = fc.dictionary(fc.constantFrom(...Object.keys(complete)), fc.jsonValue());
    fc.assert(
      fc.property(purpose, members, (wanted, opportunity) => {
        const request = { purpose: wanted, opportunity: opportunity as JsonObject, related: {}, today: "2026-11-21" };
        expect(Array.isArray(readiness(request))).toBe(true);
      }),
    );
  });
});
