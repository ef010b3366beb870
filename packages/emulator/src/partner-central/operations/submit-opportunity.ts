import type { JsonObject } from "../../kernel/index.ts";
import { listOf, once, required, type Call } from "../call.ts";
import { settleTasks, startTask, taskAnswer } from "../engagement-task.ts";
import { findOpportunity } from "../find-opportunity.ts";
import { isWanted, pageOf, sorted } from "../paging.ts";
import { textAt } from "../paths.ts";
import { invalidBusiness } from "../refusal.ts";
import { reviewStatusOf, submitted } from "../review.ts";
import type { EngagementTask, StoredOpportunity } from "../state.ts";

/** SubmitOpportunity: straight to AWS's review; every broken rule is told at once. */
export function submitOpportunity(call: Call): undefined {
  const opportunity = pendingOpportunity(call);
  const next = submitted(opportunity, call.input, call.now, call.settings);
  call.space.opportunities[opportunity.id] = next;
}

/** StartEngagementFromOpportunityTask: submits by a task, whose failure tells the broken rules. The same token again tells how far it is. */
export function startEngagementFromOpportunityTask(call: Call): JsonObject {
  const answer = (task: EngagementTask): JsonObject => taskAnswer(task, call.space.catalog);
  return once(
    call,
    () => answer(startTask(call, pendingOpportunity(call).id, call.input.AwsSubmission as JsonObject)),
    (first) => {
      settleTasks(call);
      const task = call.space.tasks[textAt(first, "TaskId") ?? ""];
      return task === undefined ? first : answer(task);
    },
  );
}

/** ListEngagementFromOpportunityTasks: newest first unless the call asks otherwise. */
export function listEngagementFromOpportunityTasks(call: Call): JsonObject {
  settleTasks(call);
  const found = Object.values(call.space.tasks).filter(
    (task) =>
      isWanted(listOf(call, "TaskStatus"), task.status) &&
      isWanted(listOf(call, "TaskIdentifier"), task.id) &&
      isWanted(listOf(call, "OpportunityIdentifier"), task.opportunityId) &&
      isWanted(listOf(call, "EngagementIdentifier"), task.engagementId),
  );
  const keys = { StartTime: ({ startTime }: EngagementTask) => startTime };
  const order = { sortBy: "StartTime", order: "DESCENDING", id: ({ id }: EngagementTask) => id } as const;
  const { items, NextToken } = pageOf(call, sorted(call, found, keys, order));
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
