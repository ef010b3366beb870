import type { Mistake } from "./mistake.ts";

/** Constants, defaults and items that AWS does not take. */
export const values: readonly Mistake[] = [
  {
    name: "a misspelt constant",
    mapping: `outbound:
  LifeCycle.Stage: { const: Qualifed }
`,
    findings: [{ line: 6, column: 29, code: "value-outside-list", suggestion: "Qualified" }],
  },
  {
    name: "a constant in the wrong case",
    mapping: `outbound:
  Marketing.Source: { const: none }
`,
    findings: [{ line: 6, column: 30, code: "value-outside-list", suggestion: "None" }],
  },
  {
    name: "a default outside AWS's list",
    mapping: `outbound:
  Project.CompetitorName: { from: AWS_Competitor__c, default: Nobody }
`,
    findings: [{ line: 6, column: 63, code: "value-outside-list" }],
  },
  {
    name: "an option outside AWS's list",
    mapping: `outbound:
  Marketing.Source: { choose: [{ when: { CampaignId: { exists: true } }, const: Marketing activity }, { const: None }] }
`,
    findings: [{ line: 6, column: 81, code: "value-outside-list", suggestion: "Marketing Activity" }],
  },
  {
    name: "an item outside AWS's list",
    mapping: `outbound:
  Project.DeliveryModels: { const: [SaaS or PaaS, Managed Service] }
`,
    findings: [{ line: 6, column: 51, code: "value-outside-list", suggestion: "Managed Services" }],
  },
  {
    name: "a currency that AWS does not take here",
    mapping: `outbound:
  Project.ExpectedCustomerSpend: { list: [{ Amount: { from: Amount }, CurrencyCode: { const: GBP }, Frequency: { const: Monthly }, TargetCompany: { const: AWS } }] }
`,
    findings: [{ line: 6, column: 94, code: "value-outside-list" }],
  },
  {
    name: "a country by its name",
    mapping: `outbound:
  Customer.Account.Address.CountryCode: { const: Germany }
  Customer.Account.CompanyName: { const: Acme }
`,
    findings: [{ line: 6, column: 50, code: "value-outside-list" }],
  },
  {
    name: "a constant that is too long",
    mapping: `outbound:
  Project.AdditionalComments: { const: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx }
`,
    findings: [{ line: 6, column: 40, code: "too-long" }],
  },
  {
    name: "a default that is too short",
    mapping: `outbound:
  Project.CustomerBusinessProblem: { from: AWS_Business_Problem__c, default: Migration }
`,
    findings: [{ line: 6, column: 78, code: "too-short" }],
  },
  {
    name: "a constant that does not have AWS's form",
    mapping: `outbound:
  Customer.Account: { fields: { CompanyName: { const: Acme }, Duns: { const: 12-345-678 } } }
`,
    findings: [{ line: 6, column: 78, code: "bad-form" }],
  },
  {
    name: "an e-mail address in capital letters",
    mapping: `outbound:
  Assignee: { fields: { Email: { const: Jo@Example.com }, FirstName: { const: Jo }, LastName: { const: Doe }, BusinessTitle: { const: OpportunityOwner } } }
`,
    findings: [{ line: 6, column: 41, code: "bad-form" }],
  },
  {
    name: "a list for one value",
    mapping: `outbound:
  LifeCycle.Stage: { const: [Qualified, Committed] }
`,
    findings: [{ line: 6, column: 29, code: "wrong-type" }],
  },
  {
    name: "more items than AWS takes",
    mapping: `outbound:
  RelatedEntityIdentifiers.AwsMarketplaceOffers: { const: [arn-1, arn-2] }
`,
    findings: [{ line: 6, column: 59, code: "too-many-items" }],
  },
  {
    name: "fewer items than AWS takes",
    mapping: `outbound:
  Tags: { list: [] }
`,
    findings: [{ line: 6, column: 17, code: "too-few-items" }],
  },
  {
    name: "an amount with a currency",
    mapping: `outbound:
  Project.ExpectedCustomerSpend: { list: [{ Amount: { const: 100 USD }, CurrencyCode: { const: USD }, Frequency: { const: Monthly }, TargetCompany: { const: AWS } }] }
`,
    findings: [{ line: 6, column: 62, code: "bad-form" }],
  },
  {
    name: "picklist values that AWS does not take",
    mapping: `outbound:
  OpportunityType: { from: Type }
`,
    findings: [{ line: 6, column: 28, code: "unfit-values", severity: "warning" }],
  },
];
