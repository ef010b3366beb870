import type { Mistake } from "./mistake.ts";

/** What AWS wants of a submission, and no rule gives. */
export const submission: readonly Mistake[] = [
  {
    name: "no title",
    mapping: {
      replace: `  Project.Title: { template: "{Account.Name} - {Name}", steps: [{ truncate: 255 }] }
`,
      with: "",
    },
    findings: [{ line: 67, column: 3, code: "cannot-be-submitted", severity: "warning" }],
  },
  {
    name: "no close date",
    mapping: {
      replace: `  LifeCycle.TargetCloseDate: { from: CloseDate }
`,
      with: "",
    },
    findings: [
      { line: 67, column: 3, code: "cannot-be-submitted", severity: "warning" },
      { line: 80, column: 28, code: "one-way-authority", severity: "warning" },
    ],
  },
  {
    name: "no solution, and nothing in its place",
    mapping: {
      replace: `  RelatedEntityIdentifiers.Solutions: { from: AWS_Solutions__c, steps: [{ split: ";" }] }
`,
      with: "",
    },
    findings: [{ line: 67, column: 3, code: "cannot-be-submitted", severity: "warning" }],
  },
  {
    name: "no state, which customers in the United States need",
    mapping: {
      replace: `  Customer.Account.Address.StateOrRegion:
    { from: Account.BillingState, steps: [state], when: { Customer.Account.Address.CountryCode: { eq: US } } }
`,
      with: "",
    },
    findings: [{ line: 66, column: 3, code: "cannot-be-submitted", severity: "warning" }],
  },
  {
    name: "no name for an industry that is Other",
    mapping: {
      replace: `  Customer.Account.OtherIndustry: { from: Account.Industry, when: { Customer.Account.Industry: { eq: Other } } }
`,
      with: "",
    },
    findings: [{ line: 67, column: 3, code: "cannot-be-submitted", severity: "warning" }],
  },
  {
    name: "no word on funding, which marketing activities need",
    mapping: {
      replace: `  Marketing.AwsFundingUsed: { const: "No", when: { Marketing.Source: { eq: Marketing Activity } } }
`,
      with: "",
    },
    findings: [{ line: 67, column: 3, code: "cannot-be-submitted", severity: "warning" }],
  },
  {
    name: "a stage that is never far enough",
    mapping: {
      replace: "LifeCycle.Stage: { from: StageName, table: stage }",
      with: "LifeCycle.Stage: { const: Prospect }",
    },
    findings: [
      { line: 56, column: 78, code: "never-holds", severity: "warning" },
      { line: 68, column: 3, code: "cannot-be-submitted", severity: "warning" },
    ],
  },
  {
    name: "no involvement",
    mapping: {
      replace: `      InvolvementType: { from: AWS_Involvement__c, default: Co-Sell }
`,
      with: "",
    },
    findings: [{ line: 71, column: 7, code: "required-unmapped" }],
  },
];
