import type { Mistake } from "./mistake.ts";

/** Fields and relations that the CRM does not have. */
export const crmFields: readonly Mistake[] = [
  {
    name: "a misspelt field",
    mapping: `outbound:
  LifeCycle.NextSteps: { from: NextSteps }
`,
    findings: [{ line: 6, column: 32, code: "unknown-source-field", suggestion: "NextStep" }],
  },
  {
    name: "a misspelt custom field",
    mapping: `outbound:
  Project.AdditionalComments: { from: AWS_Additional_Comment__c }
`,
    findings: [{ line: 6, column: 39, code: "unknown-source-field", suggestion: "AWS_Additional_Comments__c" }],
  },
  {
    name: "a field in the wrong case",
    mapping: `outbound:
  LifeCycle.TargetCloseDate: { from: closeDate }
`,
    findings: [{ line: 6, column: 38, code: "unknown-source-field", suggestion: "CloseDate" }],
  },
  {
    name: "a field of another object",
    mapping: `outbound:
  Customer.Account.CompanyName: { from: BillingCity, steps: [{ truncate: 120 }] }
`,
    findings: [{ line: 6, column: 41, code: "unknown-source-field" }],
  },
  {
    name: "a misspelt relation",
    mapping: `outbound:
  Customer.Account.CompanyName: { from: Acount.Name, steps: [{ truncate: 120 }] }
`,
    findings: [{ line: 6, column: 41, code: "unknown-source-field", suggestion: "Account.Name" }],
  },
  {
    name: "a misspelt field of a related record",
    mapping: `outbound:
  Customer.Account.WebsiteUrl: { from: Account.WebSiteUrl }
`,
    findings: [
      { line: 6, column: 3, code: "required-unmapped" },
      { line: 6, column: 40, code: "unknown-source-field", suggestion: "Account.Website" },
    ],
  },
  {
    name: "a relation two steps away that is misspelt",
    mapping: `outbound:
  Customer.Contacts: { each: OpportunityContactRoles.records, fields: { LastName: { from: Contakt.LastName } } }
`,
    findings: [{ line: 6, column: 91, code: "unknown-source-field", suggestion: "Contact.LastName" }],
  },
  {
    name: "a list that is misspelt",
    mapping: `outbound:
  Customer.Contacts: { each: OpportunityContactRole.records, fields: { LastName: { from: Contact.LastName } } }
`,
    findings: [{ line: 6, column: 30, code: "unknown-source-field", suggestion: "OpportunityContactRoles.records" }],
  },
  {
    name: "a list without its records",
    mapping: `outbound:
  Customer.Contacts: { each: OpportunityContactRoles, fields: { LastName: { from: Contact.LastName } } }
`,
    findings: [{ line: 6, column: 30, code: "unknown-source-field", suggestion: "OpportunityContactRoles.records" }],
  },
  {
    name: "a list in the middle of a path",
    mapping: `outbound:
  LifeCycle.NextSteps: { from: OpportunityContactRoles.records.Role }
`,
    findings: [{ line: 6, column: 32, code: "list-in-path" }],
  },
  {
    name: "a field of the record inside each",
    mapping: `outbound:
  Customer.Contacts: { each: OpportunityContactRoles.records, fields: { LastName: { from: NextStep } } }
`,
    findings: [{ line: 6, column: 91, code: "unknown-source-field", suggestion: "$record.NextStep" }],
  },
  {
    name: "a record where a field belongs",
    mapping: `outbound:
  Project.AdditionalComments: { from: Campaign }
`,
    findings: [{ line: 6, column: 39, code: "wrong-type" }],
  },
  {
    name: "a list of records where a field belongs",
    mapping: `outbound:
  Project.AdditionalComments: { from: OpportunityContactRoles.records }
`,
    findings: [{ line: 6, column: 39, code: "wrong-type" }],
  },
  {
    name: "each over one record",
    mapping: `outbound:
  Customer.Contacts: { each: Account, fields: { LastName: { from: BillingCity } } }
`,
    findings: [{ line: 6, column: 30, code: "wrong-type" }],
  },
  {
    name: "each over a field",
    mapping: `outbound:
  Customer.Contacts: { each: Description, fields: { LastName: { const: Doe } } }
`,
    findings: [{ line: 6, column: 30, code: "wrong-type" }],
  },
  {
    name: "a path below a field",
    mapping: `outbound:
  LifeCycle.NextSteps: { from: NextStep.Text }
`,
    findings: [{ line: 6, column: 32, code: "unknown-source-field" }],
  },
  {
    name: "a misspelt field in a template",
    mapping: `outbound:
  Marketing.CampaignName: { template: "{Campaign.Name} of {Acount.Name}" }
`,
    findings: [{ line: 6, column: 60, code: "unknown-source-field", suggestion: "Account.Name" }],
  },
  {
    name: "a misspelt second choice",
    mapping: `outbound:
  Project.CustomerBusinessProblem: { from: [AWS_Business_Problem__c, Descripton] }
`,
    findings: [{ line: 6, column: 70, code: "unknown-source-field", suggestion: "Description" }],
  },
  {
    name: "a misspelt argument of a step",
    mapping: `outbound:
  Customer.Contacts: { each: OpportunityContactRoles.records, fields: { Phone: { from: Contact.Phone, steps: [{ phone: { country: { from: Account.BillingCounty } } }] } } }
`,
    findings: [{ line: 6, column: 139, code: "unknown-source-field", suggestion: "Account.BillingCountry" }],
  },
  {
    name: "a misspelt field in match",
    mapping: `match: { AWS_CoSell_c: { eq: true } }
`,
    findings: [{ line: 5, column: 10, code: "unknown-source-field", suggestion: "AWS_Cosell__c" }],
  },
  {
    name: "a misspelt field in a condition",
    mapping: `outbound:
  LifeCycle.NextSteps: { from: NextStep, when: { Ammount: { gt: 0 } } }
`,
    findings: [{ line: 6, column: 50, code: "unknown-source-field", suggestion: "Amount" }],
  },
  {
    name: "a misspelt link",
    mapping: {
      whole: `version: 1
id: a
crm: { connector: salesforce, object: Opportunity }
link: { opportunityId: AWS_Oportunity_Id__c }
`,
    },
    findings: [{ line: 4, column: 24, code: "unknown-source-field", suggestion: "AWS_Opportunity_Id__c" }],
  },
  {
    name: "a link that nobody can write",
    mapping: {
      whole: `version: 1
id: a
crm: { connector: salesforce, object: Opportunity }
link: { opportunityId: Id }
`,
    },
    findings: [{ line: 4, column: 24, code: "not-writable" }],
  },
  {
    name: "a misspelt object",
    mapping: {
      whole: `version: 1
id: a
crm: { connector: salesforce, object: Oportunity }
link: { opportunityId: AWS_Opportunity_Id__c }
`,
    },
    findings: [{ line: 3, column: 39, code: "unknown-object", suggestion: "Opportunity" }],
  },
  {
    name: "another CRM",
    mapping: {
      whole: `version: 1
id: a
crm: { connector: salesforse, object: Opportunity }
link: { opportunityId: AWS_Opportunity_Id__c }
`,
    },
    findings: [{ line: 3, column: 19, code: "wrong-schema", suggestion: "salesforce" }],
  },
];
