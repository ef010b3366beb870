import { describe, expect, it } from "@jest/globals";
import { issueTarget } from "./issue-target.ts";
import { withoutValues } from "./without-values.ts";

describe("the place that AWS names", () => {
  it.each([
    ["Customer.Account.Industry", "Customer.Account.Industry"],
    ["customer.contacts.0.email", "Customer.Contacts[0].Email"],
    ["/Customer/Contacts[2]/Email", "Customer.Contacts[2].Email"],
    ["input.project.expectedCustomerSpend.1.amount", "Project.ExpectedCustomerSpend[1].Amount"],
    ["Customer.Contacts.Email", "Customer.Contacts[].Email"],
    ["SomethingNew.Field", "SomethingNew.Field"],
    ["", ""],
  ])("%s is %s", (fieldName, target) => {
    expect(issueTarget(fieldName, "CreateOpportunity")).toBe(target);
  });

  it("is known by the mapping's name, also when a submission finds fault with the opportunity", () => {
    expect(issueTarget("AwsSubmission.Visibility", "StartEngagementFromOpportunityTask")).toBe("Submission.Visibility");
    expect(issueTarget("Project.Title", "StartEngagementFromOpportunityTask")).toBe("Project.Title");
  });
});

describe("a message of AWS", () => {
  it("keeps AWS's words and ids, loses ours", () => {
    const input = {
      Catalog: "Sandbox",
      Identifier: "O12",
      LifeCycle: { Stage: "Qualified" },
      Customer: { Contacts: [{ FirstName: "Jane", Email: "jane@example.com" }] },
      Project: { ExpectedCustomerSpend: [{ TargetCompany: "AWS" }] },
      NewMember: ["secret text"],
    };
    const message = "jane@example.com of Jane in O12 at Qualified in Sandbox, secret text, says AWS";
    expect(withoutValues(message, "UpdateOpportunity", input)).toBe(
      "[value] of [value] in O12 at Qualified in Sandbox, [value], says AWS",
    );
  });
});
