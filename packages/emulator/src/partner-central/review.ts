import { readiness, readinessRules } from "@cosell/partner-central/model";
import { invalidBusiness, type FieldError } from "./refusal.ts";
import type { PartnerCentralSettings } from "./settings.ts";
import type { StoredOpportunity } from "./state.ts";
import { isJsonObject, type JsonObject } from "../kernel/index.ts";
import { textAt, valueAt, withValue } from "../partner-central-shared/paths.ts";
import { stampAfter } from "../partner-central-shared/timestamps.ts";

/** What a reviewer at AWS can answer. */
export const decisions = ["Approved", "Action Required", "Rejected"] as const;
export type Decision = (typeof decisions)[number];

/** What a reviewer says. */
export interface ReviewDecision {
  readonly status: Decision;
  readonly comments?: string;
  readonly reason?: string;
}

/** `LifeCycle.ReviewStatus`; undefined when an update has reset it. */
export function reviewStatusOf({ body }: StoredOpportunity): string | undefined {
  return textAt(body, "LifeCycle.ReviewStatus");
}

/** Whether AWS has it in hand: nothing of it can be changed. */
export function isUnderReview(status: string | undefined): boolean {
  return status === "Submitted" || status === "In review";
}

/** The opportunity as time has made it by `now`. */
export function reviewedByTime(
  opportunity: StoredOpportunity,
  now: number,
  settings: PartnerCentralSettings,
): StoredOpportunity {
  if (opportunity.contactsDue && now >= opportunity.contactsDue.at) {
    const { contactsDue, ...rest } = opportunity;
    return withContacts(rest, contactsDue, settings);
  }
  const { submittedAt } = opportunity;
  if (submittedAt === undefined || !isUnderReview(reviewStatusOf(opportunity))) return opportunity;
  const approval = submittedAt + (settings.approveAfterMs ?? Infinity);
  if (now >= approval) return decided(opportunity, { status: "Approved" }, approval, settings);
  const start = submittedAt + settings.inReviewAfterMs;
  if (reviewStatusOf(opportunity) === "Submitted" && now >= start) {
    return touched(withLifeCycle(opportunity, { ReviewStatus: "In review" }), start, settings);
  }
  return opportunity;
}

/** AWS's reviewer answers. */
export function decided(
  opportunity: StoredOpportunity,
  decision: ReviewDecision,
  now: number,
  settings: PartnerCentralSettings,
): StoredOpportunity {
  const next = withLifeCycle(opportunity, {
    ReviewStatus: decision.status,
    ReviewComments: decision.comments ?? null,
    ReviewStatusReason: decision.reason ?? null,
  });
  const aws = decision.status === "Approved" ? { ...next.aws, ...approvedBy(opportunity) } : next.aws;
  return touched({ ...next, aws }, now, settings);
}

/** It comes from AWS or from another partner: nobody reviews it, it is approved as it arrives. */
export function arrived(
  opportunity: StoredOpportunity,
  now: number,
  settings: PartnerCentralSettings,
): StoredOpportunity {
  const team = [awsMember("PDM", "Paula", "Development")];
  const aws = { InvolvementType: "Co-Sell", Visibility: "Full", OpportunityTeam: team };
  const whole = decided({ ...opportunity, createdAt: now, aws }, { status: "Approved" }, now, settings);
  const contacts = valueAt(whole.body, "Customer.Contacts");
  if (settings.contactsAfterAcceptanceMs === 0 || contacts === null) return whole;
  const body = { ...whole.body, Customer: withValue(customerOf(whole.body), "Contacts", []) };
  return { ...whole, body, contactsDue: { at: now + settings.contactsAfterAcceptanceMs, contacts } };
}

/** The contacts arrive, unless the partner has written some meanwhile. */
function withContacts(
  opportunity: StoredOpportunity,
  { at, contacts }: NonNullable<StoredOpportunity["contactsDue"]>,
  settings: PartnerCentralSettings,
): StoredOpportunity {
  const { body } = opportunity;
  const present = valueAt(body, "Customer.Contacts");
  if (Array.isArray(present) && present.length > 0) return opportunity;
  const Customer = withValue(customerOf(body), "Contacts", contacts);
  return touched({ ...opportunity, body: { ...body, Customer } }, at, settings);
}

