import { FailureError, type JsonObject } from "@cosell/connector";
import { isList, isObject } from "@cosell/core";
import type { PagedCall } from "../aws-pages.ts";
import { invitationToken, tokenAfter } from "../client-token.ts";
import { awaitTask, newestTask, taskFailure } from "./await-task.ts";
import { type Invited, keep, urgent } from "./invited.ts";

/**
 * Makes an opportunity of an accepted lead, in the lead's own engagement: AWS sees that its lead became a deal. What was
 * begun already, here or in Partner Central, is followed to its end instead; the token is stored before the call. What
 * the deal says is sent by reconciling it afterwards.
 */
export async function startLeadOpportunity(invited: Invited): Promise<string> {
  const { invitation } = invited;
  const { engagementId } = invitation;
  if (engagementId === undefined) throw noLead(invitation.id);
  const context = await leadContextOf(invited, engagementId);
  const contextId = context["Id"];
  if (typeof contextId !== "string") throw noLead(invitation.id);
  const tasks = (filter: JsonObject): PagedCall => ({
    operation: "ListOpportunityFromEngagementTasks",
    member: "TaskSummaries",
    input: { EngagementIdentifier: [engagementId], ContextIdentifier: [contextId], ...filter },
  });
  const begun = await newestTask(invited, tasks({ TaskStatus: ["IN_PROGRESS", "COMPLETE"] }));
  invited.tally.floor.reads += 2;
  const started = begun ?? (await start(invited, engagementId, contextId));
  const task = await awaitTask(invited, started, tasks({}));
  const opportunityId = task["OpportunityId"];
  if (typeof opportunityId !== "string") {
    const { clientToken } = invited.invitation;
    if (clientToken !== undefined) await keep(invited, { clientToken: tokenAfter(clientToken) });
    throw taskFailure(task, `make an opportunity of the lead of invitation ${invitation.id}`);
  }
  await keep(invited, { opportunityId });
  return opportunityId;
}

async function start(invited: Invited, engagementId: string, contextId: string): Promise<JsonObject> {
  const { invitation, options } = invited;
  const { partnerCentral } = options;
  const clientToken = invitation.clientToken ?? invitationToken(partnerCentral.catalog, invitation.id, contextId);
  if (invitation.clientToken === undefined) await keep(invited, { clientToken });
  const started = await partnerCentral.call(
    "StartOpportunityFromEngagementTask",
    { Identifier: engagementId, ContextIdentifier: contextId, ClientToken: clientToken },
    urgent(invited),
  );
  invited.tally.floor.writes += 1;
  return started;
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
