import type { JsonObject } from "../kernel/index.ts";
import type { Place } from "./call.ts";
import { newId, sharedArn } from "./identifiers.ts";
import { textAt, valueAt } from "./paths.ts";
import type { Space, StoredOpportunity } from "./state.ts";
import { nanoseconds } from "./timestamps.ts";

const fifteenDays = 15 * 24 * 3600 * 1000;

/** AWS refers an opportunity to the account: an invitation, and no opportunity until it is accepted. */
export function referOpportunity({ state, space, now }: Place, { body }: StoredOpportunity): void {
  const id = newId(state, "engi");
  const at = (path: string) => valueAt(body, path);
  space.invitations[id] = {
    Arn: sharedArn(space.catalog, "engagement-invitation", id),
    Catalog: space.catalog,
    EngagementId: newId(state, "eng"),
    EngagementTitle: at("Project.Title"),
    Id: id,
    InvitationDate: nanoseconds(now, state.issued),
    ExpirationDate: nanoseconds(now + fifteenDays, state.issued),
    PayloadType: "OpportunityInvitation",
    Receiver: { Account: { Alias: null, AwsAccountId: space.account } },
    SenderAwsAccountId: "aws",
    SenderCompanyName: "AWS",
    Status: "PENDING",
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
        SenderContacts: [
          {
            BusinessTitle: "PDM",
            Email: "paula.development@example.com",
            FirstName: "Paula",
            LastName: "Development",
            Phone: null,
          },
        ],
      },
    },
  };
}

/** The account's invitations as they are now: what nobody answered in time has expired. */
export function invitationsOf(space: Space, now: number): readonly JsonObject[] {
  return Object.values(space.invitations).map((invitation) =>
    invitation.Status === "PENDING" && Date.parse(textAt(invitation, "ExpirationDate") ?? "") <= now
      ? { ...invitation, Status: "EXPIRED" }
      : invitation,
  );
}
