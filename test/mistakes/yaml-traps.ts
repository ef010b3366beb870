import type { Mistake } from "./mistake.ts";

/** What YAML itself makes easy to get wrong. */
export const yamlTraps: readonly Mistake[] = [
  {
    name: "the same key twice",
    mapping: `outbound:
  Project.Title: { from: Name }
  LifeCycle.Stage: { const: Qualified }
  Project.Title: { const: Deal }
`,
    findings: [{ line: 8, column: 3, code: "duplicate-key" }],
  },
  {
    name: "the same section twice",
    mapping: `outbound: {}
inbound: {}
outbound: {}
`,
    findings: [{ line: 7, column: 1, code: "duplicate-key" }],
  },
  {
    name: "a tab instead of spaces",
    mapping: "outbound:\n\tProject.Title: { from: Name }\n",
    findings: [{ line: 6, column: 1, code: "yaml" }],
  },
  {
    name: "a bracket that is never closed",
    mapping: `outbound:
  Project.Title: { from: [Name, Account.Name }
`,
    findings: [{ line: 6, column: 46, code: "yaml" }],
  },
  {
    name: "a colon without quotes in a value",
    mapping: `outbound:
  Project.Title: { const: Deal: new }
`,
    findings: [{ line: 6, column: 27, code: "yaml" }],
  },
  {
    name: "no, which stays the word no",
    mapping: `outbound:
  NationalSecurity: { const: no }
`,
    findings: [{ line: 6, column: 30, code: "value-outside-list", suggestion: "No" }],
  },
  {
    name: "yes for a checkbox",
    mapping: `inbound:
  AWS_Cosell__c: { const: yes }
`,
    findings: [{ line: 6, column: 27, code: "wrong-type", suggestion: "true" }],
  },
  {
    name: "1.0, which stays 1.0",
    mapping: `tables:
  stage: { outbound: { 1.0: Qualified, 2: Qualifed }, otherwise: omit }
outbound:
  LifeCycle.Stage: { from: NextStep, table: stage }
`,
    findings: [{ line: 6, column: 43, code: "value-outside-list", suggestion: "Qualified" }],
  },
  {
    name: "a day that no calendar has",
    mapping: `outbound:
  LifeCycle.TargetCloseDate: { const: 2026-02-30 }
`,
    findings: [{ line: 6, column: 39, code: "bad-form" }],
  },
  {
    name: "a date as people write it",
    mapping: `outbound:
  LifeCycle.TargetCloseDate: { const: 12/31/2026 }
`,
    findings: [{ line: 6, column: 39, code: "bad-form" }],
  },
  {
    name: "a date with a time where a day belongs",
    mapping: `outbound:
  LifeCycle.TargetCloseDate: { const: 2026-12-31T00:00:00Z }
`,
    findings: [{ line: 6, column: 39, code: "bad-form" }],
  },
  {
    name: "an anchor bomb",
    mapping: `tables:
  a: &a { outbound: { A: x, B: x, C: x }, otherwise: omit }
  b: &b { outbound: { A: *a, B: *a, C: *a }, otherwise: omit }
  c: { outbound: { A: *b, B: *b, C: *b }, otherwise: omit }
`,
    findings: [
      { line: 7, column: 26, code: "nested-alias" },
      { line: 7, column: 33, code: "nested-alias" },
      { line: 7, column: 40, code: "nested-alias" },
    ],
  },
  {
    name: "aliases that repeat one long list",
    mapping: `tables:
  a: { outbound: &a { K0: Other, K1: Other, K2: Other, K3: Other, K4: Other, K5: Other, K6: Other, K7: Other, K8: Other, K9: Other, K10: Other, K11: Other, K12: Other, K13: Other, K14: Other, K15: Other, K16: Other, K17: Other, K18: Other, K19: Other, K20: Other, K21: Other, K22: Other, K23: Other, K24: Other, K25: Other, K26: Other, K27: Other, K28: Other, K29: Other, K30: Other, K31: Other, K32: Other, K33: Other, K34: Other, K35: Other, K36: Other, K37: Other, K38: Other, K39: Other, K40: Other, K41: Other, K42: Other, K43: Other, K44: Other, K45: Other, K46: Other, K47: Other, K48: Other, K49: Other, K50: Other, K51: Other, K52: Other, K53: Other, K54: Other, K55: Other, K56: Other, K57: Other, K58: Other, K59: Other, K60: Other, K61: Other, K62: Other, K63: Other, K64: Other, K65: Other, K66: Other, K67: Other, K68: Other, K69: Other, K70: Other, K71: Other, K72: Other, K73: Other, K74: Other, K75: Other, K76: Other, K77: Other, K78: Other, K79: Other, K80: Other, K81: Other, K82: Other, K83: Other, K84: Other, K85: Other, K86: Other, K87: Other, K88: Other, K89: Other, K90: Other, K91: Other, K92: Other, K93: Other, K94: Other, K95: Other, K96: Other, K97: Other, K98: Other, K99: Other, K100: Other, K101: Other, K102: Other, K103: Other, K104: Other, K105: Other, K106: Other, K107: Other, K108: Other, K109: Other, K110: Other, K111: Other, K112: Other, K113: Other, K114: Other, K115: Other, K116: Other, K117: Other, K118: Other, K119: Other, K120: Other, K121: Other, K122: Other, K123: Other, K124: Other, K125: Other, K126: Other, K127: Other, K128: Other, K129: Other, K130: Other, K131: Other, K132: Other, K133: Other, K134: Other, K135: Other, K136: Other, K137: Other, K138: Other, K139: Other, K140: Other, K141: Other, K142: Other, K143: Other, K144: Other, K145: Other, K146: Other, K147: Other, K148: Other, K149: Other }, otherwise: omit }
  t0: { outbound: *a, otherwise: omit }
  t1: { outbound: *a, otherwise: omit }
  t2: { outbound: *a, otherwise: omit }
  t3: { outbound: *a, otherwise: omit }
  t4: { outbound: *a, otherwise: omit }
  t5: { outbound: *a, otherwise: omit }
  t6: { outbound: *a, otherwise: omit }
  t7: { outbound: *a, otherwise: omit }
  t8: { outbound: *a, otherwise: omit }
  t9: { outbound: *a, otherwise: omit }
  t10: { outbound: *a, otherwise: omit }
  t11: { outbound: *a, otherwise: omit }
  t12: { outbound: *a, otherwise: omit }
  t13: { outbound: *a, otherwise: omit }
  t14: { outbound: *a, otherwise: omit }
  t15: { outbound: *a, otherwise: omit }
  t16: { outbound: *a, otherwise: omit }
  t17: { outbound: *a, otherwise: omit }
  t18: { outbound: *a, otherwise: omit }
  t19: { outbound: *a, otherwise: omit }
  t20: { outbound: *a, otherwise: omit }
  t21: { outbound: *a, otherwise: omit }
  t22: { outbound: *a, otherwise: omit }
  t23: { outbound: *a, otherwise: omit }
  t24: { outbound: *a, otherwise: omit }
  t25: { outbound: *a, otherwise: omit }
  t26: { outbound: *a, otherwise: omit }
  t27: { outbound: *a, otherwise: omit }
  t28: { outbound: *a, otherwise: omit }
  t29: { outbound: *a, otherwise: omit }
  t30: { outbound: *a, otherwise: omit }
  t31: { outbound: *a, otherwise: omit }
  t32: { outbound: *a, otherwise: omit }
  t33: { outbound: *a, otherwise: omit }
  t34: { outbound: *a, otherwise: omit }
  t35: { outbound: *a, otherwise: omit }
  t36: { outbound: *a, otherwise: omit }
  t37: { outbound: *a, otherwise: omit }
  t38: { outbound: *a, otherwise: omit }
  t39: { outbound: *a, otherwise: omit }
outbound: {}
`,
    findings: [{ line: 40, column: 10, code: "nested-alias" }],
  },
  {
    name: "an alias of nothing",
    mapping: `outbound:
  Project.Title: *title
`,
    findings: [{ line: 6, column: 18, code: "yaml" }],
  },
  {
    name: "a merge key, which YAML 1.2 does not have",
    mapping: `outbound:
  LifeCycle.Stage: &rule { const: Qualified }
  Marketing.Source: { <<: *rule }
`,
    findings: [{ line: 7, column: 23, code: "unknown-key" }],
  },
  {
    name: "brackets without end",
    mapping: "match: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
    findings: [{ line: 5, column: 68, code: "yaml" }],
  },
  {
    name: "more nesting than any mapping needs",
    mapping: `match: ${"{ not: ".repeat(60)}{}${" }".repeat(60)}`,
    findings: [{ line: 5, column: 171, code: "too-deep" }],
  },
  {
    name: "a list as a key",
    mapping: `outbound:
  [Project.Title]: { from: Name }
`,
    findings: [{ line: 6, column: 3, code: "bad-key" }],
  },
  {
    name: "a rule without a value",
    mapping: `outbound:
  Project.Title:
`,
    findings: [{ line: 6, column: 17, code: "wrong-shape" }],
  },
  {
    name: "a list of rules",
    mapping: `outbound:
  - Project.Title: { from: Name }
`,
    findings: [{ line: 6, column: 3, code: "wrong-shape" }],
  },
  {
    name: "a step written as a map of two",
    mapping: `outbound:
  Project.Title: { from: Name, steps: [{ trim: 1, lower: 2 }] }
`,
    findings: [{ line: 6, column: 40, code: "bad-step" }],
  },
  {
    name: "an empty value",
    mapping: `outbound:
  Project.Title: { const: "" }
`,
    findings: [{ line: 6, column: 27, code: "wrong-shape" }],
  },
  {
    name: "a path in brackets without quotes",
    mapping: `outbound:
  Customer.Contacts: { from: OpportunityContactRoles.records[].Contact }
`,
    findings: [{ line: 6, column: 61, code: "yaml" }],
  },
  {
    name: "an alias before its anchor",
    mapping: `outbound:
  Project.Title: *title
  LifeCycle.NextSteps: &title { from: NextStep }
`,
    findings: [{ line: 6, column: 18, code: "yaml" }],
  },
  {
    name: "a percent sign that begins a value",
    mapping: `outbound:
  LifeCycle.NextSteps: { const: %done }
`,
    findings: [{ line: 6, column: 33, code: "yaml" }],
  },
  {
    name: "octal zeros, which stay zeros",
    mapping: `outbound:
  Customer.Account: { fields: { CompanyName: { const: 0123 }, Duns: { const: 0o17 } } }
`,
    findings: [{ line: 6, column: 78, code: "bad-form" }],
  },
  {
    name: "null where a path belongs",
    mapping: `outbound:
  Project.Title: { from: ~ }
`,
    findings: [{ line: 6, column: 26, code: "wrong-shape" }],
  },
  {
    name: "characters that look like others",
    mapping: `outbound:
  Рroject.Title: { from: Name }
`,
    findings: [{ line: 6, column: 3, code: "bad-path" }],
  },
  {
    name: "two documents in one file",
    mapping: `outbound: {}
---
outbound: {}
`,
    findings: [{ line: 6, column: 1, code: "yaml" }],
  },
  { name: "nothing at all", mapping: { whole: "" }, findings: [{ line: 1, column: 1, code: "wrong-shape" }] },
  {
    name: "a file of another kind",
    mapping: {
      whole: `Hello!
`,
    },
    findings: [{ line: 1, column: 1, code: "wrong-shape" }],
  },
  {
    name: "a byte that no text has",
    mapping: 'outbound:\n  Project.Title: { const: "a\\xZZ" }\n',
    findings: [{ line: 6, column: 29, code: "yaml" }],
  },
];
