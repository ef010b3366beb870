/** Why one of AWS's background tasks failed, in words. */
export interface ReasonCode {
  readonly code: string;
  /** What went wrong. */
  readonly cause: string;
  /** What a person does about it. */
  readonly remedy: string;
  /** Whether AWS says so, or the code's name and the steps of its task do (AWS publishes the names alone). */
  readonly source: string;
}

const model = "Service model: the code's name alone";
const steps = "Code's name; AWS developer guide, what StartEngagementFromOpportunityTask does behind the scenes";
const leads = "Code's name; AWS Selling API documentation, StartOpportunityFromEngagementTask";

const grant = (actions: string): string =>
  `Grant the caller ${actions}, for the catalog in use (docs/deploy has policies), then run the workflow again.`;
const again = "Wait a few minutes, then run the workflow again.";

/** Every reason code of the model, in its order. */
export const reasonCodes: readonly ReasonCode[] = [
  {
    code: "InvitationAccessDenied",
    cause: "The caller may not send or answer the invitation that belongs to the task.",
    remedy: grant("partnercentral:CreateEngagementInvitation and partnercentral:AcceptEngagementInvitation"),
    source: steps,
  },
  {
    code: "InvitationValidationFailed",
    cause: "AWS does not take what the invitation would say; it is made of the opportunity's customer and project.",
    remedy: "Complete the opportunity's customer and project, then run the workflow again.",
    source: steps,
  },
  {
    code: "EngagementAccessDenied",
    cause: "The engagement is not there, the account is no member of it, or the caller may not use it.",
    remedy: grant("partnercentral:CreateEngagement and partnercentral:GetEngagement, and check the engagement's id"),
    source: steps,
  },
  {
    code: "OpportunityAccessDenied",
    cause: "The opportunity is not there, belongs to another account or catalog, or the caller may not use it.",
    remedy: grant("partnercentral:GetOpportunity and partnercentral:SubmitOpportunity, and check the opportunity's id"),
    source: steps,
  },
  {
    code: "ResourceSnapshotJobAccessDenied",
    cause: "The caller may not make the job that keeps the engagement's view of the opportunity up to date.",
    remedy: grant("partnercentral:CreateResourceSnapshotJob and partnercentral:StartResourceSnapshotJob"),
    source: steps,
  },
  {
    code: "ResourceSnapshotJobValidationFailed",
    cause: "AWS does not take the snapshot job as the task would make it.",
    remedy: "Check the role of the account's snapshot jobs (GetSellingSystemSettings), then run the workflow again.",
    source: model,
  },
  {
    code: "ResourceSnapshotJobConflict",
    cause: "There is another snapshot job for this opportunity and engagement, or it is being changed.",
    remedy:
      "Look at ListResourceSnapshotJobs; stop and delete the one that is not wanted, then run the workflow again.",
    source: model,
  },
  {
    code: "EngagementValidationFailed",
    cause: "AWS does not take the engagement that would be made of the opportunity's title, customer and project.",
    remedy: "Complete the opportunity's title, customer and project, then run the workflow again.",
    source: steps,
  },
  {
    code: "EngagementConflict",
    cause: "The engagement was changed by somebody else at the same time.",
    remedy: again,
    source: model,
  },
  {
    code: "OpportunitySubmissionFailed",
    cause: "The engagement was made, but AWS did not take the submission to its review.",
    remedy: "Check that the opportunity is complete (`cosell ready`) and still a draft, then run the workflow again.",
    source: steps,
  },
  {
    code: "EngagementInvitationConflict",
    cause: "The invitation was answered already, has expired, or is open to the same receiver already.",
    remedy: "Look at its state with GetEngagementInvitation. One that is accepted needs nothing more.",
    source: model,
  },
  { code: "InternalError", cause: "AWS failed, for no reason of ours.", remedy: again, source: model },
  {
    code: "OpportunityValidationFailed",
    cause: "The opportunity lacks values that a submission must have, or holds some that AWS does not take.",
    remedy: "Correct the values that the message names, then run the workflow again.",
    source: steps,
  },
  {
    code: "OpportunityConflict",
    cause: "The opportunity was changed at the same time, or is submitted already.",
    remedy: "Look at its review status; if it is still Pending Submission, run the workflow again.",
    source: model,
  },
  {
    code: "ResourceSnapshotAccessDenied",
    cause: "The caller may not take the snapshot by which the engagement's members see the opportunity.",
    remedy: grant("partnercentral:CreateResourceSnapshot"),
    source: steps,
  },
  {
    code: "ResourceSnapshotValidationFailed",
    cause: "AWS cannot take a snapshot of the opportunity as it is.",
    remedy: "Complete the opportunity, then run the workflow again.",
    source: model,
  },
  {
    code: "ResourceSnapshotConflict",
    cause: "A snapshot of the opportunity was taken at the same time.",
    remedy: again,
    source: model,
  },
  {
    code: "ServiceQuotaExceeded",
    cause: "A quota of the account is used up: engagements, members, invitations or snapshot jobs.",
    remedy: "Ask for more in Service Quotas (AWS Partner Central Selling), or close what is no longer needed.",
    source: model,
  },
  { code: "RequestThrottled", cause: "The account makes more calls than AWS allows.", remedy: again, source: model },
  {
    code: "ContextNotFound",
    cause: "The engagement has no such context.",
    remedy: "Take the id of a lead's context from GetEngagement, then begin the workflow anew with it.",
    source: leads,
  },
  {
    code: "CustomerProjectContextNotPermitted",
    cause: "The context is a customer project; an opportunity is made of a lead only.",
    remedy: "Name the context of type Lead, or submit the opportunity that the project belongs to.",
    source: leads,
  },
  {
    code: "DisqualifiedLeadNotPermitted",
    cause: "The lead is disqualified.",
    remedy: "Set its qualification status again if it was disqualified by mistake, then run the workflow again.",
    source: leads,
  },
];

/** What a reason code means. One that this release does not know is told as such. */
export function explainReason(code: string | undefined): ReasonCode {
  const found = reasonCodes.find((row) => row.code === code);
  return (
    found ?? {
      code: code ?? "none",
      cause: code === undefined ? "AWS gives no reason." : "This release does not know AWS's reason.",
      remedy: "See AWS's message; if it helps as little, ask AWS Partner support with the task's id.",
      source: "none",
    }
  );
}
