import type { Mistake } from "./mistake.ts";

/** What comes back into the CRM. */
export const inbound: readonly Mistake[] = [
  {
    name: "a misspelt CRM field",
    mapping: `inbound:
  AWS_Reveiw_Status__c: { from: LifeCycle.ReviewStatus }
`,
    findings: [{ line: 6, column: 3, code: "unknown-source-field", suggestion: "AWS_Review_Status__c" }],
  },
  {
    name: "a field that the CRM alone writes",
    mapping: `inbound:
  CreatedDate: { from: LastModifiedDate }
`,
    findings: [{ line: 6, column: 3, code: "not-writable" }],
  },
  {
    name: "a field that can be set on a new record only",
    mapping: `inbound:
  Edited_Only__c: { from: LifeCycle.ReviewStatus }
  Made_Once__c: { from: LifeCycle.ReviewStatus }
`,
    findings: [{ line: 7, column: 3, code: "not-writable" }],
  },
  {
    name: "a field of another record",
    mapping: `inbound:
  Account.Name: { from: Customer.Account.CompanyName }
`,
    findings: [{ line: 6, column: 3, code: "not-writable" }],
  },
  {
    name: "a record where a field belongs",
    mapping: `inbound:
  Account: { from: Customer.Account.CompanyName }
`,
    findings: [{ line: 6, column: 3, code: "not-writable" }],
  },
  {
    name: "a path that AWS does not have",
    mapping: `inbound:
  AWS_Review_Status__c: { from: LifeCycle.RevewStatus }
`,
    findings: [{ line: 6, column: 33, code: "unknown-target-field", suggestion: "LifeCycle.ReviewStatus" }],
  },
  {
    name: "a path of the summary that does not exist",
    mapping: `inbound:
  AWS_Seller_Stage__c: { from: Summary.LifeCycle.Stages }
`,
    findings: [{ line: 6, column: 32, code: "unknown-target-field", suggestion: "Summary.LifeCycle.Stage" }],
  },
  {
    name: "a structure of AWS",
    mapping: `inbound:
  Description: { from: Customer.Account }
`,
    findings: [{ line: 6, column: 24, code: "wrong-type" }],
  },
  {
    name: "a path through a list without its brackets",
    mapping: `inbound:
  Description: { from: Customer.Contacts.Email }
`,
    findings: [{ line: 6, column: 24, code: "unknown-target-field", suggestion: "Customer.Contacts[].Email" }],
  },
  {
    name: "a list for one value",
    mapping: `inbound:
  Description: { from: Project.DeliveryModels }
`,
    findings: [{ line: 6, column: 24, code: "wrong-type" }],
  },
  {
    name: "a word for a checkbox",
    mapping: `inbound:
  AWS_Cosell__c: { from: NationalSecurity }
`,
    findings: [{ line: 6, column: 26, code: "wrong-type" }],
  },
  {
    name: "a text for a date",
    mapping: `inbound:
  CloseDate: { from: LifeCycle.NextSteps }
`,
    findings: [{ line: 6, column: 22, code: "wrong-type" }],
  },
  {
    name: "a time for a date",
    mapping: `inbound:
  CloseDate: { from: LastModifiedDate }
`,
    findings: [{ line: 6, column: 22, code: "wrong-type" }],
  },
  {
    name: "a date for an amount",
    mapping: `inbound:
  Amount: { from: LifeCycle.TargetCloseDate }
`,
    findings: [{ line: 6, column: 19, code: "wrong-type" }],
  },
  {
    name: "words of a list for an amount",
    mapping: `inbound:
  Amount: { from: LifeCycle.Stage }
`,
    findings: [{ line: 6, column: 19, code: "wrong-type" }],
  },
  {
    name: "a constant that the CRM's type is not",
    mapping: `inbound:
  Amount: { const: much }
`,
    findings: [{ line: 6, column: 20, code: "wrong-type" }],
  },
  {
    name: "a date that is none, as a constant",
    mapping: `inbound:
  CloseDate: { const: soon }
`,
    findings: [{ line: 6, column: 23, code: "wrong-type" }],
  },
  {
    name: "a text that is longer than the CRM takes",
    mapping: `inbound:
  AWS_Review_Status__c: { from: LifeCycle.NextSteps }
`,
    findings: [{ line: 6, column: 33, code: "may-be-too-long", severity: "warning" }],
  },
  {
    name: "a constant that is longer than the CRM takes",
    mapping: `inbound:
  AWS_Review_Status__c: { const: This review status is longer than forty characters }
`,
    findings: [{ line: 6, column: 34, code: "too-long" }],
  },
  {
    name: "a constant outside the picklist",
    mapping: `inbound:
  StageName: { const: Closed won }
`,
    findings: [{ line: 6, column: 23, code: "value-outside-list", suggestion: "Closed Won", severity: "warning" }],
  },
  {
    name: "a constant that a restricted picklist refuses",
    mapping: `inbound:
  AWS_Use_Case__c: { const: Archivng }
`,
    findings: [{ line: 6, column: 29, code: "value-outside-list", suggestion: "Archiving" }],
  },
  {
    name: "values of AWS that a restricted picklist refuses",
    mapping: `inbound:
  AWS_Use_Case__c: { from: LifeCycle.Stage }
`,
    findings: [{ line: 6, column: 28, code: "unfit-values", severity: "warning" }],
  },
  {
    name: "several fields for one",
    mapping: `inbound:
  Description: { fields: { Stage: { from: LifeCycle.Stage } } }
`,
    findings: [{ line: 6, column: 3, code: "wrong-type" }],
  },
  {
    name: "a misspelt step",
    mapping: `inbound:
  CloseDate: { from: LifeCycle.TargetCloseDate, steps: [dat] }
`,
    findings: [{ line: 6, column: 57, code: "unknown-step", suggestion: "date" }],
  },
  {
    name: "a step for lists on a single value",
    mapping: `inbound:
  Description: { from: LifeCycle.NextSteps, steps: [first] }
`,
    findings: [{ line: 6, column: 53, code: "step-type", suggestion: "split, before it" }],
  },
];
