import { keptWhenLeftOut, lockOf, stageMove } from "@cosell/partner-central/model";
import { isJsonObject, type JsonObject } from "../../kernel/index.ts";
import { required, type Call } from "../call.ts";
import { sizedDeal } from "../deal-sizing.ts";
import { findOpportunity } from "../find-opportunity.ts";
import { changedPaths, textAt, valueAt, withValue } from "../../partner-central-shared/paths.ts";
import { keepChanged, keepDecided } from "../opportunity-change.ts";
import { conflict, invalidBusiness, type FieldError } from "../refusal.ts";
import {
  decided,
  decisions,
  isUnderReview,
  readinessErrors,
  resubmitted,
  reviewStatusOf,
  touched,
  type ReviewDecision,
} from "../review.ts";
import type { StoredOpportunity } from "../state.ts";
import { timestamp } from "../../partner-central-shared/timestamps.ts";

/** The members that an update replaces: all of them, every time. */
const replaced = [
  "Customer",
  "LifeCycle",
  "Marketing",
  "NationalSecurity",
  "OpportunityType",
  "PartnerOpportunityIdentifier",
  "PrimaryNeedsFromAws",
  "Project",
  "SoftwareRevenue",
];

/** Members of `LifeCycle` that AWS alone writes: what an update says about them is not looked at. */
const awsOnly = ["LifeCycle.ReviewComments", "LifeCycle.ReviewStatusReason", "LifeCycle.NextStepsHistory"];

type Body = StoredOpportunity["body"];

/** UpdateOpportunity: a PUT under an optimistic lock; in the Sandbox it also plays AWS's reviewer. */
export function updateOpportunity(call: Call): JsonObject {
  const { now, settings } = call;
  const opportunity = findOpportunity(call, required(call, "Identifier"));
  // Instants, not texts: 2026-01-01T00:00:00Z and 2026-01-01T00:00:00.000+00:00 are one version.
  if (Date.parse(required(call, "LastModifiedDate")) !== opportunity.modifiedAt) {
    throw conflict("The opportunity has changed since LastModifiedDate. Read it again and repeat the change.");
  }
  const decision = sandboxDecision(call, opportunity);
  const next = decision ? decided(opportunity, decision, now, settings) : edited(call, opportunity);
  if (decision) keepDecided(call, next, decision.status);
  else keepChanged(call, next, "change-opportunity");
  return { Id: next.id, LastModifiedDate: timestamp(next.modifiedAt) };
}

/** In the Sandbox a review status that differs from the present one is the reviewer's answer; the rest of the input is not looked at. */
function sandboxDecision({ space, input }: Call, opportunity: StoredOpportunity): ReviewDecision | undefined {
  const status = reviewStatusOf(opportunity);
  const wanted = decisions.find((decision) => decision === textAt(input, "LifeCycle.ReviewStatus"));
  const open = isUnderReview(status) || status === "Action Required";
  if (space.catalog !== "Sandbox" || !open || wanted === undefined || wanted === status) return undefined;
  const comments = textAt(input, "LifeCycle.ReviewComments");
  const reason = textAt(input, "LifeCycle.ReviewStatusReason");
  return { status: wanted, ...(comments !== undefined && { comments }), ...(reason !== undefined && { reason }) };
}

function edited(call: Call, opportunity: StoredOpportunity): StoredOpportunity {
  const { now, settings } = call;
  const status = reviewStatusOf(opportunity);
  const body = unlessLocked(call, opportunity, sizedDeal(replacedBody(call, opportunity)));
  const next = { ...opportunity, body };
  const errors = readinessErrors(next, "update", now);
  if (errors.length > 0) throw invalidBusiness("The opportunity breaks rules for its stage.", errors);
  return status === "Action Required" ? resubmitted(next, now, settings) : touched(next, now, settings);
}

/** What the opportunity would be: what the input leaves out is null, except where AWS says otherwise. */
function replacedBody({ input, settings }: Call, { body }: StoredOpportunity): Body {
  let next: JsonObject = { ...body, ...Object.fromEntries(replaced.map((member) => [member, input[member] ?? null])) };
  for (const { path } of keptWhenLeftOut) {
    const kept = valueAt(body, path);
    if (kept !== null && !isGiven(input, path)) next = withValue(next, path, kept);
  }
  for (const path of awsOnly) next = withValue(next, path, valueAt(body, path));
  const statusPath = "LifeCycle.ReviewStatus";
  if (valueAt(next, statusPath) === null && !settings.omittedReviewStatusResets) {
    next = withValue(next, statusPath, valueAt(body, statusPath));
  }
  return next as Body;
}

/** Takes a change back: where the whole structure was not there before, it goes with it. */
function withOldValue(next: JsonObject, old: JsonObject, path: string): JsonObject {
  const parent = path.slice(0, Math.max(0, path.lastIndexOf(".")));
  if (parent !== "" && valueAt(old, parent) === null) return withOldValue(next, old, parent);
  return withValue(next, path, valueAt(old, path));
}

/** The stage is locked by where it is to go as well. */
function lockNow(
  { space, settings }: Call,
  path: string,
  state: Parameters<typeof lockOf>[1],
  wanted: Body,
): ReturnType<typeof lockOf> {
  const isDraft = state.reviewStatus === "Pending Submission" && space.catalog === "Sandbox";
  if (path === "LifeCycle.Stage" && isDraft && settings.sandboxDraftStageIsFixed) {
    return { lock: "locked", reason: "The stage of an opportunity that was not submitted cannot be changed." };
  }
  const next = path === "LifeCycle.Stage" ? textAt(wanted, path) : undefined;
  return next === undefined ? lockOf(path, state) : stageMove(state, next);
}

/** Whether the input says anything about a member, if only null. */
function isGiven(input: JsonObject, path: string): boolean {
  const parent = path.slice(0, path.lastIndexOf("."));
  const structure = valueAt(input, parent);
  return isJsonObject(structure) && Object.hasOwn(structure, path.slice(parent.length + 1));
}

/** Refuses changes of what is locked, and takes back changes that AWS ignores silently. */
function unlessLocked(call: Call, opportunity: StoredOpportunity, wanted: Body): Body {
  const { body, origin } = opportunity;
  const reviewStatus = reviewStatusOf(opportunity);
  const state = { reviewStatus, stage: textAt(body, "LifeCycle.Stage"), origin };
  let next: JsonObject = wanted;
  const errors: FieldError[] = [];
  for (const path of changedPaths(body, wanted)) {
    const isReset = path === "LifeCycle.ReviewStatus" && valueAt(wanted, path) === null;
    const lock =
      isReset && !isUnderReview(reviewStatus) ? ({ lock: "editable" } as const) : lockNow(call, path, state, wanted);
    if (lock.lock === "ignored" || call.settings.ignoredMembers.includes(path)) next = withOldValue(next, body, path);
    if (lock.lock === "locked") errors.push({ FieldName: path, Code: "ACTION_NOT_PERMITTED", Message: lock.reason });
  }
  if (errors.length === 0 && (isUnderReview(reviewStatus) || reviewStatus === "Rejected")) {
    const reason = lockOf("Project.Title", state);
    const Message = reason.lock === "editable" ? "" : reason.reason;
    errors.push({ FieldName: "LifeCycle.ReviewStatus", Code: "ACTION_NOT_PERMITTED", Message });
  }
  if (errors.length === 0) return next as Body;
  if (isUnderReview(reviewStatus) && call.settings.errorWhenLocked === "conflict") {
    throw conflict("The opportunity is under review by AWS and cannot be changed now.");
  }
  throw invalidBusiness("The opportunity's state does not permit these changes.", errors);
}
