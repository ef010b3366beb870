import type { Mistake } from "./mistake.ts";

/** Mappings that extend others. */
export const overlays: readonly Mistake[] = [
  {
    name: "a base that is not there",
    mapping: {
      whole: `extends: salesforce.oportunity
`,
    },
    findings: [{ line: 1, column: 10, code: "bad-extends" }],
  },
  {
    name: "a base that extends the overlay",
    mapping: {
      whole: `extends: base.yaml
`,
    },
    files: {
      "base.yaml": `extends: deal.yaml
`,
      "deal.yaml": `extends: base.yaml
`,
    },
    findings: [{ line: 1, column: 10, code: "bad-extends", file: "base.yaml" }],
  },
  {
    name: "a mistake of the overlay",
    mapping: {
      whole: `extends: base.yaml
outbound:
  LifeCycle.Stage: { const: Qualifed }
`,
    },
    files: {
      "base.yaml": `version: 1
id: a
crm: { connector: salesforce, object: Opportunity }
link: { opportunityId: AWS_Opportunity_Id__c }
outbound:
  LifeCycle.Stage: { const: Prospect }
`,
    },
    findings: [{ line: 3, column: 29, code: "value-outside-list", suggestion: "Qualified" }],
  },
  {
    name: "a mistake of the base",
    mapping: {
      whole: `extends: base.yaml
id: b
`,
    },
    files: {
      "base.yaml": `version: 1
id: a
crm: { connector: salesforce, object: Opportunity }
link: { opportunityId: AWS_Opportunity_Id__c }
outbound:
  LifeCycle.Stage: { const: Prospekt }
`,
    },
    findings: [{ line: 6, column: 29, code: "value-outside-list", suggestion: "Prospect", file: "base.yaml" }],
  },
  {
    name: "a rule to remove that is not there",
    mapping: {
      whole: `extends: base.yaml
outbound:
  LifeCycle.Stages: null
`,
    },
    files: {
      "base.yaml": `version: 1
id: a
crm: { connector: salesforce, object: Opportunity }
link: { opportunityId: AWS_Opportunity_Id__c }
outbound:
  LifeCycle.Stage: { const: Prospect }
`,
    },
    findings: [{ line: 3, column: 3, code: "nothing-to-remove", suggestion: "LifeCycle.Stage", severity: "warning" }],
  },
  {
    name: "a rule that loses what it needs",
    mapping: {
      whole: `extends: base.yaml
outbound: { Customer.Account.CompanyName: null }
`,
    },
    files: {
      "base.yaml": `version: 1
id: a
crm: { connector: salesforce, object: Opportunity }
link: { opportunityId: AWS_Opportunity_Id__c }
outbound:
  Customer.Account.CompanyName: { const: Acme }
  Customer.Account.Industry: { const: Retail }
`,
    },
    findings: [{ line: 7, column: 3, code: "required-unmapped", file: "base.yaml" }],
  },
];
