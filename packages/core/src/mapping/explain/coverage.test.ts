import { describe, expect, it } from "@jest/globals";
import { dealSchema } from "../__fixtures__/deal-schema.ts";
import { dealTarget } from "../__fixtures__/deal-target.ts";
import { documentOf } from "../__fixtures__/mapping-of.ts";
import { coverageOf } from "./coverage.ts";
import type { Requirement } from "./requirement.ts";

const document = documentOf(`match: { Shared__c: { eq: true } }
outbound:
  Project.Title: { template: "{Name}" }
  Customer.Account.CompanyName: { from: Account.Name }
  Project.ExpectedCustomerSpend:
    list: [{ Amount: { from: Amount }, CurrencyCode: { const: USD } }]
  Customer.Contacts: { each: Roles.records, fields: { Email: { from: Contact.Email } } }
inbound:
  Review_Status__c: { from: LifeCycle.ReviewStatus }
leftOut: { Marketing: Not ours., "Customer.Contacts[].Phone": Nobody answers. }
`);
const need = (path: string, purpose: Requirement["purpose"], conditional = false): Requirement => ({
  path,
  purpose,
  conditional,
  message: "It is needed.",
});
const coverage = coverageOf(document, {
  target: {
    ...dealTarget,
    lockOf: (path) => (path === "Project.Title" ? { lock: "locked", reason: "Approved." } : { lock: "editable" }),
  },
  requirements: [
    need("Project.Title", "submit"),
    need("LifeCycle.Stage", "create"),
    need("LifeCycle.ClosedLostReason", "submit", true),
    need("Project.ExpectedCustomerSpend", "submit"),
  ],
  approved: { reviewStatus: "Approved", stage: "Qualified", origin: undefined },
  schema: dealSchema,
});
const field = (path: string) => coverage.fields.find((each) => each.path === path);

describe("coverageOf", () => {
  it("says of every field whether it is mapped, left out or neither", () => {
    expect(field("Project.Title")).toMatchObject({
      state: "mapped",
      from: '"{Name}"',
      sources: ["Name"],
      at: { line: 8 },
      lockedAfterApproval: "Approved.",
    });
    expect(field("Customer.Contacts.Email")).toMatchObject({ sources: ["Roles.records[].Contact.Email"] });
    expect(field("Marketing.Source")).toMatchObject({ state: "left-out", reason: "Not ours." });
    expect(field("Customer.Contacts.Phone")).toMatchObject({ state: "left-out", reason: "Nobody answers." });
    expect(field("LifeCycle.Stage")).toMatchObject({ state: "neither" });
  });

  it("tells fields by their values: no structures, and lists of values once", () => {
    const paths = coverage.fields.map(({ path }) => path);
    expect(paths).not.toContain("Customer");
    expect(paths).not.toContain("Customer.Contacts");
    expect(paths.filter((path) => path.startsWith("Project.DeliveryModels"))).toEqual(["Project.DeliveryModels"]);
    expect(new Set(paths).size).toBe(paths.length);
  });

  it("counts what is needed always and not mapped", () => {
    const { fields, mapped, leftOut, neither, missing } = coverage.counts;
    expect({ mapped, leftOut, missing }).toEqual({ mapped: 5, leftOut: 2, missing: 1 });
    expect(neither).toBe(fields - 7);
    expect(field("Project.ExpectedCustomerSpend.Amount")?.needs).toHaveLength(1);
  });

  it("names the CRM fields that nothing reads or writes, in the objects that the mapping reaches", () => {
    const unused = coverage.unused?.map(({ path }) => path);
    expect(unused).toEqual(expect.arrayContaining(["CloseDate", "Account.Industry", "Roles.records.Contact.LastName"]));
    for (const used of ["Name", "Amount", "Shared__c", "Opportunity_Id__c", "Review_Status__c", "Account.Name"])
      expect(unused).not.toContain(used);
    // The owner is never reached, and ids say nothing.
    expect(unused?.filter((path) => path.startsWith("Owner.") || path === "Id")).toEqual([]);
  });
});
