import { describe, expect, it } from "@jest/globals";
import { partnerCentralTarget as target } from "./index.ts";

describe("what may be written", () => {
  it("is every member of create and update, and what goes by calls of its own", () => {
    expect(target.writable.get("Project.Title")).toEqual({
      path: "Project.Title",
      type: "string",
      required: false,
      sensitive: true,
      calls: ["create", "update"],
      minLength: 0,
      maxLength: 255,
    });
    expect(target.writable.get("OpportunityTeam[].Email")?.calls).toEqual(["create"]);
    expect(target.writable.get("Tags[].Key")?.required).toBe(true);
    expect(target.writable.get("RelatedEntityIdentifiers.AwsProducts")).toMatchObject({
      type: "list",
      maxItems: 20,
      calls: ["associate"],
    });
    expect(target.writable.get("Assignee.Email")).toMatchObject({ required: true, format: "email", calls: ["assign"] });
    expect(target.writable.get("Submission.InvolvementType")).toMatchObject({
      required: true,
      values: ["For Visibility Only", "Co-Sell"],
      calls: ["submit"],
    });
    for (const path of ["Catalog", "ClientToken", "Identifier", "LastModifiedDate"]) {
      expect(target.writable.has(path)).toBe(false);
    }
  });

  it("knows AWS's lists, also those that stand in its documentation only", () => {
    expect(target.writable.get("Project.CustomerUseCase")?.values).toHaveLength(39);
    expect(target.writable.get("LifeCycle.ReviewStatus")?.values).toContain("In review");
    expect(target.writable.get("Customer.Account.Address.StateOrRegion")?.values).toContain("Dist. of Columbia");
    expect(target.writable.get("Project.ExpectedCustomerSpend[].Frequency")?.values).toEqual(["Monthly", "None"]);
  });

  it("says how two spellings are compared", () => {
    const formats = [...target.writable.values()]
      .filter(({ format }) => format)
      .map(({ path, format }) => [path, format]);
    expect(Object.fromEntries(formats)).toMatchObject({
      "Customer.Contacts[].Email": "email",
      "LifeCycle.TargetCloseDate": "date",
      "Project.ExpectedCustomerSpend[].Amount": "decimal",
      "SoftwareRevenue.Value.Amount": "decimal",
      "LifeCycle.NextStepsHistory[].Time": "timestamp",
    });
  });
});

describe("what may be read", () => {
  it("is the opportunity, AWS's summary, the invitation and the link", () => {
    for (const path of [
      "Id",
      "LifeCycle.Stage",
      "Summary.LifeCycle.Stage",
      "Summary.Insights.EngagementScore",
      "Invitation.PayloadType",
      "Invitation.Payload.LeadInvitation.Customer.CompanyName",
      "Invitation.Payload.OpportunityInvitation.Project.Title",
      "Link.status",
    ]) {
      expect(target.readable.get(path)?.type).toBe("string");
    }
    expect(target.readable.get("Link.deferredFields")?.type).toBe("list");
  });
});

describe("reading an opportunity", () => {
  it("takes what decisions need, and any nulls", () => {
    const opportunity = {
      LastModifiedDate: "2026-02-04T05:10:17.8Z",
      LifeCycle: { ReviewStatus: "Action Required", Stage: null },
      RelatedEntityIdentifiers: { Solutions: ["S-1"], AwsProducts: null },
      OpportunityTeam: [
        { Email: "manager@example.com", BusinessTitle: "PartnerAccountManager" },
        { Email: "owner@example.com", BusinessTitle: "OpportunityOwner" },
      ],
    };
    expect(target.read(opportunity, { Origin: "AWS Referral" })).toMatchObject({
      state: { reviewStatus: "Action Required", stage: undefined, origin: "AWS Referral" },
      submittable: false,
      movesOnUpdate: true,
      related: { Solutions: ["S-1"], AwsProducts: [] },
      assigneeEmail: "owner@example.com",
      version: "2026-02-04T05:10:17.8Z",
    });
    expect(target.read({ LifeCycle: { ReviewStatus: "Pending Submission" } }, undefined)).toMatchObject({
      submittable: true,
      state: { origin: undefined },
      assigneeEmail: undefined,
    });
  });
});
