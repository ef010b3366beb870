import { announce } from "../events/announce.ts";
import { isJsonObject, type JsonObject } from "../kernel/index.ts";
import type { Place } from "./call.ts";
import { associate, customerProject, engagementsOf, openEngagement } from "./engagement.ts";
import { invite } from "./invitation.ts";
import { valueAt } from "../partner-central-shared/paths.ts";
import { opportunityInvitation } from "./referral.ts";
import { Refusal } from "./refusal.ts";
import { reviewStatusOf, submitted } from "./review.ts";
import { shareByTask } from "./snapshot-job.ts";
import type { EngagementTask, StoredEngagement, StoredOpportunity } from "./state.ts";
import { TaskFailure, type TaskSubject } from "./task-run.ts";

/** Submits an opportunity: an engagement is opened, AWS is invited to it, and AWS's review begins. */
export function submitTask(place: Place, task: EngagementTask): TaskSubject {
  const opportunity = place.space.opportunities[task.opportunityId ?? ""];
  if (opportunity === undefined) throw new TaskFailure("OpportunityAccessDenied", "The opportunity is gone.");
  if (reviewStatusOf(opportunity) !== "Pending Submission") {
    throw new TaskFailure("OpportunityConflict", "The opportunity does not wait for its submission any more.");
  }
  const next = submittedOrFailed(place, opportunity, task.input.AwsSubmission);
  place.space.opportunities[opportunity.id] = next;
  const { account } = place.space;
  const existing = engagementOf(place, opportunity);
  const engagement = existing ?? openedFor(place, opportunity);
  associate(place, engagement.id, opportunity.id);
  const invitation = invite(place, engagement, {
    sender: account,
    receiver: "aws",
    payloadType: "OpportunityInvitation",
    payload: { OpportunityInvitation: opportunityInvitation(opportunity, sendersOf(opportunity)) },
    submits: opportunity.id,
  });
  const { jobId, snapshot } = shareByTask(place, engagement.id, next);
  announce(place, "submit", {
    opportunity: { id: opportunity.id, account },
    snapshot,
    invitation,
    ...(existing === undefined && { engagement, member: account }),
  });
  return { engagementId: engagement.id, invitationId: invitation.id, jobId };
}

/** The one that the opportunity is in already. */
function engagementOf(place: Place, opportunity: StoredOpportunity): StoredEngagement | undefined {
  return engagementsOf(place).find(({ resources }) => resources.some(({ id }) => id === opportunity.id));
}

function openedFor(place: Place, opportunity: StoredOpportunity): StoredEngagement {
  return openEngagement(place, {
    createdBy: place.space.account,
    title: valueAt(opportunity.body, "Project.Title"),
    contexts: [customerProject(opportunity)],
  });
}

function submittedOrFailed(
  { now, settings }: Place,
  opportunity: StoredOpportunity,
  submission: unknown,
): StoredOpportunity {
  try {
    return submitted(opportunity, isJsonObject(submission) ? submission : {}, now, settings);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const details = (error.details.errors ?? []).map(({ FieldName, Message }) => `${FieldName}: ${Message}`);
    throw new TaskFailure("OpportunityValidationFailed", [error.message, ...details].join(" "));
  }
}

/** The people of the partner that AWS can turn to: at least one, at most three by the model. */
function sendersOf({ body }: StoredOpportunity): readonly JsonObject[] {
  const team = Array.isArray(body.OpportunityTeam) ? (body.OpportunityTeam as readonly JsonObject[]) : [];
  return team.slice(0, 3);
}
