import type { GoldenCase, InboundExpectation, OutboundExpectation } from "../../cases/case.ts";
import type { InboundSource } from "../../mapping.ts";
import type { Definition } from "./definition.ts";

/** What stands at the top of a file of golden cases. */
export const casesFileKeys: Readonly<Record<"version" | "cases", Definition>> = {
  version: { summary: "The edition: `1`." },
  cases: { summary: "The cases, each with a name of its own." },
};

type InboundCase = Extract<GoldenCase, { direction: "inbound" }>;
type OutboundCase = Extract<GoldenCase, { direction: "outbound" }>;
type WrittenKeys = Exclude<keyof InboundCase | keyof OutboundCase, "at" | "direction">;

/** What a case says. */
export const caseKeys: Readonly<Record<WrittenKeys, Definition>> = {
  name: { summary: "What the case shows. `--case` runs it alone." },
  source: { summary: "A CRM record as the mapping reads it: the way to AWS." },
  inbound: { summary: "What AWS gave, and what Cosell knows of the link: the way back." },
  expect: { summary: "What must come out. What is not named is not compared." },
};

/** What `inbound` may give; what is absent is not known. */
export const inboundParts: Readonly<Record<keyof InboundSource, Definition>> = {
  opportunity: { summary: "As `GetOpportunity` gives it." },
  summary: { summary: "As `GetAwsOpportunitySummary` gives it: what rules read under `Summary.`." },
  link: { summary: "What Cosell knows: what rules read under `Link.`." },
  invitation: { summary: "As `GetEngagementInvitation` gives it: what rules read under `Invitation.`." },
};

/** What `expect` may name of a case with `source`. Each is compared whole, and `null` says that there is none. */
export const outboundExpectations: Readonly<Record<keyof OutboundExpectation, Definition>> = {
  matches: { summary: "Does the record take part?" },
  payload: { summary: "The opportunity as it is sent, the whole of it." },
  related: { summary: "The ids of associated entities, by their type." },
  assignee: { summary: "Who the opportunity is assigned to." },
  submission: { summary: "How the opportunity is submitted for review." },
  issues: { summary: "Every issue. Without it, an issue of severity `error` is a difference." },
};

/** What `expect` may name of a case with `inbound`. */
export const inboundExpectations: Readonly<Record<keyof InboundExpectation, Definition>> = {
  matches: { summary: "In a mapping of invitations: does the invitation become a record?" },
  fields: { summary: "The CRM fields that are written, with their values." },
  issues: outboundExpectations.issues,
};

/** What an issue is told by. */
export const issueKeys: Readonly<Record<"code" | "target", Definition>> = {
  code: { summary: "The issue's code, such as `missing` or `not-in-table`." },
  target: { summary: "The AWS path, or the CRM field of an inbound rule." },
};
