import type { OperationHandler } from "../call.ts";
import { assignOpportunity } from "./assign-opportunity.ts";
import { associateOpportunity, disassociateOpportunity } from "./associate-opportunity.ts";
import { createOpportunity } from "./create-opportunity.ts";
import { getEngagementInvitation, listEngagementInvitations } from "./engagement-invitations.ts";
import { getAwsOpportunitySummary } from "./get-aws-opportunity-summary.ts";
import { getOpportunity } from "./get-opportunity.ts";
import { listOpportunities } from "./list-opportunities.ts";
import { listSolutions } from "./list-solutions.ts";
import {
  listEngagementFromOpportunityTasks,
  startEngagementFromOpportunityTask,
  submitOpportunity,
} from "./submit-opportunity.ts";
import { listTagsForResource, tagResource, untagResource } from "./tags.ts";
import { updateOpportunity } from "./update-opportunity.ts";

/** The operations that are played in full. The model has more: those are checked, then refused as not emulated. */
export const operations: ReadonlyMap<string, OperationHandler> = new Map<string, OperationHandler>([
  ["AssignOpportunity", assignOpportunity],
  ["AssociateOpportunity", associateOpportunity],
  ["CreateOpportunity", createOpportunity],
  ["DisassociateOpportunity", disassociateOpportunity],
  ["GetAwsOpportunitySummary", getAwsOpportunitySummary],
  ["GetEngagementInvitation", getEngagementInvitation],
  ["GetOpportunity", getOpportunity],
  ["ListEngagementFromOpportunityTasks", listEngagementFromOpportunityTasks],
  ["ListEngagementInvitations", listEngagementInvitations],
  ["ListOpportunities", listOpportunities],
  ["ListSolutions", listSolutions],
  ["ListTagsForResource", listTagsForResource],
  ["StartEngagementFromOpportunityTask", startEngagementFromOpportunityTask],
  ["SubmitOpportunity", submitOpportunity],
  ["TagResource", tagResource],
  ["UntagResource", untagResource],
  ["UpdateOpportunity", updateOpportunity],
]);
