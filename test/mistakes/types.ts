import type { Mistake } from "./mistake.ts";

/** Values that can never be what they should be. */
export const types: readonly Mistake[] = [
  {
    name: "a list for one value",
    mapping: `outbound:
  LifeCycle.NextSteps: { from: NextStep, steps: [{ split: ";" }] }
`,
    findings: [{ line: 6, column: 3, code: "wrong-type" }],
  },
  {
    name: "the values of a whole list for one value",
    mapping: `outbound:
  LifeCycle.NextSteps: { from: "OpportunityContactRoles.records[].Role" }
`,
    findings: [{ line: 6, column: 3, code: "wrong-type" }],
  },
  {
    name: "a checkbox for a text",
    mapping: `outbound:
  LifeCycle.NextSteps: { from: AWS_Cosell__c }
`,
    findings: [{ line: 6, column: 3, code: "wrong-type" }],
  },
  {
    name: "a checkbox for one of two words",
    mapping: `outbound:
  NationalSecurity: { from: AWS_Cosell__c }
`,
    findings: [{ line: 6, column: 3, code: "wrong-type" }],
  },
  {
    name: "an amount for a date",
    mapping: `outbound:
  LifeCycle.TargetCloseDate: { from: Amount }
`,
    findings: [{ line: 6, column: 3, code: "wrong-type" }],
  },
  {
    name: "a time for a date",
    mapping: `outbound:
  LifeCycle.TargetCloseDate: { from: CreatedDate }
`,
    findings: [{ line: 6, column: 3, code: "wrong-type" }],
  },
  {
    name: "an e-mail address for a date",
    mapping: `outbound:
  LifeCycle.TargetCloseDate: { from: Owner.Email }
`,
    findings: [{ line: 6, column: 3, code: "wrong-type" }],
  },
  {
    name: "a date for an amount",
    mapping: `outbound:
  Project.ExpectedCustomerSpend: { list: [{ Amount: { from: CloseDate }, CurrencyCode: { const: USD }, Frequency: { const: Monthly }, TargetCompany: { const: AWS } }] }
`,
    findings: [{ line: 6, column: 45, code: "wrong-type" }],
  },
  {
    name: "an amount for an e-mail address",
    mapping:
      "outbound:\n  Customer.Contacts: { each: OpportunityContactRoles.records, fields: { Email: { from: $record.Amount } } }\n",
    findings: [{ line: 6, column: 73, code: "wrong-type" }],
  },
  {
    name: "a date for one of AWS's stages",
    mapping: `outbound:
  LifeCycle.Stage: { from: CloseDate }
`,
    findings: [{ line: 6, column: 3, code: "wrong-type" }],
  },
  {
    name: "several choices for one value",
    mapping: `outbound:
  Project.CustomerUseCase: { from: AWS_Delivery_Models__c }
`,
    findings: [{ line: 6, column: 36, code: "unsplit-choices", severity: "warning" }],
  },
  {
    name: "several choices that nobody takes apart",
    mapping: `outbound:
  Project.DeliveryModels: { from: AWS_Delivery_Models__c }
`,
    findings: [{ line: 6, column: 35, code: "unsplit-choices", severity: "warning" }],
  },
  {
    name: "a step for dates on an amount",
    mapping: `outbound:
  LifeCycle.TargetCloseDate: { from: Amount, steps: [date] }
`,
    findings: [{ line: 6, column: 54, code: "step-type" }],
  },
  {
    name: "a step for numbers on a date",
    mapping: `outbound:
  Project.ExpectedCustomerSpend: { list: [{ Amount: { from: CloseDate, steps: [{ divide: 12 }] }, CurrencyCode: { const: USD }, Frequency: { const: Monthly }, TargetCompany: { const: AWS } }] }
`,
    findings: [{ line: 6, column: 82, code: "step-type" }],
  },
  {
    name: "a step for texts on a checkbox",
    mapping: `outbound:
  LifeCycle.NextSteps: { from: AWS_Cosell__c, steps: [lower] }
`,
    findings: [{ line: 6, column: 55, code: "step-type" }],
  },
  {
    name: "a step for lists on a text",
    mapping: `outbound:
  Project.DeliveryModels: { from: NextStep, steps: [unique] }
`,
    findings: [{ line: 6, column: 53, code: "step-type", suggestion: "split, before it" }],
  },
  {
    name: "a step that gets what the one before it does not give",
    mapping: `outbound:
  Project.ExpectedCustomerSpend: { list: [{ Amount: { from: NextStep, steps: [date, { decimal: 2 }] }, CurrencyCode: { const: USD }, Frequency: { const: Monthly }, TargetCompany: { const: AWS } }] }
`,
    findings: [{ line: 6, column: 87, code: "step-type" }],
  },
  {
    name: "a step that can make nothing of any value of a picklist",
    mapping: `outbound:
  LifeCycle.NextSteps: { from: AWS_Use_Case__c, steps: [number] }
`,
    findings: [{ line: 6, column: 57, code: "step-type" }],
  },
  {
    name: "a text that is longer than AWS takes",
    mapping: `outbound:
  Project.AdditionalComments: { from: Description }
`,
    findings: [{ line: 6, column: 39, code: "may-be-too-long", severity: "warning" }],
  },
  {
    name: "a text that is cut too late",
    mapping: `outbound:
  Project.AdditionalComments: { from: Description, steps: [trim, { truncate: 2000 }] }
`,
    findings: [{ line: 6, column: 39, code: "may-be-too-long", severity: "warning" }],
  },
  {
    name: "a template that grows longer than AWS takes",
    mapping: `outbound:
  Project.Title: { template: "{Account.Name}: {Name}" }
`,
    findings: [{ line: 6, column: 30, code: "may-be-too-long", severity: "warning" }],
  },
];
