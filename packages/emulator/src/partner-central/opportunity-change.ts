import { announce } from "../events/announce.ts";
import type { EventAction } from "../events/event-actions.ts";
import type { EventSubject } from "../events/event-details.ts";
import type { Place } from "./call.ts";
import { acceptInvitation, invitationsOf } from "./invitation.ts";
import { reviewedByTime, reviewStatusOf, type Decision } from "./review.ts";
import { runJobsOf } from "./snapshot-job.ts";
import { takeSnapshot } from "./snapshot.ts";
import type { StoredInvitation, StoredOpportunity } from "./state.ts";

const actionOf: Readonly<Record<Decision, EventAction>> = {
  Approved: "approve",
  "Action Required": "require-action",
  Rejected: "reject",
};

/** Keeps a changed opportunity of the account, tells of it, and lets its snapshot jobs run. */
export function keepChanged(place: Place, next: StoredOpportunity, action: EventAction): void {
  place.space.opportunities[next.id] = next;
  announce(place, action, { opportunity: { id: next.id, account: place.space.account } });
  runJobsOf(place, next.id);
}

/**
 * Keeps an opportunity that AWS has answered: AWS joins the engagement that the submission opened, or leaves its rejection
 * on the invitation, and takes a snapshot of its own, for which the partner needs no job.
 */
export function keepDecided(place: Place, next: StoredOpportunity, decision: Decision): void {
  place.space.opportunities[next.id] = next;
  const opportunity = { id: next.id, account: place.space.account };
  const sent = invitationsOf(place, "SENDER").find(
    ({ submits, status }) => submits === next.id && status === "PENDING",
  );
  if (sent === undefined) {
    announce(place, actionOf[decision], { opportunity });
    return;
  }
  const answered = answer(place, sent, decision);
  const subject = { engagementId: sent.engagementId, resourceId: next.id, template: "OpportunitySummaryView" };
  announce(place, actionOf[decision], { ...answered, opportunity, snapshot: takeSnapshot(place, subject, next) });
}

/** The opportunity as time has made it. What time has done is kept and told. */
export function settledOpportunity(place: Place, stored: StoredOpportunity): StoredOpportunity {
  const next = reviewedByTime(stored, place.now, place.settings);
  if (next === stored) return stored;
  const then = { ...place, now: Math.min(place.now, next.modifiedAt) };
  const status = reviewStatusOf(next);
  if (status === reviewStatusOf(stored)) keepChanged(then, next, "change-opportunity");
  else if (status === "Approved") keepDecided(then, next, "Approved");
  else keepChanged(then, next, "begin-review");
  return next;
}

function answer(place: Place, invitation: StoredInvitation, decision: Decision): EventSubject {
  if (decision === "Approved") return { ...acceptInvitation(place, invitation), member: invitation.receiver };
  if (decision === "Action Required") return {};
  const rejected = { ...invitation, status: "REJECTED" } as const;
  place.state.invitations[invitation.id] = rejected;
  return { invitation: rejected };
}
