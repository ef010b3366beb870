import type { JsonObject } from "../../kernel/index.ts";
import { listOf, required, type Call } from "../call.ts";
import { startTask, taskAnswer, tasksOf } from "../engagement-task.ts";
import { idsOf } from "../../partner-central-shared/identifiers.ts";
import { pendingInvitation } from "../invitation.ts";
import { isWanted, pageOf, sortedTasks } from "../../partner-central-shared/paging.ts";
import { invalidBusiness } from "../refusal.ts";

/** StartEngagementByAcceptingInvitationTask: joins the engagement and makes the opportunity in the account. */
export function startEngagementByAcceptingInvitationTask(call: Call): JsonObject {
  return startTask(call, "engagement-by-accepting-invitation", () => {
    const invitation = pendingInvitation(call, required(call, "Identifier"));
    if (invitation.payloadType === "OpportunityInvitation") return { invitationId: invitation.id };
    throw invalidBusiness("The invitation offers no opportunity.", [
      {
        FieldName: "Identifier",
        Code: "ACTION_NOT_PERMITTED",
        Message: "A LeadInvitation is accepted with AcceptEngagementInvitation.",
      },
    ]);
  });
}

/** ListEngagementByAcceptingInvitationTasks: newest first unless the call asks otherwise. */
export function listEngagementByAcceptingInvitationTasks(call: Call): JsonObject {
  const found = tasksOf(call, "engagement-by-accepting-invitation").filter(
    (task) =>
      isWanted(listOf(call, "TaskStatus"), task.status) &&
      isWanted(idsOf(listOf(call, "TaskIdentifier")), task.id) &&
      isWanted(listOf(call, "OpportunityIdentifier"), task.opportunityId) &&
      isWanted(idsOf(listOf(call, "EngagementInvitationIdentifier")), task.invitationId),
  );
  const { items, NextToken } = pageOf(call, sortedTasks(call, found));
  return { TaskSummaries: items.map((task) => taskAnswer(task, call.space.catalog)), NextToken };
}
