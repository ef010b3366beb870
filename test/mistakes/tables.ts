import type { Mistake } from "./mistake.ts";

/** Tables and what goes through them. */
export const tables: readonly Mistake[] = [
  {
    name: "a misspelt value of AWS",
    mapping: { replace: "Closed Won: Launched", with: "Closed Won: Lauched" },
    findings: [{ line: 19, column: 19, code: "value-outside-list", suggestion: "Launched" }],
  },
  {
    name: "a misspelt value of the CRM",
    mapping: { replace: "      Needs Analysis: Qualified", with: "      Need Analysis: Qualified" },
    findings: [
      { line: 13, column: 7, code: "unused-row", suggestion: "Needs Analysis", severity: "warning" },
      { line: 55, column: 46, code: "uncovered-values", severity: "warning" },
    ],
  },
  {
    name: "values of the CRM that are forgotten",
    mapping: {
      replace: `      Perception Analysis: Technical Validation
`,
      with: "",
    },
    findings: [{ line: 54, column: 46, code: "uncovered-values", severity: "warning" }],
  },
  {
    name: "a value for misses that AWS does not take",
    mapping: { replace: "otherwise: { value: Other }", with: "otherwise: { value: Others }" },
    findings: [{ line: 25, column: 25, code: "value-outside-list", suggestion: "Other" }],
  },
  {
    name: "a misspelt table",
    mapping: {
      replace: "{ from: Account.Industry, table: industry }",
      with: "{ from: Account.Industry, table: industri }",
    },
    findings: [
      { line: 23, column: 3, code: "unused-table", severity: "warning" },
      { line: 31, column: 63, code: "unknown-table", suggestion: "industry" },
    ],
  },
  {
    name: "a table that no rule uses",
    mapping: `tables:
  stage: { outbound: { New: Prospect }, otherwise: omit }
`,
    findings: [{ line: 6, column: 3, code: "unused-table", severity: "warning" }],
  },
  {
    name: "a checkbox through a table of other words",
    mapping: `tables:
  yesNo: { outbound: { yes: "Yes", no: "No" }, otherwise: error }
outbound:
  NationalSecurity: { from: AWS_Cosell__c, table: yesNo }
`,
    findings: [
      { line: 6, column: 24, code: "unused-row", severity: "warning" },
      { line: 6, column: 36, code: "unused-row", severity: "warning" },
      { line: 8, column: 51, code: "uncovered-values", severity: "warning" },
    ],
  },
  {
    name: "a row for a value that a restricted picklist does not have",
    mapping: `tables:
  case: { outbound: { Blockchain: Blockchain, Cooking: Other }, otherwise: omit }
outbound:
  Project.CustomerUseCase: { from: AWS_Use_Case__c, table: case }
`,
    findings: [
      { line: 6, column: 47, code: "unused-row", severity: "warning" },
      { line: 6, column: 56, code: "value-outside-list" },
    ],
  },
  {
    name: "a table read backwards in which AWS's value comes from several",
    mapping: {
      replace: `    inbound: { Launched: Closed Won, Closed Lost: Closed Lost }
`,
      with: "",
    },
    findings: [
      { line: 78, column: 46, code: "ambiguous-inverse" },
      { line: 78, column: 46, code: "ambiguous-inverse" },
    ],
  },
  {
    name: "a written inverse with a value that the CRM does not have",
    mapping: { replace: "Launched: Closed Won, ", with: "Launched: Closed Win, " },
    findings: [{ line: 21, column: 26, code: "value-outside-list", suggestion: "Closed Won", severity: "warning" }],
  },
  {
    name: "a written inverse of a value that AWS does not have",
    mapping: { replace: "inbound: { Launched:", with: "inbound: { Launch:" },
    findings: [{ line: 21, column: 16, code: "unused-row", suggestion: "Launched", severity: "warning" }],
  },
  {
    name: "a written inverse that brings back what it never sends",
    mapping: `tables:
  next: { outbound: { Call: Call them }, inbound: { Call them: Cal }, otherwise: omit }
outbound:
  LifeCycle.NextSteps: { from: LeadSource, table: next }
inbound:
  NextStep: { from: LifeCycle.NextSteps, table: next }
`,
    findings: [{ line: 6, column: 64, code: "one-way-value", suggestion: "Call", severity: "warning" }],
  },
];
