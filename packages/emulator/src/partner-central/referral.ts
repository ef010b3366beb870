import { announce } from "../events/announce.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "../kernel/index.ts";
import type { Place } from "./call.ts";
import { customerProject, openEngagement } from "./engagement.ts";
import { invite } from "./invitation.ts";
import { textAt, valueAt } from "../partner-central-shared/paths.ts";
import type { StoredInvitation, StoredOpportunity } from "./state.ts";

/** AWS refers an opportunity to the account: an invitation, and no opportunity until it is accepted. */
export function referOpportunity(place: Place, offered: StoredOpportunity): StoredInvitation {
  const engagement = openEngagement(place, {
    createdBy: "aws",
    title: valueAt(offered.body, "Project.Title"),
    contexts: [customerProject(offered)],
  });
  const invitation = invite(place, engagement, {
    sender: "aws",
    receiver: place.space.account,
    payloadType: "OpportunityInvitation",
    payload: { OpportunityInvitation: opportunityInvitation(offered, [awsContact]) },
    offered,
  });
  announce(place, "refer", { engagement, invitation });
  return invitation;
}

/**
 * AWS passes a lead on to the account: an engagement about the lead, and an invitation to it. `lead` is a `Lead` as
 * CreateEngagement takes it; of the persons in it the invitation tells a title only.
 */
export function referLead(place: Place, lead: JsonObject): StoredInvitation {
  const engagement = openEngagement(place, {
    createdBy: "aws",
    title: valueAt(lead, "Customer.CompanyName"),
    contexts: [{ Type: "Lead", Payload: { Lead: lead } }],
  });
  const interactions = Array.isArray(lead.Interactions) ? (lead.Interactions as readonly JsonValue[]) : [];
  const interaction = isJsonObject(interactions[0]) ? interactions[0] : {};
  const customer = isJsonObject(lead.Customer) ? lead.Customer : {};
  const LeadInvitation = {
    Customer: { ...customer, CountryCode: valueAt(customer, "Address.CountryCode") },
    Interaction: { ...interaction, ContactBusinessTitle: textAt(interaction, "Contact.BusinessTitle") ?? "Unknown" },
  };
  const invitation = invite(place, engagement, {
    sender: "aws",
    receiver: place.space.account,
    payloadType: "LeadInvitation",
    payload: { LeadInvitation },
  });
  announce(place, "refer", { engagement, invitation });
  return invitation;
}

/** What an invitation tells of an opportunity: no address, no contacts, no account id, no related entities. */
export function opportunityInvitation({ body }: StoredOpportunity, senderContacts: readonly JsonObject[]): JsonObject {
  const at = (path: string): JsonValue => valueAt(body, path);
  return {
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
    SenderContacts: senderContacts,
  };
}

const awsContact = {
  BusinessTitle: "PDM",
  Email: "paula.development@example.com",
  FirstName: "Paula",
  LastName: "Development",
  Phone: null,
};
