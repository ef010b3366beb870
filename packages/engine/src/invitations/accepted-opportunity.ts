import { failureOf, FailureError } from "@cosell/connector";
import { awsPages, type PagedCall } from "../aws-pages.ts";
import { newestTask } from "./await-task.ts";
import { type Invited, urgent } from "./invited.ts";

/** The tasks by which an invitation was accepted. */
export function acceptTasks(invitationId: string): PagedCall {
  return {
    operation: "ListEngagementByAcceptingInvitationTasks",
    member: "TaskSummaries",
    input: { EngagementInvitationIdentifier: [invitationId] },
  };
}

/**
 * The opportunity that an accepted invitation brought, whoever accepted it: by the accepting task, else by the resources
 * of its engagement. Throws `invalid` when AWS shows none: then a person must say which one it is.
 */
export async function opportunityOfAccepted(invited: Invited): Promise<string> {
  const { id, engagementId } = invited.invitation;
  const task = await newestTask(invited, acceptTasks(id));
  if (typeof task?.["OpportunityId"] === "string") return task["OpportunityId"];
  const resources: PagedCall = {
    operation: "ListEngagementResourceAssociations",
    member: "EngagementResourceAssociationSummaries",
    input: { EngagementIdentifier: engagementId ?? "", ResourceType: "Opportunity" },
  };
  if (engagementId !== undefined) {
    for await (const page of awsPages(invited.options.partnerCentral, resources, urgent(invited))) {
      for (const { ResourceId } of page) {
        // An engagement also names the other partners' opportunities, which this account cannot read.
        if (typeof ResourceId === "string" && (await isOurs(ResourceId, invited))) return ResourceId;
      }
    }
  }
  throw new FailureError({
    kind: "invalid",
    code: "no-opportunity-of-invitation",
    message: `Invitation ${id} is accepted, but AWS does not say which opportunity it brought. Find it in Partner Central and put its id into the CRM record's id field.`,
    issues: [],
  });
}

async function isOurs(opportunityId: string, invited: Invited): Promise<boolean> {
  try {
    await invited.options.partnerCentral.getOpportunity(opportunityId, urgent(invited));
    return true;
  } catch (error) {
    const kind = failureOf(error)?.kind;
    if (kind === "missing" || kind === "permission") return false;
    throw error;
  }
}
