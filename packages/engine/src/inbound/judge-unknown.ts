import { failureOf, type JsonObject } from "@cosell/connector";
import { valueAt } from "@cosell/core";
import { newestTask } from "../invitations/await-task.ts";
import { inboxPatch, type Invited, keep, urgent } from "../invitations/invited.ts";
import { likelyDuplicates } from "./likely-duplicates.ts";

/**
 * Judges an opportunity that no link knows, in the inbox under its own id: did AWS refer it? Then it was accepted elsewhere, and
 * becomes a record like one that was accepted here; anything else is some other system's, and is left alone. AWS says
 * where an opportunity comes from in its summary only.
 */
export async function judgeUnknown(invited: Invited): Promise<void> {
  const { partnerCentral, store, sync } = invited.options;
  const { id } = invited.invitation;
  if ((await store.linkByOpportunity(sync.name, id)) !== undefined || (await isOfInvitation(invited))) {
    return keep(invited, { status: "done" });
  }
  let summary: JsonObject;
  let opportunity: JsonObject;
  try {
    summary = await partnerCentral.getAwsOpportunitySummary(id, urgent(invited));
    invited.tally.floor.reads += 1;
    if (summary["Origin"] !== "AWS Referral") {
      await keep(invited, { status: "done" });
      return;
    }
    opportunity = await partnerCentral.getOpportunity(id, urgent(invited));
  } catch (error) {
    // Gone again, or never shown to this account.
    if (failureOf(error)?.kind === "missing") return keep(invited, { status: "done" });
    throw error;
  }
  const data = (await invitationOf(invited)) ?? asInvitation(id, opportunity);
  const duplicates = await likelyDuplicates(data, invited.options);
  await keep(invited, { ...inboxPatch(data), opportunityId: id, data, duplicates });
}

/** Ours to come: an invitation that is being accepted here brings its own record. */
async function isOfInvitation({ invitation, options }: Invited): Promise<boolean> {
  const accepted = await options.store.invitations(options.sync.name, { status: ["accepted", "done"] });
  return accepted.some(({ id, opportunityId }) => id !== invitation.id && opportunityId === invitation.id);
}

async function invitationOf(invited: Invited): Promise<JsonObject | undefined> {
  const task = await newestTask(invited, {
    operation: "ListEngagementByAcceptingInvitationTasks",
    member: "TaskSummaries",
    input: { OpportunityIdentifier: [invited.invitation.id] },
  });
  const Identifier = task?.["EngagementInvitationId"];
  if (typeof Identifier !== "string") return undefined;
  return invited.options.partnerCentral.call("GetEngagementInvitation", { Identifier }, urgent(invited));
}

/** What the invitation must have said: it was accepted where AWS keeps no task of it. */
function asInvitation(id: string, opportunity: JsonObject): JsonObject {
  const at = (path: string) => valueAt(opportunity, path) ?? null;
  return {
    Id: id,
    PayloadType: "OpportunityInvitation",
    Status: "ACCEPTED",
    SenderCompanyName: "AWS",
    Payload: {
      OpportunityInvitation: {
        Customer: {
          CompanyName: at("Customer.Account.CompanyName"),
          CountryCode: at("Customer.Account.Address.CountryCode"),
          Industry: at("Customer.Account.Industry"),
          WebsiteUrl: at("Customer.Account.WebsiteUrl"),
        },
        Project: {
          BusinessProblem: at("Project.CustomerBusinessProblem"),
          ExpectedCustomerSpend: at("Project.ExpectedCustomerSpend"),
          TargetCompletionDate: at("LifeCycle.TargetCloseDate"),
          Title: at("Project.Title"),
        },
      },
    },
  };
}
