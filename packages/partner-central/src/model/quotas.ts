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

const guide = "AWS developer guide, quotas";

/**
 * AWS's default limits per class; adjustable per account. Source: developer guide, quotas. Whether the group shares a budget
 * or each operation has its own is not said: shared is the safe reading. Operations that AWS does not list count as `other`
 * with the rate of reads.
 */
export const quotaLimits: Readonly<Record<QuotaClass, QuotaLimit>> = {
  read: { perSecond: 10, perDay: 100_000 },
  write: { perSecond: 1, perDay: 10_000 },
  other: { perSecond: 10 },
};

/** One operation whose quota is told. */
export interface QuotaRow extends Partial<QuotaLimit> {
  readonly operation: string;
  readonly class: QuotaClass;
  readonly source: string;
  /** Not said by AWS: the first to change when a live account says otherwise. */
  readonly unofficial: boolean;
}

function rows(operations: readonly string[], row: Omit<QuotaRow, "operation">): readonly QuotaRow[] {
  return operations.map((operation) => ({ operation, ...row }));
}

/** The operations of both APIs that do not count as `other` with its rate. */
export const quotaRows: readonly QuotaRow[] = [
  ...rows(
    [
      "GetOpportunity",
      "GetAwsOpportunitySummary",
      "ListOpportunities",
      "ListSolutions",
      "GetEngagementInvitation",
      "ListEngagementInvitations",
    ],
    { class: "read", source: guide, unofficial: false },
  ),
  ...rows(
    [
      "CreateOpportunity",
      "UpdateOpportunity",
      "AssignOpportunity",
      "AssociateOpportunity",
      "DisassociateOpportunity",
      "RejectEngagementInvitation",
      "StartEngagementFromOpportunityTask",
      "StartEngagementByAcceptingInvitationTask",
    ],
    { class: "write", source: guide, unofficial: false },
  ),
  ...rows(["SubmitOpportunity", "AcceptEngagementInvitation", "StartOpportunityFromEngagementTask"], {
    class: "write",
    source: "Cosell: not in AWS's list, but they do the same work as operations that are",
    unofficial: true,
  }),
  { operation: "CreateEngagement", class: "other", perSecond: 15, source: guide, unofficial: false },
  { operation: "GetProspectingFromEngagementTask", class: "other", perSecond: 100, source: guide, unofficial: false },
  { operation: "ListProspectingFromEngagementTasks", class: "other", perSecond: 50, source: guide, unofficial: false },
  { operation: "StartProspectingFromEngagementTask", class: "other", perSecond: 2, source: guide, unofficial: false },
  // Of the Account API AWS names no rates, but how often some things may be done in 24 hours.
  { operation: "CreateConnectionInvitation", class: "other", perDay: 50, source: guide, unofficial: false },
  { operation: "PutProfileVisibility", class: "other", perDay: 5, source: guide, unofficial: false },
  { operation: "StartProfileUpdateTask", class: "other", perDay: 10, source: guide, unofficial: false },
];

const byOperation = new Map(quotaRows.map((row) => [row.operation, row]));

/** The class and the limits of an operation of either API. Any name is answered. */
export function quotaOf(operation: string): OperationQuota {
  const row = byOperation.get(operation);
  const limits = quotaLimits[row?.class ?? "other"];
  const perDay = row?.perDay ?? limits.perDay;
  return {
    class: row?.class ?? "other",
    perSecond: row?.perSecond ?? limits.perSecond,
    ...(perDay !== undefined && { perDay }),
  };
}
