import type { Mistake } from "./mistake.ts";

/** Who wins, and whether the winner can be heard. */
export const authority: readonly Mistake[] = [
  {
    name: "an authority over a path that does not exist",
    mapping: { replace: "LifeCycle.NextSteps: ask", with: "LifeCycle.NextStep: ask" },
    findings: [{ line: 81, column: 60, code: "unknown-target-field", suggestion: "LifeCycle.NextSteps" }],
  },
  {
    name: "an authority over what goes one way only",
    mapping: { replace: "LifeCycle.NextSteps: ask", with: "Project.Title: aws" },
    findings: [{ line: 81, column: 60, code: "one-way-authority", severity: "warning" }],
  },
  {
    name: "an authority over what only comes back",
    mapping: { replace: "LifeCycle.NextSteps: ask", with: "LifeCycle.ReviewStatus: aws" },
    findings: [{ line: 81, column: 60, code: "one-way-authority", severity: "warning" }],
  },
  {
    name: "a field that AWS locks, with the CRM as the winner by default",
    mapping: {
      replace: `inbound:
  AWS_Review_Status__c`,
      with: `inbound:
  AWS_Business_Problem__c: { from: Project.CustomerBusinessProblem }
  AWS_Review_Status__c`,
    },
    findings: [{ line: 45, column: 3, code: "locked-after-approval", severity: "warning" }],
  },
  {
    name: "a field that AWS locks, with the CRM as the winner by its own line",
    mapping: `outbound:
  Customer.Account.CompanyName: { const: Acme }
  Customer.Account.Industry: { from: LeadSource, table: industry }
tables: { industry: { outbound: { Web: Retail }, inbound: { Retail: Web }, otherwise: omit } }
inbound:
  LeadSource: { from: Customer.Account.Industry, table: industry }
authority: { default: aws, Customer: crm }
`,
    findings: [{ line: 11, column: 28, code: "locked-after-approval", severity: "warning" }],
  },
];
