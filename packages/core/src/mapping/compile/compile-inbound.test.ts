import { describe, expect, it } from "@jest/globals";
import type { JsonObject } from "@cosell/connector";
import { mappingOf } from "../__fixtures__/mapping-of.ts";
import type { InboundResult, InboundSource } from "../mapping.ts";

function run(rule: string, source: Partial<InboundSource>, tables = ""): InboundResult | undefined {
  const mapping = mappingOf(`${tables}inbound:\n  ${rule}\n`);
  return mapping.inbound[0]?.run({ opportunity: {}, link: {}, ...source });
}

const stage = (inverse: string, otherwise: string) =>
  `tables:\n  stage: { outbound: { New: Prospect, Won: Launched }, ${inverse}otherwise: ${otherwise} }\n`;

const closeDate = (value: string): JsonObject => ({ LifeCycle: { TargetCloseDate: value } });
const atStage = (value: string): JsonObject => ({ LifeCycle: { Stage: value, ReviewStatus: "Approved" } });

describe("an inbound rule", () => {
  it.each<[string, string, Partial<InboundSource>, InboundResult]>([
    [
      "reads the opportunity",
      "CloseDate: { from: LifeCycle.TargetCloseDate, steps: [date] }",
      { opportunity: closeDate("2026-12-31") },
      { kind: "value", value: "2026-12-31" },
    ],
    [
      "clears the field where AWS has nothing",
      "CloseDate: { from: LifeCycle.TargetCloseDate }",
      { opportunity: { LifeCycle: null } },
      { kind: "value", value: null },
    ],
    [
      "reads the summary",
      "Name: { from: Summary.LifeCycle.Stage }",
      { summary: { LifeCycle: { Stage: "Onboarding" } } },
      { kind: "value", value: "Onboarding" },
    ],
    ["says nothing of a summary that was not read", "Name: { from: Summary.LifeCycle.Stage }", {}, { kind: "skip" }],
    [
      "reads the invitation that brought the opportunity",
      "Name: { from: Invitation.PayloadType }",
      { invitation: { PayloadType: "LeadInvitation" } },
      { kind: "value", value: "LeadInvitation" },
    ],
    [
      "says nothing of an invitation that there was none of",
      "Name: { from: Invitation.PayloadType }",
      {},
      { kind: "skip" },
    ],
    ["reads the link", "Name: { from: Link.status }", { link: { status: "held" } }, { kind: "value", value: "held" }],
    [
      "makes a text",
      'Name: { template: "Stage: {LifeCycle.Stage}" }',
      { opportunity: atStage("Launched") },
      { kind: "value", value: "Stage: Launched" },
    ],
    ["keeps a checkbox a checkbox", "Shared__c: { const: true }", {}, { kind: "value", value: true }],
    ["keeps the spelling of a constant", "Name: { const: 1.0 }", {}, { kind: "value", value: "1.0" }],
    [
      "says nothing where its condition does not hold",
      "Name: { from: LifeCycle.Stage, when: { LifeCycle.ReviewStatus: { eq: Approved } } }",
      { opportunity: { LifeCycle: { Stage: "Launched", ReviewStatus: "Submitted" } } },
      { kind: "skip" },
    ],
    [
      "works where its condition holds",
      "Name: { from: LifeCycle.Stage, when: { LifeCycle.ReviewStatus: { eq: Approved } } }",
      { opportunity: atStage("Launched") },
      { kind: "value", value: "Launched" },
    ],
    ["takes its default", "Name: { from: LifeCycle.Stage, default: None }", {}, { kind: "value", value: "None" }],
  ])("%s", (_what, rule, source, expected) => {
    expect(run(rule, source)).toEqual(expected);
  });

  it.each<[string, string, string, InboundResult["kind"], string | undefined]>([
    ["a derived inverse", stage("", "error"), "Launched", "value", "Won"],
    ["a derived inverse, a value that it does not list", stage("", "error"), "Committed", "issue", undefined],
    ["a derived inverse that leaves such values out", stage("", "omit"), "Committed", "skip", undefined],
    [
      "a derived inverse, the value that a miss becomes",
      stage("", "{ value: Committed }"),
      "Committed",
      "skip",
      undefined,
    ],
    ["a written inverse", stage("inbound: { Launched: Closed }, ", "error"), "Launched", "value", "Closed"],
    [
      "a written inverse, a value that it does not list",
      stage("inbound: { Launched: Closed }, ", "error"),
      "Prospect",
      "skip",
      undefined,
    ],
  ])("reads a table backwards: %s", (_what, tables, value, kind, expected) => {
    const result = run("StageName: { from: LifeCycle.Stage, table: stage }", { opportunity: atStage(value) }, tables);
    expect(result).toMatchObject({ kind, ...(expected !== undefined && { value: expected }) });
  });

  it("says with an issue what is wrong with a value", () => {
    const rule = "CloseDate: { from: LifeCycle.TargetCloseDate, steps: [date] }";
    expect(run(rule, { opportunity: closeDate("soon") })).toEqual({
      kind: "issue",
      issue: {
        severity: "error",
        code: "bad-date",
        message: 'LifeCycle.TargetCloseDate "soon" is not a date: write it as YYYY-MM-DD.',
        target: "CloseDate",
        sources: ["LifeCycle.TargetCloseDate"],
        rule: { file: "deal.yaml", line: 7, column: 3 },
      },
    });
    expect(run("Name: { from: LifeCycle.Stage, required: true }", {})).toMatchObject({
      kind: "issue",
      issue: { code: "missing" },
    });
  });

  it("tells what it reads, what it writes, and when", () => {
    const mapping = mappingOf(
      "inbound:\n  Name: { from: [LifeCycle.Stage, Link.status], write: if-empty, when: { Marketing.Source: { exists: true } } }\n",
    );
    expect(mapping.inbound).toMatchObject([
      { field: "Name", paths: ["LifeCycle.Stage", "Link.status"], write: "if-empty", rule: { line: 7, column: 3 } },
    ]);
  });
});
