import { announce } from "../../events/announce.ts";
import type { JsonObject } from "../../kernel/index.ts";
import { listOf, required, type Call } from "../call.ts";
import { startTask, taskAnswer, tasksOf } from "../engagement-task.ts";
import { findOpportunity } from "../find-opportunity.ts";
import { idsOf } from "../../partner-central-shared/identifiers.ts";
import { isWanted, pageOf, sortedTasks } from "../../partner-central-shared/paging.ts";
import { invalidBusiness } from "../refusal.ts";
import { reviewStatusOf, submitted } from "../review.ts";
import type { StoredOpportunity } from "../state.ts";

/** SubmitOpportunity: straight to AWS's review; every broken rule is told at once. */
export function submitOpportunity(call: Call): undefined {
  const opportunity = pendingOpportunity(call);
  const next = submitted(opportunity, call.input, call.now, call.settings);
  call.space.opportunities[opportunity.id] = next;
  announce(call, "submit", { opportunity: { id: next.id, account: call.space.account } });
}

/** StartEngagementFromOpportunityTask: submits by a task, whose failure tells the broken rules. */
export function startEngagementFromOpportunityTask(call: Call): JsonObject {
  return startTask(call, "engagement-from-opportunity", () => ({ opportunityId: pendingOpportunity(call).id }));
}

/** ListEngagementFromOpportunityTasks: newest first unless the call asks otherwise. */
export function listEngagementFromOpportunityTasks(call: Call): JsonObject {
  const found = tasksOf(call, "engagement-from-opportunity").filter(
    (task) =>
      isWanted(listOf(call, "TaskStatus"), task.status) &&
      isWanted(idsOf(listOf(call, "TaskIdentifier")), task.id) &&
      isWanted(listOf(call, "OpportunityIdentifier"), task.opportunityId) &&
      isWanted(idsOf(listOf(call, "EngagementIdentifier")), task.engagementId),
  );
  const { items, NextToken } = pageOf(call, sortedTasks(call, found));
  return { TaskSummaries: items.map((task) => taskAnswer(task, call.space.catalog)), NextToken };
}

function pendingOpportunity(call: Call): StoredOpportunity {
  const opportunity = findOpportunity(call, required(call, "Identifier"));
  if (reviewStatusOf(opportunity) === "Pending Submission") return opportunity;
  throw invalidBusiness("Only an opportunity that is pending submission can be submitted.", [
    {
      FieldName: "Identifier",
      Code: "INVALID_RESOURCE_STATE",
      Message: "The opportunity's review status is not Pending Submission.",
    },
  ]);
}
