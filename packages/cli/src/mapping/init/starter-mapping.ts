import type { SchemaSnapshot } from "@cosell/connector";
import type { TargetModel } from "@cosell/core";
import { candidatesOf, type CrmCandidate } from "./crm-candidates.ts";
import { proposeOutbound } from "./propose-outbound.ts";
import { findByName, usualInbound, usualLinks, usualMarks } from "./usual-names.ts";
import { todo } from "./yaml-words.ts";

/** A first mapping for a CRM object, as YAML: what names and types tell, and a comment wherever a person must decide. */
export function starterMapping(schema: SchemaSnapshot, target: TargetModel): string {
  const { connector, object } = schema;
  const candidates = candidatesOf(schema);
  const rules = proposeOutbound(schema, target);
  const tables = rules.flatMap(({ table }) => table?.lines ?? []);
  const sections = [
    [
      `# A starter for ${connector} ${object}. Go through every TODO, then: cosell mapping check, cosell mapping coverage.`,
      "version: 1",
      `id: ${connector}.${object.toLowerCase()}`,
      `crm: { connector: ${connector}, object: ${object} }`,
    ],
    matchLines(candidates),
    linkLines(candidates),
    tables.length === 0 ? [] : ["tables:", ...tables],
    [
      "outbound:",
      ...rules.flatMap(({ target: path, body, comment }) => [
        ...(comment === undefined ? [] : [`  ${comment}`]),
        `  ${path}:${body.startsWith("\n") ? "" : " "}${body}`,
      ]),
      ...submissionLines,
    ],
    inboundLines(candidates),
    ["# Who wins when both sides changed a value: crm, aws, or ask a person.", "authority: { default: crm }"],
    [
      "# What AWS takes and this mapping does not send, with the reason. The check warns about what is in neither place.",
      "leftOut:",
      ...Object.entries(leftOut)
        .filter(([path]) => !rules.some((rule) => rule.target === path))
        .map(([path, reason]) => `  ${path}: ${reason}`),
    ],
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n")}\n`;
}

function matchLines(candidates: readonly CrmCandidate[]): readonly string[] {
  const mark = findByName(candidates, "deal", usualMarks);
  if (mark?.field.type === "boolean") return ["# Which deals take part.", `match: { ${mark.path}: { eq: true } }`];
  return [todo("which deals take part? Without a match all do. match: { Share_With_AWS: { eq: true } }")];
}

function linkLines(candidates: readonly CrmCandidate[]): readonly string[] {
  const texts = candidates.filter(({ field }) => field.type === "string" && field.updatable);
  const found = findByName(texts, "deal", usualLinks);
  if (found !== undefined) return [`link: { opportunityId: ${found.path} }`];
  // No other field is proposed: Cosell writes into it.
  return [
    todo("make a text field of at least 20 characters for AWS's id, and name it here."),
    "link: { opportunityId: AWS_Opportunity_Id }",
  ];
}

function inboundLines(candidates: readonly CrmCandidate[]): readonly string[] {
  const writable = candidates.filter(
    ({ field }) => field.updatable && (field.type === "string" || field.type === "text"),
  );
  const rules = usualInbound.flatMap(({ source, names }) => {
    const found = findByName(writable, "deal", names);
    return found === undefined ? [] : [`  ${found.path}: { from: ${source} }`];
  });
  const more = todo("fields that AWS's answers shall be written into, such as the review's status or the close date.");
  return rules.length === 0 ? [`inbound: {} ${more}`] : ["inbound:", `  ${more}`, ...rules];
}

/** Nothing is submitted before a person has said which deals shall be. */
const submissionLines = [
  `  ${todo("say when a deal is submitted to AWS for review; until then every deal stays a draft there.")}`,
  "  # Submission:",
  "  #   when: { LifeCycle.Stage: { notIn: [Prospect] } }",
  "  #   fields: { InvolvementType: { const: Co-Sell }, Visibility: { const: Full } }",
];

const leftOut: Readonly<Record<string, string>> = {
  "LifeCycle.ReviewStatus": "AWS sets it.",
  "LifeCycle.ReviewComments": "AWS's reviewer writes them.",
  "LifeCycle.ReviewStatusReason": "AWS's reviewer writes it.",
  "LifeCycle.NextStepsHistory": "AWS keeps it from the changes of NextSteps.",
  OpportunityTeam: "The owner goes by the assignee; AWS fills the rest of the team.",
  "Assignee.Phone": "The owner's e-mail tells AWS who it is.",
  "Project.AwsPartition": "Only for the European Sovereign Cloud.",
  "Project.ExpectedContractDuration": "Only for deals that are sized by total contract value.",
  "Project.RelatedOpportunityIdentifier": "Only for flat renewals.",
  "RelatedEntityIdentifiers.AwsMarketplaceOffers":
    "AWS takes offers after the submission; attach them in Partner Central.",
  "RelatedEntityIdentifiers.AwsMarketplaceOfferSets": "As for offers; an opportunity has one or the other.",
  SoftwareRevenue: "Only for AWS's special programmes.",
  Tags: "Tags control access inside AWS; they say nothing about the deal.",
};
