import type { OperationHandler } from "../call.ts";
import { assignOpportunity } from "./assign-opportunity.ts";
import { associateOpportunity, disassociateOpportunity } from "./associate-opportunity.ts";
import { createOpportunity } from "./create-opportunity.ts";
import {
  listEngagementByAcceptingInvitationTasks,
  startEngagementByAcceptingInvitationTask,
} from "./engagement-by-accepting-invitation.ts";
import {
  acceptEngagementInvitation,
  getEngagementInvitation,
  listEngagementInvitations,
  rejectEngagementInvitation,
} from "./engagement-invitations.ts";
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
import { createEngagementInvitation } from "./create-engagement-invitation.ts";
import { createEngagementContext, updateEngagementContext } from "./engagement-contexts.ts";
import {
  createEngagement,
  getEngagement,
  listEngagementMembers,
  listEngagementResourceAssociations,
  listEngagements,
} from "./engagements.ts";
import {
  listOpportunityFromEngagementTasks,
  startOpportunityFromEngagementTask,
} from "./opportunity-from-engagement.ts";
import {
  getProspectingFromEngagementTask,
  listProspectingFromEngagementTasks,
  startProspectingFromEngagementTask,
} from "./prospecting-from-engagement.ts";
import {
  createResourceSnapshotJob,
  deleteResourceSnapshotJob,
  getResourceSnapshotJob,
  listResourceSnapshotJobs,
  startResourceSnapshotJob,
  stopResourceSnapshotJob,
} from "./resource-snapshot-jobs.ts";
import { createResourceSnapshot, getResourceSnapshot, listResourceSnapshots } from "./resource-snapshots.ts";
import { getSellingSystemSettings, putSellingSystemSettings } from "./selling-system-settings.ts";

/** All operations of the Selling API. */
export const operations: ReadonlyMap<string, OperationHandler> = new Map<string, OperationHandler>([
  ["AcceptEngagementInvitation", acceptEngagementInvitation],
  ["AssignOpportunity", assignOpportunity],
  ["AssociateOpportunity", associateOpportunity],
  ["CreateEngagement", createEngagement],
  ["CreateEngagementContext", createEngagementContext],
  ["CreateEngagementInvitation", createEngagementInvitation],
  ["CreateOpportunity", createOpportunity],
  ["CreateResourceSnapshot", createResourceSnapshot],
  ["CreateResourceSnapshotJob", createResourceSnapshotJob],
  ["DeleteResourceSnapshotJob", deleteResourceSnapshotJob],
  ["DisassociateOpportunity", disassociateOpportunity],
  ["GetAwsOpportunitySummary", getAwsOpportunitySummary],
  ["GetEngagement", getEngagement],
  ["GetEngagementInvitation", getEngagementInvitation],
  ["GetOpportunity", getOpportunity],
  ["GetProspectingFromEngagementTask", getProspectingFromEngagementTask],
  ["GetResourceSnapshot", getResourceSnapshot],
  ["GetResourceSnapshotJob", getResourceSnapshotJob],
  ["GetSellingSystemSettings", getSellingSystemSettings],
  ["ListEngagementByAcceptingInvitationTasks", listEngagementByAcceptingInvitationTasks],
  ["ListEngagementFromOpportunityTasks", listEngagementFromOpportunityTasks],
  ["ListEngagementInvitations", listEngagementInvitations],
  ["ListEngagementMembers", listEngagementMembers],
  ["ListEngagementResourceAssociations", listEngagementResourceAssociations],
  ["ListEngagements", listEngagements],
  ["ListOpportunities", listOpportunities],
  ["ListOpportunityFromEngagementTasks", listOpportunityFromEngagementTasks],
  ["ListProspectingFromEngagementTasks", listProspectingFromEngagementTasks],
  ["ListResourceSnapshotJobs", listResourceSnapshotJobs],
  ["ListResourceSnapshots", listResourceSnapshots],
  ["ListSolutions", listSolutions],
  ["ListTagsForResource", listTagsForResource],
  ["PutSellingSystemSettings", putSellingSystemSettings],
  ["RejectEngagementInvitation", rejectEngagementInvitation],
  ["StartEngagementByAcceptingInvitationTask", startEngagementByAcceptingInvitationTask],
  ["StartEngagementFromOpportunityTask", startEngagementFromOpportunityTask],
  ["StartOpportunityFromEngagementTask", startOpportunityFromEngagementTask],
  ["StartProspectingFromEngagementTask", startProspectingFromEngagementTask],
  ["StartResourceSnapshotJob", startResourceSnapshotJob],
  ["StopResourceSnapshotJob", stopResourceSnapshotJob],
  ["SubmitOpportunity", submitOpportunity],
  ["TagResource", tagResource],
  ["UntagResource", untagResource],
  ["UpdateEngagementContext", updateEngagementContext],
  ["UpdateOpportunity", updateOpportunity],
]);
