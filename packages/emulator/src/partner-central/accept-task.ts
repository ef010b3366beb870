import { announce } from "../events/announce.ts";
import { isJsonObject, type JsonObject } from "../kernel/index.ts";
import type { Place } from "./call.ts";
import { associate } from "./engagement.ts";
import { accountArn } from "../partner-central-shared/identifiers.ts";
import { acceptInvitation, invitationStatus } from "./invitation.ts";
import { newOpportunity } from "./new-opportunity.ts";
import { textAt, valueAt } from "../partner-central-shared/paths.ts";
import { arrived } from "./review.ts";
import { shareByTask } from "./snapshot-job.ts";
import type { EngagementTask, StoredInvitation, StoredOpportunity } from "./state.ts";
import { tagsOf } from "../partner-central-shared/tags.ts";
import { TaskFailure, type TaskSubject } from "./task-run.ts";

/** Accepts an invitation: the account joins the engagement, and the opportunity arrives in it, approved already. */
export function acceptTask(place: Place, task: EngagementTask): TaskSubject {
  const { space, state } = place;
  const invitation = state.invitations[task.invitationId ?? ""];
  if (invitation === undefined) throw new TaskFailure("InvitationAccessDenied", "The invitation is gone.");
  const status = invitationStatus(place, invitation);
  if (status !== "PENDING") {
    throw new TaskFailure("EngagementInvitationConflict", `The invitation is ${status} already.`);
  }
  const joined = acceptInvitation(place, invitation);
  const opportunity = arrived(invitation.offered ?? fromPayload(place, invitation), place.now, place.settings);
  space.opportunities[opportunity.id] = opportunity;
  const arn = accountArn(space.account, space.catalog, "opportunity", opportunity.id);
  if (Array.isArray(task.input.Tags)) space.tags[arn] = tagsOf(task.input.Tags);
  const { engagementId } = invitation;
  associate(place, engagementId, opportunity.id);
  const { jobId, snapshot } = shareByTask(place, engagementId, opportunity);
  const { account } = space;
  announce(place, "accept-opportunity", {
    ...joined,
    member: account,
    opportunity: { id: opportunity.id, account },
    snapshot,
  });
  return { opportunityId: opportunity.id, engagementId, jobId };
}

/** Another partner's opportunity: the account gets one of its own, with what the invitation tells. */
function fromPayload(place: Place, { payload }: StoredInvitation): StoredOpportunity {
  const offer = isJsonObject(payload.OpportunityInvitation) ? payload.OpportunityInvitation : {};
  const at = (path: string) => valueAt(offer, path);
  const described: JsonObject = {
    Customer: {
      Account: {
        CompanyName: at("Customer.CompanyName"),
        Industry: at("Customer.Industry"),
        WebsiteUrl: at("Customer.WebsiteUrl"),
        Address: { CountryCode: at("Customer.CountryCode") },
      },
    },
    Project: {
      Title: at("Project.Title"),
      CustomerBusinessProblem: at("Project.BusinessProblem"),
      ExpectedCustomerSpend: at("Project.ExpectedCustomerSpend"),
    },
    LifeCycle: { TargetCloseDate: textAt(offer, "Project.TargetCompletionDate") ?? null },
  };
  return newOpportunity(place, described);
}
