import type { Mistake } from "./mistake.ts";

/** Steps and their arguments. */
export const steps: readonly Mistake[] = [
  {
    name: "a misspelt step",
    mapping: `outbound:
  LifeCycle.NextSteps: { from: NextStep, steps: [trimm] }
`,
    findings: [{ line: 6, column: 50, code: "unknown-step", suggestion: "trim" }],
  },
  {
    name: "a misspelt step with an argument",
    mapping: `outbound:
  LifeCycle.NextSteps: { from: NextStep, steps: [{ truncat: 255 }] }
`,
    findings: [{ line: 6, column: 52, code: "unknown-step", suggestion: "truncate" }],
  },
  {
    name: "a step without the argument that it needs",
    mapping: `outbound:
  LifeCycle.NextSteps: { from: NextStep, steps: [truncate] }
`,
    findings: [{ line: 6, column: 50, code: "missing-argument" }],
  },
  {
    name: "a step with an argument that makes no sense",
    mapping: `outbound:
  LifeCycle.NextSteps: { from: NextStep, steps: [{ truncate: short }] }
`,
    findings: [{ line: 6, column: 52, code: "bad-argument" }],
  },
  {
    name: "a time zone that does not exist",
    mapping: `outbound:
  LifeCycle.TargetCloseDate: { from: CreatedDate, steps: [{ date: { zone: Europe/Berln } }] }
`,
    findings: [{ line: 6, column: 61, code: "bad-argument" }],
  },
  {
    name: "a misspelt argument",
    mapping: `outbound:
  LifeCycle.NextSteps: { from: NextStep, steps: [{ replace: { find: a, wth: b } }] }
`,
    findings: [{ line: 6, column: 72, code: "unknown-argument", suggestion: "with" }],
  },
  {
    name: "an argument for a step that takes none",
    mapping: `outbound:
  LifeCycle.NextSteps: { from: NextStep, steps: [{ trim: 3 }] }
`,
    findings: [{ line: 6, column: 52, code: "unknown-argument" }],
  },
  {
    name: "a division by zero",
    mapping: `outbound:
  Project.ExpectedCustomerSpend: { list: [{ Amount: { from: Amount, steps: [{ divide: 0 }] }, CurrencyCode: { const: USD }, Frequency: { const: Monthly }, TargetCompany: { const: AWS } }] }
`,
    findings: [{ line: 6, column: 79, code: "bad-argument" }],
  },
  {
    name: "a list as an argument",
    mapping: `outbound:
  LifeCycle.NextSteps: { from: NextStep, steps: [{ truncate: [255] }] }
`,
    findings: [
      { line: 6, column: 52, code: "missing-argument" },
      { line: 6, column: 62, code: "wrong-shape" },
    ],
  },
  {
    name: "a misspelt function of the connector",
    mapping: `outbound:
  LifeCycle.NextSteps: { from: NextStep, steps: [{ acme.maks: 3 }] }
`,
    findings: [{ line: 6, column: 52, code: "unknown-step", suggestion: "acme.mask" }],
  },
  {
    name: "a misspelt argument of the connector's function",
    mapping: `outbound:
  LifeCycle.NextSteps: { from: NextStep, steps: [{ acme.mask: { value: 3, sgin: "*" } }] }
`,
    findings: [{ line: 6, column: 75, code: "unknown-argument", suggestion: "sign" }],
  },
  {
    name: "the connector's function without what it needs",
    mapping: `outbound:
  LifeCycle.NextSteps: { from: NextStep, steps: [acme.mask, { acme.mask: { sign: "*" } }] }
`,
    findings: [
      { line: 6, column: 50, code: "missing-argument" },
      { line: 6, column: 63, code: "missing-argument" },
    ],
  },
  {
    name: "an argument for a function that takes none",
    mapping: `outbound:
  LifeCycle.NextSteps: { from: NextStep, steps: [{ acme.plain: 3 }] }
`,
    findings: [{ line: 6, column: 52, code: "unknown-argument" }],
  },
  {
    name: "an argument that the connector's function refuses, or fails with",
    mapping: `outbound:
  LifeCycle.NextSteps: { from: NextStep, steps: [{ acme.mask: three }, { acme.mask: { from: Amount } }] }
  Project.Title: { from: Name, steps: [{ acme.broken: 3 }] }
`,
    findings: [
      { line: 6, column: 52, code: "bad-argument" },
      { line: 7, column: 42, code: "bad-argument" },
    ],
  },
];
