import type { Mistake } from "./mistake.ts";

/** Conditions that can never hold, or ask for what is not there. */
export const conditions: readonly Mistake[] = [
  {
    name: "a value that the picklist does not have",
    mapping: `match: { StageName: { eq: Closed Wonn } }
`,
    findings: [{ line: 5, column: 27, code: "never-holds", suggestion: "Closed Won", severity: "warning" }],
  },
  {
    name: "one of several values that the picklist does not have",
    mapping: `match: { StageName: { notIn: [Closed Won, Closed Last] } }
`,
    findings: [{ line: 5, column: 43, code: "never-holds", suggestion: "Closed Lost", severity: "warning" }],
  },
  {
    name: "a value that a restricted picklist cannot have",
    mapping: `outbound:
  LifeCycle.NextSteps: { from: NextStep, when: { AWS_Use_Case__c: { eq: Cooking } } }
`,
    findings: [{ line: 6, column: 73, code: "never-holds", severity: "warning" }],
  },
  {
    name: "two values at once",
    mapping: `match: { all: [{ StageName: { eq: Closed Won } }, { StageName: { eq: Closed Lost } }] }
`,
    findings: [{ line: 5, column: 53, code: "never-holds", severity: "warning" }],
  },
  {
    name: "a value and not that value",
    mapping: `match: { StageName: { eq: Closed Won, ne: Closed Won } }
`,
    findings: [{ line: 5, column: 10, code: "never-holds", severity: "warning" }],
  },
  {
    name: "a value out of a list that is excluded",
    mapping: `match: { all: [{ StageName: { in: [Closed Won, Closed Lost] } }, { not: { StageName: { in: [Closed Lost, Closed Won] } } }] }
`,
    findings: [{ line: 5, column: 75, code: "never-holds", severity: "warning" }],
  },
  {
    name: "absent, and with a value",
    mapping: `match: { CampaignId: { exists: false }, all: [{ CampaignId: { eq: "701" } }] }
`,
    findings: [{ line: 5, column: 49, code: "never-holds", severity: "warning" }],
  },
  {
    name: "absent, and greater",
    mapping: `outbound:
  LifeCycle.NextSteps: { from: NextStep, when: { all: [{ Amount: { gt: 0 } }, { Amount: { exists: false } }] } }
`,
    findings: [{ line: 6, column: 81, code: "never-holds", severity: "warning" }],
  },
  {
    name: "more than the most",
    mapping: `outbound:
  LifeCycle.NextSteps: { from: NextStep, when: { Amount: { gt: 1000, lt: 1000 } } }
`,
    findings: [{ line: 6, column: 50, code: "never-holds", severity: "warning" }],
  },
  {
    name: "after the last day",
    mapping: `outbound:
  LifeCycle.NextSteps: { from: NextStep, when: { CloseDate: { gte: 2027-01-01, lte: 2026-12-31 } } }
`,
    findings: [{ line: 6, column: 50, code: "never-holds", severity: "warning" }],
  },
  {
    name: "an alternative that is excluded",
    mapping: `match: { StageName: { ne: Closed Won }, any: [{ StageName: { eq: Closed Won } }, { AWS_Cosell__c: { eq: true } }] }
`,
    findings: [{ line: 5, column: 49, code: "never-holds", severity: "warning" }],
  },
  {
    name: "a condition inside another that excludes it",
    mapping: `outbound:
  LifeCycle: { when: { StageName: { eq: Closed Won } }, fields: { Stage: { const: Launched }, NextSteps: { from: NextStep, when: { StageName: { eq: Closed Lost } } } } }
`,
    findings: [{ line: 6, column: 132, code: "never-holds", severity: "warning" }],
  },
  {
    name: "an option below one that takes every record",
    mapping: `outbound:
  Marketing.Source: { choose: [{ const: None }, { when: { CampaignId: { exists: true } }, const: Marketing Activity }] }
`,
    findings: [{ line: 6, column: 49, code: "never-reached", severity: "warning" }],
  },
  {
    name: "an option that an option above takes already",
    mapping: `outbound:
  LifeCycle.Stage: { choose: [{ when: { StageName: { in: [Prospecting, Qualification] } }, const: Prospect }, { when: { StageName: { eq: Qualification } }, const: Qualified }, { const: Committed }] }
`,
    findings: [{ line: 6, column: 121, code: "never-holds", severity: "warning" }],
  },
  {
    name: "an option below two that leave nothing",
    mapping: `outbound:
  Marketing.Source: { choose: [{ when: { CampaignId: { exists: true } }, const: Marketing Activity }, { when: { CampaignId: { exists: false } }, const: None }, { const: None }] }
`,
    findings: [{ line: 6, column: 161, code: "never-reached", severity: "warning" }],
  },
  {
    name: "a checkbox that is yes",
    mapping: `match: { AWS_Cosell__c: { eq: yes } }
`,
    findings: [{ line: 5, column: 31, code: "wrong-type", suggestion: "true" }],
  },
  {
    name: "an amount compared with a word",
    mapping: `outbound:
  LifeCycle.NextSteps: { from: NextStep, when: { Amount: { gt: 10k } } }
`,
    findings: [{ line: 6, column: 64, code: "wrong-type" }],
  },
  {
    name: "a date compared with something else",
    mapping: `outbound:
  LifeCycle.NextSteps: { from: NextStep, when: { CloseDate: { gt: tomorrow } } }
`,
    findings: [{ line: 6, column: 67, code: "wrong-type" }],
  },
  {
    name: "a record compared with a value",
    mapping: `outbound:
  LifeCycle.NextSteps: { from: NextStep, when: { Account: { eq: Acme } } }
`,
    findings: [{ line: 6, column: 65, code: "wrong-type" }],
  },
  {
    name: "a target that is mapped below",
    mapping: `outbound:
  LifeCycle.ClosedLostReason: { from: Loss_Reason__c, default: Other, table: reason, when: { LifeCycle.Stage: { eq: Closed Lost } } }
  LifeCycle.Stage: { const: Closed Lost }
tables: { reason: { outbound: { Price: Price }, otherwise: omit } }
`,
    findings: [{ line: 6, column: 94, code: "target-not-above" }],
  },
  {
    name: "a target with a value that AWS does not have",
    mapping: { replace: "Customer.Account.Industry: { eq: Other }", with: "Customer.Account.Industry: { eq: Others }" },
    findings: [{ line: 32, column: 102, code: "value-outside-list", suggestion: "Other" }],
  },
  {
    name: "a target with a value that its rule never gives",
    mapping: {
      replace: "Customer.Account.Industry: { eq: Other }",
      with: "Customer.Account.Industry: { eq: Education }",
    },
    findings: [{ line: 32, column: 102, code: "never-holds", severity: "warning" }],
  },
  {
    name: "a review status that AWS does not have",
    mapping: { replace: "LifeCycle.ReviewStatus: { eq: Approved }", with: "LifeCycle.ReviewStatus: { eq: Aproved }" },
    findings: [{ line: 79, column: 91, code: "never-holds", suggestion: "Approved", severity: "warning" }],
  },
  {
    name: "a path that AWS does not tell",
    mapping: { replace: "LifeCycle.ReviewStatus: { eq: Approved }", with: "LifeCycle.ReviewState: { eq: Approved }" },
    findings: [{ line: 79, column: 61, code: "unknown-target-field", suggestion: "LifeCycle.ReviewStatus" }],
  },
  {
    name: "a status of AWS that is two at once",
    mapping: {
      replace: "LifeCycle.ReviewStatus: { eq: Approved }",
      with: "LifeCycle.ReviewStatus: { eq: Approved, in: [Submitted, Rejected] }",
    },
    findings: [{ line: 79, column: 61, code: "never-holds", severity: "warning" }],
  },
  {
    name: "a misspelt field in the condition of a list's item",
    mapping: `outbound:
  Customer.Contacts: { list: [{ when: { AccountID: { exists: true } }, fields: { LastName: { from: Owner.LastName } } }] }
`,
    findings: [{ line: 6, column: 41, code: "unknown-source-field", suggestion: "AccountId" }],
  },
];
