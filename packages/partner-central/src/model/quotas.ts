/** How AWS counts a call: most calls share the budgets of `read` and `write`, a few have a rate of their own. */
export type QuotaClass = "read" | "write" | "other";

/** What AWS allows for one class of calls, per partner account. */
export interface QuotaLimit {
  readonly perSecond: number;
  /** Calls in any 24 hours. Absent: no daily limit is known. */
  readonly perDay?: number;
}

/** The quota of one operation. */
export interface OperationQuota extends QuotaLimit {
  readonly class: QuotaClass;
}

/**
 * AWS's default limits. Source: developer guide, quotas; adjustable per account. Whether the group shares a budget or each
 * operation has its own is not said: shared is the safe reading. Operations that AWS does not list count as `other` with the
 * rate of reads.
 */
export const quotaLimits: Readonly<Record<QuotaClass, QuotaLimit>> = {
  read: { perSecond: 10, perDay: 100_000 },
  write: { perSecond: 1, perDay: 10_000 },
  other: { perSecond: 10 },
};

const reads = [
  "GetOpportunity",
  "GetAwsOpportunitySummary",
  "ListOpportunities",
  "ListSolutions",
  "GetEngagementInvitation",
  "ListEngagementInvitations",
];
const writes = [
  "CreateOpportunity",
  "UpdateOpportunity",
  "AssignOpportunity",
  "AssociateOpportunity",
  "DisassociateOpportunity",
  "RejectEngagementInvitation",
  "StartEngagementFromOpportunityTask",
  "StartEngagementByAcceptingInvitationTask",
  // Not in AWS's list; counted as writes since they do the same work.
  "SubmitOpportunity",
  "AcceptEngagementInvitation",
  "StartOpportunityFromEngagementTask",
];
const own: Readonly<Record<string, number>> = {
  CreateEngagement: 15,
  GetProspectingFromEngagementTask: 100,
  ListProspectingFromEngagementTasks: 50,
  StartProspectingFromEngagementTask: 2,
};

/** Of the Account API AWS names no rates, but how often some things may be done in 24 hours. Source: developer guide, quotas. */
const daily: Readonly<Record<string, number>> = {
  CreateConnectionInvitation: 50,
  PutProfileVisibility: 5,
  StartProfileUpdateTask: 10,
};

/** The class and the limits of an operation of either API. Any name is answered. */
export function quotaOf(operation: string): OperationQuota {
  if (reads.includes(operation)) return { class: "read", ...quotaLimits.read };
  if (writes.includes(operation)) return { class: "write", ...quotaLimits.write };
  const rate = Object.hasOwn(own, operation) ? own[operation] : undefined;
  const perDay = Object.hasOwn(daily, operation) ? daily[operation] : undefined;
  return { class: "other", perSecond: rate ?? quotaLimits.other.perSecond, ...(perDay !== undefined && { perDay }) };
}
