import type { Mistake } from "./mistake.ts";

/** Fields that AWS does not have, asks for, or gets twice. */
export const awsFields: readonly Mistake[] = [
  {
    name: "a misspelt target",
    mapping: `outbound:
  Project.Titel: { from: Name }
`,
    findings: [{ line: 6, column: 3, code: "unknown-target-field", suggestion: "Project.Title" }],
  },
  {
    name: "a target without its parent",
    mapping: `outbound:
  CustomerUseCase: { from: AWS_Use_Case__c }
`,
    findings: [{ line: 6, column: 3, code: "unknown-target-field", suggestion: "Project.CustomerUseCase" }],
  },
  {
    name: "a target in a list, as if there were one item",
    mapping: `outbound:
  Customer.Contacts.Email: { from: Owner.Email }
`,
    findings: [{ line: 6, column: 3, code: "target-in-list" }],
  },
  {
    name: "a misspelt member of a list's item",
    mapping: `outbound:
  Customer.Contacts: { each: OpportunityContactRoles.records, fields: { Lastname: { from: Contact.LastName } } }
`,
    findings: [{ line: 6, column: 73, code: "unknown-target-field", suggestion: "LastName" }],
  },
  {
    name: "a misspelt member of a structure",
    mapping: `outbound:
  LifeCycle: { fields: { Stage: { const: Qualified }, NextStep: { from: NextStep } } }
`,
    findings: [{ line: 6, column: 55, code: "unknown-target-field", suggestion: "NextSteps" }],
  },
  {
    name: "a target that only AWS writes",
    mapping: `outbound:
  Id: { from: AWS_Opportunity_Id__c }
`,
    findings: [{ line: 6, column: 3, code: "unknown-target-field" }],
  },
  {
    name: "a structure mapped as one value",
    mapping: `outbound:
  LifeCycle: { from: StageName }
`,
    findings: [{ line: 6, column: 3, code: "wrong-type" }],
  },
  {
    name: "a list of structures mapped as one value",
    mapping: `outbound:
  Customer.Contacts: { from: "OpportunityContactRoles.records[].Contact.Email" }
`,
    findings: [{ line: 6, column: 3, code: "wrong-type" }],
  },
  {
    name: "fields for a single value",
    mapping: `outbound:
  LifeCycle.Stage: { fields: { Name: { from: StageName } } }
`,
    findings: [{ line: 6, column: 30, code: "wrong-type" }],
  },
  {
    name: "each for a single value",
    mapping: `outbound:
  Project.Title: { each: OpportunityContactRoles.records, fields: { Name: { from: Role } } }
`,
    findings: [{ line: 6, column: 26, code: "wrong-type" }],
  },
  {
    name: "a value among the items of a list of structures",
    mapping: `outbound:
  Project.ExpectedCustomerSpend: { list: [USD] }
`,
    findings: [{ line: 6, column: 43, code: "wrong-type" }],
  },
  {
    name: "a required member that is not mapped",
    mapping: `outbound:
  Customer.Account.Industry: { const: Retail }
`,
    findings: [{ line: 6, column: 3, code: "required-unmapped" }],
  },
  {
    name: "required members of an item that are not mapped",
    mapping: `outbound:
  Project.ExpectedCustomerSpend: { list: [{ Amount: { from: Amount }, Frequency: { const: Monthly } }] }
`,
    findings: [
      { line: 6, column: 45, code: "required-unmapped" },
      { line: 6, column: 45, code: "required-unmapped" },
    ],
  },
  {
    name: "required members of the assignee that are not mapped",
    mapping: `outbound:
  Assignee.Email: { from: Owner.Email }
`,
    findings: [
      { line: 6, column: 3, code: "required-unmapped" },
      { line: 6, column: 3, code: "required-unmapped" },
      { line: 6, column: 3, code: "required-unmapped" },
    ],
  },
  {
    name: "a parent and its child, both mapped",
    mapping: `outbound:
  LifeCycle.Stage: { const: Qualified }
  LifeCycle: { fields: { NextSteps: { from: NextStep } } }
`,
    findings: [{ line: 6, column: 3, code: "overlapping-targets" }],
  },
  {
    name: "a parent and its child, both mapped inside a rule",
    mapping: `outbound:
  Customer: { fields: { Account.CompanyName: { const: Acme }, Account: { fields: { CompanyName: { const: Acme } } } } }
`,
    findings: [{ line: 6, column: 25, code: "overlapping-targets" }],
  },
  {
    name: "a reason for leaving out what does not exist",
    mapping: `outbound:
  Marketing.Source: { const: None }
leftOut:
  Assignee: x
  Customer: x
  LifeCycle: x
  NationalSecurity: x
  OpportunityTeam: x
  OpportunityType: x
  Origin: x
  PartnerOpportunityIdentifier: x
  PrimaryNeedsFromAws: x
  Project: x
  RelatedEntityIdentifiers: x
  SoftwareRevenue: x
  Submission: x
  Tags: x
  Marketing.Channels: x
  Marketing.UseCases: x
  Marketing.CampaignName: x
  Marketing.AwsFundingUsd: x
`,
    findings: [
      { line: 7, column: 1, code: "unmapped-target", severity: "warning" },
      { line: 25, column: 3, code: "unknown-target-field", suggestion: "Marketing.AwsFundingUsed" },
    ],
  },
  {
    name: "a field that is mapped and left out, and others that are neither",
    mapping: `outbound:
  Marketing.Source: { const: None }
leftOut:
  Assignee: x
  Customer: x
  LifeCycle: x
  Marketing.Source: x
  NationalSecurity: x
  OpportunityTeam: x
  OpportunityType: x
  Origin: x
  PartnerOpportunityIdentifier: x
  PrimaryNeedsFromAws: x
  Project: x
  RelatedEntityIdentifiers: x
  SoftwareRevenue: x
  Submission: x
  Tags: x
  Marketing.Channels: x
  Marketing.UseCases: x
`,
    findings: [
      { line: 7, column: 1, code: "unmapped-target", severity: "warning" },
      { line: 7, column: 1, code: "unmapped-target", severity: "warning" },
      { line: 11, column: 3, code: "mapped-and-left-out" },
    ],
  },
];
