import { FailureError, type JsonObject } from "@cosell/connector";
import { isList, isObject } from "@cosell/core";
import type { PagedCall } from "../aws-pages.ts";
import { freshToken } from "../client-token.ts";
import { awaitTask, taskFailure } from "./await-task.ts";
import { type Invited, keep, urgent } from "./invited.ts";

/**
 * Makes an opportunity of an accepted lead, in the lead's own engagement: AWS sees that its lead became a deal. The token
 * is stored before the call. What the deal says is sent by reconciling it afterwards.
 */
export async function startLeadOpportunity(invited: Invited): Promise<string> {
  const { invitation, options } = invited;
  const { engagementId } = invitation;
  if (engagementId === undefined) throw noLead(invitation.id);
  const context = await leadContextOf(invited, engagementId);
  const ContextIdentifier = context["Id"];
  if (typeof ContextIdentifier !== "string") throw noLead(invitation.id);
  const clientToken = invitation.clientToken ?? freshToken();
  if (invitation.clientToken === undefined) await keep(invited, { clientToken });
  const started = await options.partnerCentral.call(
    "StartOpportunityFromEngagementTask",
    { Identifier: engagementId, ContextIdentifier, ClientToken: clientToken },
    urgent(invited),
  );
  invited.tally.floor.reads += 1;
  invited.tally.floor.writes += 1;
  const tasks: PagedCall = {
    operation: "ListOpportunityFromEngagementTasks",
    member: "TaskSummaries",
    input: { EngagementIdentifier: [engagementId], ContextIdentifier: [ContextIdentifier] },
  };
  const task = await awaitTask(invited, started, tasks);
  const opportunityId = task["OpportunityId"];
  if (task["TaskStatus"] === "FAILED" || typeof opportunityId !== "string") {
    await keep(invited, { clientToken: undefined });
    throw taskFailure(task, `make an opportunity of the lead of invitation ${invitation.id}`);
  }
  await keep(invited, { opportunityId });
  return opportunityId;
}

async function leadContextOf(invited: Invited, engagementId: string): Promise<JsonObject> {
  const input = { Identifier: engagementId };
  const engagement = await invited.options.partnerCentral.call("GetEngagement", input, urgent(invited));
  const contexts = engagement["Contexts"];
  const leads = (isList(contexts) ? contexts : []).filter(isObject).filter(({ Type }) => Type === "Lead");
  return leads[0] ?? {};
}

function noLead(invitationId: string): FailureError {
  return new FailureError({
    kind: "invalid",
    code: "no-lead-in-engagement",
    message: `The engagement of invitation ${invitationId} has no lead in it that an opportunity could be made of.`,
    issues: [],
  });
}
