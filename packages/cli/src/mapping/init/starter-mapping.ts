import type { SchemaSnapshot } from "@cosell/connector";
import { checkMapping, type Finding, loadMapping, type TargetModel } from "@cosell/core";
import { candidatesOf, type CrmCandidate } from "./crm-candidates.ts";
import { leftOutLines } from "./left-out.ts";
import { proposeOutbound } from "./propose-outbound.ts";
import type { ProposedRule } from "./propose-rule.ts";
import { findByName, usualInbound, usualLinks, usualMarks } from "./usual-names.ts";
import { scalar, todo } from "./yaml-words.ts";

/** A draft of a mapping. */
interface StarterMapping {
  readonly text: string;
  /** Fields that it needs and that the CRM does not have, or lets nobody write: a person makes them. */
  readonly lacking: readonly string[];
}

/** A line of the draft; those of a rule say whose they are. */
interface Line {
  readonly text: string;
  readonly of?: ProposedRule;
}

/** Rules that the checker refuses, with what it says of each. */
type Refused = ReadonlyMap<ProposedRule, string>;

/**
 * A first mapping for a CRM object, as YAML: what names and types tell, and a comment wherever a person must decide. A
 * rule that the checker would refuse stands there as a comment too, under what the checker says.
 */
export function starterMapping(schema: SchemaSnapshot, target: TargetModel): StarterMapping {
  const candidates = candidatesOf(schema);
  const link = linkField(candidates);
  const rules = { outbound: proposeOutbound(schema, target, link), inbound: proposeInbound(candidates) };
  const refused = new Map<ProposedRule, string>();
  for (;;) {
    const lines = [
      ...headLines(schema),
      ...matchLines(candidates),
      ...linkLines(link),
      ...ruleLines(rules, refused),
      "# Who wins when both sides changed a value: crm, aws, or ask a person.",
      "authority: { default: crm }",
      "",
      ...leftOutLines(rules.outbound.filter((rule) => !refused.has(rule)).map((rule) => rule.target)),
    ].map((line): Line => (typeof line === "string" ? { text: line } : line));
    const text = `${lines.map((line) => line.text).join("\n")}\n`;
    const before = refused.size;
    for (const { line, message } of errorsIn(text, schema, target)) {
      const rule = lines[line - 1]?.of;
      if (rule !== undefined && !refused.has(rule)) refused.set(rule, message);
    }
    if (refused.size === before) return { text, lacking: link === undefined ? [missingLink] : [] };
  }
}

function errorsIn(text: string, schema: SchemaSnapshot, target: TargetModel): readonly Finding[] {
  const { document, findings } = loadMapping({ file: "starter.yaml", text });
  const meant = document === undefined ? [] : checkMapping(document, { target, schema });
  return [...findings, ...meant].filter(({ severity }) => severity === "error");
}

function headLines({ connector, object }: SchemaSnapshot): readonly string[] {
  return [
    `# A starter for ${connector} ${object}. Go through every TODO, then: cosell mapping check, cosell mapping coverage.`,
    "version: 1",
    `id: ${scalar(`${connector}.${object.toLowerCase()}`)}`,
    `crm: { connector: ${scalar(connector)}, object: ${scalar(object)} }`,
    "",
  ];
}

function matchLines(candidates: readonly CrmCandidate[]): readonly string[] {
  const mark = findByName(candidates, "deal", usualMarks);
  if (mark?.field.type === "boolean") return ["# Which deals take part.", `match: { ${mark.path}: { eq: true } }`, ""];
  return [todo("which deals take part? Without a match all do. match: { Share_With_AWS: { eq: true } }"), ""];
}

/** No field of another name is proposed: Cosell writes into it. */
function linkField(candidates: readonly CrmCandidate[]): string | undefined {
  const texts = candidates.filter(({ field }) => field.type === "string" && field.updatable);
  return findByName(texts, "deal", usualLinks)?.path;
}

/** What the field for AWS's id may be called where it must be made. */
const missingLink = "AWS_Opportunity_Id";

function linkLines(found: string | undefined): readonly string[] {
  if (found !== undefined) return [`link: { opportunityId: ${found} }`, ""];
  return [
    todo("make a text field of at least 20 characters, with unique values, for AWS's id, and name it here."),
    `link: { opportunityId: ${missingLink} }`,
    "",
  ];
}

/** Tables, both halves and the submission. */
function ruleLines(
  { outbound, inbound }: { readonly outbound: readonly ProposedRule[]; readonly inbound: readonly ProposedRule[] },
  refused: Refused,
): readonly (Line | string)[] {
  const tables = outbound.flatMap((rule) =>
    refused.has(rule) ? [] : (rule.table?.lines ?? []).map((text) => ({ text, of: rule })),
  );
  return [
    ...(tables.length === 0 ? [] : ["tables:", ...tables, ""]),
    "outbound:",
    ...outbound.flatMap((rule) => linesOf(rule, refused)),
    ...submissionLines,
    "",
    inbound.every((rule) => refused.has(rule)) ? "inbound: {}" : "inbound:",
    `  ${todo("fields that AWS's answers shall be written into, such as the review's status or the close date.")}`,
    ...inbound.flatMap((rule) => linesOf(rule, refused)),
    "",
  ];
}

function linesOf(rule: ProposedRule, refused: Refused): readonly (Line | string)[] {
  const { target, body, comment } = rule;
  const text = `  ${target}:${body.startsWith("\n") ? "" : " "}${body}`;
  const why = refused.get(rule);
  if (why !== undefined) return [`  ${todo(why)}`, ...text.split("\n").map((line) => `  # ${line.slice(2)}`)];
  return [
    ...(comment === undefined ? [] : [`  ${comment}`]),
    ...text.split("\n").map((line) => ({ text: line, of: rule })),
  ];
}

function proposeInbound(candidates: readonly CrmCandidate[]): readonly ProposedRule[] {
  const writable = candidates.filter(
    ({ field }) => field.updatable && (field.type === "string" || field.type === "text"),
  );
  return usualInbound.flatMap(({ source, names }) => {
    const found = findByName(writable, "deal", names);
    return found === undefined ? [] : [{ target: found.path, body: `{ from: ${source} }` }];
  });
}

/** Nothing is submitted before a person has said which deals shall be. */
const submissionLines = [
  `  ${todo("say when a deal is submitted to AWS for review; until then every deal stays a draft there.")}`,
  "  # Submission:",
  "  #   when: { LifeCycle.Stage: { notIn: [Prospect] } }",
  "  #   fields: { InvolvementType: { const: Co-Sell }, Visibility: { const: Full } }",
];
