import { blocked, type Case, heldByIssue, issueAt, outboundChange } from "./case.ts";
import type { AgreedValue, PlanStep, Unsettled } from "./plan.ts";

const path = "Assignee.Email";

/** What the assignee calls for. */
export interface AssigneeDecision {
  readonly steps: readonly PlanStep[];
  readonly unsettled: readonly Unsettled[];
  readonly agreed: readonly (readonly [string, AgreedValue])[];
}

/**
 * Who the opportunity should belong to. Judged by the e-mail alone. An owner whom a person set at AWS stays until the
 * CRM names another one: the CRM's owner field has no way back.
 */
export function decideAssignee(deal: Case): AssigneeDecision {
  const assignee = deal.mapped.assignee;
  const wanted = assignee?.["Email"];
  const nothing: AssigneeDecision = { steps: [], unsettled: [], agreed: [] };
  const issue = issueAt(path, deal.mapped.issues);
  if (issue) return { ...nothing, unsettled: [heldByIssue(issue)] };
  if (assignee === undefined || wanted === undefined) return nothing;
  const current = deal.reading.assigneeEmail;
  const base = deal.observation.base.get(path);
  const asBefore = base !== undefined && deal.same(path, wanted, base.crm);
  if (asBefore || deal.same(path, wanted, current)) {
    return { ...nothing, agreed: [[path, { crm: wanted, aws: current }]] };
  }
  const block = blocked(path, deal);
  if (block) return { ...nothing, unsettled: [block] };
  const change = outboundChange(path, current, wanted, "changed-in-crm", deal);
  return {
    ...nothing,
    steps: [{ kind: "assign", assignee, change, cost: { reads: 0, writes: 1 } }],
    agreed: [[path, { crm: wanted, aws: wanted }]],
  };
}