function customerOf({ Customer }: StoredOpportunity["body"]): JsonObject {
  return isJsonObject(Customer) ? Customer : {};
}

/** The partner sends it to AWS. Throws when a rule for submission is broken: all of them at once. */
export function submitted(
  opportunity: StoredOpportunity,
  submission: JsonObject,
  now: number,
  settings: PartnerCentralSettings,
): StoredOpportunity {
  const aws = {
    ...opportunity.aws,
    InvolvementType: submission.InvolvementType ?? null,
    Visibility: submission.Visibility ?? "Full",
    OpportunityTeam: [awsMember("PDM", "Paula", "Development")],
  };
  const errors = readinessErrors({ ...opportunity, aws }, "submit", now);
  if (errors.length > 0) throw invalidBusiness("The opportunity is not ready to be submitted.", errors);
  return resubmitted({ ...opportunity, aws }, now, settings);
}

/** Back to AWS's review, after a correction. */
export function resubmitted(
  opportunity: StoredOpportunity,
  now: number,
  settings: PartnerCentralSettings,
): StoredOpportunity {
  return touched({ ...withLifeCycle(opportunity, { ReviewStatus: "Submitted" }), submittedAt: now }, now, settings);
}

/** Rules that are Cosell's own caution, and bind nobody at AWS. */
const notAwsRules = new Set(readinessRules.filter(({ unofficial }) => unofficial === true).map(({ source }) => source));

/** Every business rule that the opportunity breaks for a purpose, as AWS lists errors. */
export function readinessErrors(
  { body, related, origin, aws }: Pick<StoredOpportunity, "body" | "related" | "origin" | "aws">,
  purpose: "create" | "submit" | "update",
  now: number,
): FieldError[] {
  const codes = {
    missing: "REQUIRED_FIELD_MISSING",
    invalid: "INVALID_VALUE",
    "not-allowed": "ACTION_NOT_PERMITTED",
  } as const;
  const today = new Date(now).toISOString().slice(0, 10);
  const opportunity = { ...body, Origin: origin, Submission: { InvolvementType: aws.InvolvementType ?? null } };
  return readiness({ purpose, opportunity, related, today })
    .filter(({ source }) => !notAwsRules.has(source))
    .map(({ path, code, message }) => ({ FieldName: path, Code: codes[code], Message: message }));
}

/** The opportunity, changed now. */
export function touched(
  opportunity: StoredOpportunity,
  now: number,
  settings: PartnerCentralSettings,
): StoredOpportunity {
  return { ...opportunity, modifiedAt: stampAfter(opportunity.modifiedAt, now, settings) };
}

function withLifeCycle(opportunity: StoredOpportunity, members: JsonObject): StoredOpportunity {
  const { body } = opportunity;
  return { ...opportunity, body: { ...body, LifeCycle: { ...body.LifeCycle, ...members } } };
}

/** What AWS's side shows once a seller has taken the opportunity. */
function approvedBy({ body, aws }: StoredOpportunity): JsonObject {
  if (isJsonObject(aws.LifeCycle)) return {};
  const seller = aws.InvolvementType === "Co-Sell" ? [awsMember("AWSSalesRep", "Sam", "Seller")] : [];
  const team = Array.isArray(aws.OpportunityTeam) ? (aws.OpportunityTeam as readonly JsonObject[]) : [];
  return {
    LifeCycle: { Stage: "Qualified", TargetCloseDate: body.LifeCycle.TargetCloseDate ?? null },
    OpportunityTeam: [...team, ...seller],
  };
}

function awsMember(title: string, first: string, last: string): JsonObject {
  const email = `${first}.${last}@example.com`.toLowerCase();
  return { BusinessTitle: title, Email: email, FirstName: first, LastName: last };
}
