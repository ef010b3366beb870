import type { JsonObject } from "../../kernel/index.ts";
import { required, type Call } from "../call.ts";
import { findOpportunity } from "../find-opportunity.ts";
import { awsSummaryAnswer } from "../aws-summary.ts";

/** GetAwsOpportunitySummary: AWS's own side of an opportunity. */
export function getAwsOpportunitySummary(call: Call): JsonObject {
  const opportunity = findOpportunity(call, required(call, "RelatedOpportunityIdentifier"));
  return awsSummaryAnswer(opportunity, call.space.catalog);
}
