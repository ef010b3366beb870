import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { enums, lockOf, lockRows, operationOf } from "./index.ts";

const lock = (path: string, reviewStatus: string | undefined, stage = "Qualified", origin?: string): string =>
  lockOf(path, { reviewStatus, stage, origin }).lock;

const updatePaths = operationOf("UpdateOpportunity")?.input.map(({ path }) => path) ?? [];

describe("what AWS lets a partner change", () => {
  it("is everything before the submission, and nothing during the review or after a rejection", () => {
    expect(lock("Project.Title", "Pending Submission")).toBe("editable");
    expect(lock("LifeCycle.Stage", "Pending Submission")).toBe("editable");
    for (const status of ["Submitted", "In review", "Rejected"]) {
      for (const path of [...updatePaths, "RelatedEntityIdentifiers.Solutions", "Assignee.Email", "Submission"]) {
        expect(lock(path, status)).toBe("locked");
      }
    }
  });

  it("is ten things when action is required", () => {
    const editable = updatePaths.filter((path) => !path.includes("[") && lock(path, "Action Required") === "editable");
    expect(editable.sort()).toEqual([
      "Customer.Account.Address.City",
      "Customer.Account.Address.CountryCode",
      "Customer.Account.Address.PostalCode",
      "Customer.Account.Address.StateOrRegion",
      "Customer.Account.Address.StreetAddress",
      "Customer.Account.WebsiteUrl",
      "LifeCycle.TargetCloseDate",
      "PartnerOpportunityIdentifier",
      "Project.CustomerBusinessProblem",
      "Project.ExpectedCustomerSpend",
    ]);
    expect(lock("Project.ExpectedCustomerSpend[0].Amount", "Action Required")).toBe("editable");
    expect(lock("RelatedEntityIdentifiers.Solutions", "Action Required")).toBe("locked");
  });

  it("is what does not identify the deal once it is approved", () => {
    for (const path of [
      "Customer.Account.Address.CountryCode",
      "Customer.Account.CompanyName",
      "Customer.Account.Industry",
      "NationalSecurity",
      "Project.CustomerBusinessProblem",
      "Project.Title",
      "SoftwareRevenue.Value.Amount",
    ]) {
      expect(lock(path, "Approved")).toBe("locked");
    }
    for (const path of [
      "Customer.Account.Address.City",
      "Customer.Contacts",
      "LifeCycle.Stage",
      "LifeCycle.TargetCloseDate",
      "Project.ExpectedCustomerSpend",
      "RelatedEntityIdentifiers.Solutions",
      "Assignee.Email",
    ]) {
      expect(lock(path, "Approved")).toBe("editable");
    }
  });

  it("depends on the origin where a referral arrives without our id", () => {
    expect(lock("PartnerOpportunityIdentifier", "Approved")).toBe("locked");
    expect(lock("PartnerOpportunityIdentifier", "Approved", "Qualified", "Partner Referral")).toBe("locked");
    expect(lock("PartnerOpportunityIdentifier", "Approved", "Qualified", "AWS Referral")).toBe("editable");
  });

  it("is dropped silently after the launch, but for three things", () => {
    expect(lock("LifeCycle.Stage", "Approved", "Launched")).toBe("ignored");
    expect(lock("Project.Title", "Approved", "Launched")).toBe("ignored");
    expect(lock("Project.DeliveryModels", "Approved", "Launched")).toBe("editable");
    expect(lock("Project.AdditionalComments", "Approved", "Launched")).toBe("editable");
    expect(lock("SoftwareRevenue.Value.Amount", "Approved", "Launched")).toBe("editable");
    expect(lock("RelatedEntityIdentifiers.Solutions", "Approved", "Launched")).toBe("locked");
    expect(lock("Project.Title", "Pending Submission", "Launched")).toBe("editable");
  });

  it("is never what AWS alone decides, nor what only a create takes", () => {
    for (const status of enums["ReviewStatus"] ?? []) {
      for (const path of [
        "LifeCycle.ReviewStatus",
        "LifeCycle.NextStepsHistory",
        "OpportunityTeam",
        "Origin",
        "Tags",
      ]) {
        expect(lock(path, status)).toBe("locked");
      }
    }
  });

  it("is nothing in a status that nobody knows", () => {
    for (const status of [undefined, "Draft", "approved"]) expect(lock("Project.NewMember", status)).toBe("locked");
  });

  it("is a whole structure only if it is all of it", () => {
    expect(lock("Customer.Account.Address", "Approved")).toBe("locked");
    expect(lock("Customer.Account.Address", "Action Required")).toBe("locked");
    expect(lock("Marketing", "Approved")).toBe("editable");
  });

  it("is told apart from names that only begin alike", () => {
    expect(lock("Project.TitleOfSomethingElse", "Approved")).toBe("editable");
  });
});

describe("the table", () => {
  it("names members that exist, and a reason for everything that is not editable", () => {
    const members = new Set(
      ["CreateOpportunity", "GetOpportunity"].flatMap(
        (name) =>
          operationOf(name)
            ?.output.concat(operationOf(name)?.input ?? [])
            .map(({ path }) => path) ?? [],
      ),
    );
    for (const row of lockRows) {
      const known = members.has(row.path) || ["RelatedEntityIdentifiers", "Assignee", "Submission"].includes(row.path);
      expect([row.path, known]).toEqual([row.path, true]);
      expect(row.lock === "editable" || (row.reason ?? "") !== "").toBe(true);
    }
  });

  it("answers for any path and any state", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), fc.string(), (path, reviewStatus, stage, origin) => {
        expect(["editable", "locked", "ignored"]).toContain(lockOf(path, { reviewStatus, stage, origin }).lock);
      }),
    );
  });
});
