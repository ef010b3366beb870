import type { JsonObject } from "../../kernel/index.ts";
import { listOf, required, type Call } from "../call.ts";
import { startTask, taskAnswer, tasksOf } from "../engagement-task.ts";
import { findEngagement } from "../engagement.ts";
import { idsOf } from "../../partner-central-shared/identifiers.ts";
import { isWanted, pageOf, sortedTasks } from "../../partner-central-shared/paging.ts";

/** StartOpportunityFromEngagementTask: a lead becomes a draft. */
export function startOpportunityFromEngagementTask(call: Call): JsonObject {
  return startTask(call, "opportunity-from-engagement", () => ({
    engagementId: findEngagement(call, required(call, "Identifier")).id,
    contextId: required(call, "ContextIdentifier"),
  }));
}

/** ListOpportunityFromEngagementTasks: newest first unless the call asks otherwise. */
export function listOpportunityFromEngagementTasks(call: Call): JsonObject {
  const found = tasksOf(call, "opportunity-from-engagement").filter(
    (task) =>
      isWanted(listOf(call, "TaskStatus"), task.status) &&
      isWanted(idsOf(listOf(call, "TaskIdentifier")), task.id) &&
      isWanted(listOf(call, "OpportunityIdentifier"), task.opportunityId) &&
      isWanted(idsOf(listOf(call, "EngagementIdentifier")), task.engagementId) &&
      isWanted(listOf(call, "ContextIdentifier"), task.contextId),
  );
  const { items, NextToken } = pageOf(call, sortedTasks(call, found));
  return { TaskSummaries: items.map((task) => taskAnswer(task, call.space.catalog)), NextToken };
}
