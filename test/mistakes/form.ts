import type { Mistake } from "./mistake.ts";

/** Keys, sections and forms that the language does not have. */
export const form: readonly Mistake[] = [
  {
    name: "a misspelt section",
    mapping: `outbuond: {}
`,
    findings: [{ line: 5, column: 1, code: "unknown-key", suggestion: "outbound" }],
  },
  {
    name: "a misspelt key of a rule",
    mapping: `outbound:
  Project.Title: { form: Name }
`,
    findings: [{ line: 6, column: 20, code: "unknown-key", suggestion: "from" }],
  },
  {
    name: "a misspelt second key of a rule",
    mapping: `outbound:
  Project.Title: { from: Name, step: [trim] }
`,
    findings: [{ line: 6, column: 32, code: "unknown-key", suggestion: "steps" }],
  },
  {
    name: "a misspelt key of a table",
    mapping: `tables:
  stage: { outbound: { New: Prospect }, otherwize: omit, otherwise: omit }
outbound:
  LifeCycle.Stage: { from: NextStep, table: stage }
`,
    findings: [{ line: 6, column: 41, code: "unknown-key", suggestion: "otherwise" }],
  },
  {
    name: "a misspelt key of a link",
    mapping: {
      whole: `version: 1
id: a
crm: { connector: salesforce, object: Opportunity }
link: { oportunityId: AWS_Opportunity_Id__c }
`,
    },
    findings: [
      { line: 4, column: 7, code: "missing-key" },
      { line: 4, column: 9, code: "unknown-key", suggestion: "opportunityId" },
    ],
  },
  {
    name: "an edition that does not exist",
    mapping: {
      whole: `version: 2
id: a
crm: { connector: salesforce, object: Opportunity }
link: { opportunityId: AWS_Opportunity_Id__c }
`,
    },
    findings: [{ line: 1, column: 10, code: "unknown-version" }],
  },
  {
    name: "no id, no crm, no link",
    mapping: {
      whole: `version: 1
outbound: {}
`,
    },
    findings: [
      { line: 1, column: 1, code: "missing-key" },
      { line: 1, column: 1, code: "missing-key" },
      { line: 1, column: 1, code: "missing-key" },
    ],
  },
  {
    name: "two sources",
    mapping: `outbound:
  Project.Title: { from: Name, const: Deal }
`,
    findings: [{ line: 6, column: 3, code: "one-source" }],
  },
  {
    name: "no source",
    mapping: `outbound:
  Project.Title: { steps: [trim] }
`,
    findings: [{ line: 6, column: 3, code: "one-source" }],
  },
  {
    name: "each without fields",
    mapping: `outbound:
  Customer.Contacts: { each: OpportunityContactRoles.records }
`,
    findings: [{ line: 6, column: 3, code: "one-source" }],
  },
  {
    name: "steps at a list",
    mapping: `outbound:
  Customer.Contacts: { each: OpportunityContactRoles.records, fields: { LastName: { from: Contact.LastName } }, steps: [trim] }
`,
    findings: [{ line: 6, column: 113, code: "misplaced-key" }],
  },
  {
    name: "an expression instead of a path",
    mapping: `outbound:
  Project.Title: { from: "Name + Account.Name" }
`,
    findings: [{ line: 6, column: 26, code: "bad-path" }],
  },
  {
    name: "a path with an empty name",
    mapping: `outbound:
  Project.Title: { from: Account..Name }
`,
    findings: [{ line: 6, column: 26, code: "bad-path" }],
  },
  {
    name: "a path that every object inherits",
    mapping: `outbound:
  Project.Title: { from: __proto__ }
`,
    findings: [{ line: 6, column: 26, code: "bad-path" }],
  },
  {
    name: "a template without its closing brace",
    mapping: `outbound:
  Project.Title: { template: "{Name", steps: [{ truncate: 255 }] }
`,
    findings: [{ line: 6, column: 30, code: "bad-template" }],
  },
  {
    name: "a template with an expression",
    mapping: `outbound:
  Project.Title: { template: "{Name | upper}" }
`,
    findings: [{ line: 6, column: 30, code: "bad-template" }],
  },
  {
    name: "a condition without a comparison",
    mapping: `match: { StageName: Prospecting }
`,
    findings: [{ line: 5, column: 21, code: "bad-condition" }],
  },
  {
    name: "a comparison that does not exist",
    mapping: `match: { StageName: { equals: Prospecting } }
`,
    findings: [{ line: 5, column: 23, code: "unknown-key" }],
  },
  {
    name: "a test of existence with a word",
    mapping: `match: { CampaignId: { exists: always } }
`,
    findings: [{ line: 5, column: 32, code: "bad-condition" }],
  },
  {
    name: "required with a word",
    mapping: `outbound:
  Project.Title: { from: Name, required: yes }
`,
    findings: [{ line: 6, column: 42, code: "unknown-choice" }],
  },
  {
    name: "a way of writing that does not exist",
    mapping: `outbound:
  Project.Title: { from: Name, write: one }
`,
    findings: [{ line: 6, column: 39, code: "unknown-choice", suggestion: "once" }],
  },
  {
    name: "an authority that does not exist",
    mapping: `authority: { default: csm }
`,
    findings: [{ line: 5, column: 23, code: "unknown-choice", suggestion: "crm" }],
  },
  {
    name: "a table without a policy for misses",
    mapping: `tables:
  stage: { outbound: { Prospecting: Prospect } }
outbound:
  LifeCycle.Stage: { from: NextStep, table: stage }
`,
    findings: [{ line: 6, column: 3, code: "no-miss-policy" }],
  },
  {
    name: "a policy for misses that does not exist",
    mapping: `tables:
  stage: { outbound: { Prospecting: Prospect }, otherwise: ignore }
outbound:
  LifeCycle.Stage: { from: NextStep, table: stage }
`,
    findings: [
      { line: 6, column: 3, code: "no-miss-policy" },
      { line: 6, column: 60, code: "unknown-choice" },
    ],
  },
  {
    name: "a table without rows",
    mapping: `tables:
  stage: { otherwise: omit }
outbound:
  LifeCycle.Stage: { from: NextStep, table: stage }
`,
    findings: [{ line: 6, column: 3, code: "empty-table" }],
  },
  {
    name: "a table file that is not there",
    mapping: `tables:
  stage: { extends: tables/stages.yaml, outbound: { New: Prospect }, otherwise: omit }
outbound:
  LifeCycle.Stage: { from: NextStep, table: stage }
`,
    findings: [{ line: 6, column: 21, code: "bad-extends" }],
  },
  {
    name: "a mistake inside a table file",
    mapping: `tables:
  stage: { extends: tables/stages.yaml, otherwise: omit }
outbound:
  LifeCycle.Stage: { from: NextStep, table: stage }
`,
    files: {
      "tables/stages.yaml": `outbound:
  New: Prospekt
  Old: Launched
`,
    },
    findings: [{ line: 2, column: 8, code: "value-outside-list", suggestion: "Prospect", file: "tables/stages.yaml" }],
  },
];
