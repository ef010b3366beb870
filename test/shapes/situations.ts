import type { RunningPartnerCentral } from "@cosell/emulator";
import { answerAboutEngagements, answerInvitations, type Answer } from "./engagement-situations.ts";

/** Asks the emulator without a client in between: what AWS's recordings hold is what stands on the wire. */
async function ask(world: RunningPartnerCentral, operation: string, input: object): Promise<unknown> {
  const body = JSON.stringify({ Catalog: "Sandbox", ...input });
  const response = await fetch(`${world.url}/${operation}`, { method: "POST", body });
  const text = await response.text();
  if (response.status !== 200) throw new Error(`${operation} answered ${response.status}: ${text}`);
  return text === "" ? "" : JSON.parse(text);
}

/** An opportunity with a value in every member that the recordings have one in. */
const fullOpportunity = {
  ClientToken: "full",
  OpportunityType: "Net New Business",
  NationalSecurity: "No",
  PartnerOpportunityIdentifier: "crm-1",
  PrimaryNeedsFromAws: ["Co-Sell - Architectural Validation"],
  Customer: {
    Account: {
      Address: {
        City: "New York",
        CountryCode: "US",
        PostalCode: "10001",
        StateOrRegion: "New York",
        StreetAddress: "1 Main",
      },
      AwsAccountId: "123456789012",
      CompanyName: "Example Retail",
      Duns: "123456789",
      Industry: "Retail",
      WebsiteUrl: "https://retail.example.com",
    },
    Contacts: [
      { BusinessTitle: "Buyer", Email: "b@example.com", FirstName: "B", LastName: "B", Phone: "+14155550100" },
    ],
  },
  LifeCycle: { Stage: "Qualified", TargetCloseDate: "2026-12-31", NextSteps: "Call" },
  Marketing: {
    AwsFundingUsed: "Yes",
    CampaignName: "Spring",
    Channels: ["Content Syndication"],
    Source: "Marketing Activity",
    UseCases: ["Analytics"],
  },
  OpportunityTeam: [
    {
      BusinessTitle: "PartnerAccountManager",
      Email: "m@example.com",
      FirstName: "M",
      LastName: "M",
      Phone: "+14155550101",
    },
  ],
  Project: {
    Title: "Move the shop",
    AdditionalComments: "None",
    ApnPrograms: ["APN Immersion Days"],
    CompetitorName: "On-Prem",
    CustomerBusinessProblem: "The shop's data centre closes at the end of the year.",
    CustomerUseCase: "Security & Compliance",
    DeliveryModels: ["SaaS or PaaS"],
    ExpectedCustomerSpend: [{ Amount: "2500", CurrencyCode: "USD", Frequency: "Monthly", TargetCompany: "AWS" }],
    OtherSolutionDescription: "Shelf robots",
    SalesActivities: ["Conducted POC / Demo"],
  },
};

/** What AWS's own analysis adds to a summary, in the form that AWS was seen to send. */
const insights = {
  AwsProductsSpendInsightsBySource: {
    Partner: {
      AwsProducts: [
        {
          Amount: "10.00",
          Categories: ["MAP Eligible"],
          Optimizations: [{ Description: "Reserve", SavingsAmount: "1.00" }],
          OptimizedAmount: "9.00",
          PotentialSavingsAmount: "1.00",
          ServiceCode: "amazonRDSPostgreSQLDB",
        },
      ],
      CurrencyCode: "USD",
      Frequency: "Monthly",
      TotalAmount: "10.00",
      TotalAmountByCategory: { "MAP Eligible": "10.00" },
      TotalOptimizedAmount: "9.00",
      TotalPotentialSavingsAmount: "1.00",
    },
  },
};

/** An answer to each operation, in a situation like the recorded one. Called in the order of a deal's life. */
export async function answersOf(world: RunningPartnerCentral): Promise<ReadonlyMap<string, unknown>> {
  const answers = new Map<string, unknown>();
  const answer: Answer = async (operation, input) => {
    const given = await ask(world, operation, input);
    answers.set(operation, given);
    return given;
  };
  const { Id } = (await answer("CreateOpportunity", fullOpportunity)) as { Id: string };
  const related = (RelatedEntityType: string, RelatedEntityIdentifier: string) => ({
    OpportunityIdentifier: Id,
    RelatedEntityType,
    RelatedEntityIdentifier,
  });
  await answer("AssociateOpportunity", related("Solutions", "S-0001111"));
  await answer("AssociateOpportunity", related("AwsProducts", "AmazonSQS"));
  await answer("DisassociateOpportunity", related("AwsProducts", "AmazonSQS"));
  const Assignee = { BusinessTitle: "OpportunityOwner", Email: "o@example.com", FirstName: "O", LastName: "O" };
  await answer("AssignOpportunity", { Identifier: Id, Assignee });
  const ResourceArn = `arn:aws:partnercentral:us-east-1:111122223333:catalog/Sandbox/opportunity/${Id}`;
  await answer("TagResource", {
    ResourceArn,
    Tags: [
      { Key: "a", Value: "1" },
      { Key: "b", Value: "2" },
    ],
  });
  await answer("UntagResource", { ResourceArn, TagKeys: ["a"] });
  await answer("ListTagsForResource", { ResourceArn });
  const draft = (await ask(world, "GetOpportunity", { Identifier: Id })) as object;
  await answer("UpdateOpportunity", { ...draft, Identifier: Id });
  const AwsSubmission = { InvolvementType: "Co-Sell", Visibility: "Full" };
  await answer("StartEngagementFromOpportunityTask", { Identifier: Id, ClientToken: "start", AwsSubmission });
  await answer("ListEngagementFromOpportunityTasks", {});
  world.partnerCentral.review({ opportunity: Id, status: "Approved" });
  await answer("AssociateOpportunity", related("AwsMarketplaceOffers", "offer-example"));
  world.partnerCentral.edit({ object: "AwsOpportunitySummary", id: Id, fields: { Insights: insights } });
  await answer("GetAwsOpportunitySummary", { RelatedOpportunityIdentifier: Id });
  await answer("GetOpportunity", { Identifier: Id });
  await answer("ListOpportunities", {});
  await answer("ListSolutions", { MaxResults: 2 });
  const second = (await ask(world, "CreateOpportunity", { ...fullOpportunity, ClientToken: "second" })) as {
    Id: string;
  };
  await answer("SubmitOpportunity", { Identifier: second.Id, InvolvementType: "Co-Sell" });
  for (const ClientToken of ["referral", "another"]) {
    await ask(world, "CreateOpportunity", { ...fullOpportunity, ClientToken, Origin: "AWS Referral" });
  }
  const list = (await answer("ListEngagementInvitations", { ParticipantType: "RECEIVER" })) as {
    EngagementInvitationSummaries: { Id: string }[];
  };
  const invitations = list.EngagementInvitationSummaries.map((invitation) => invitation.Id);
  await answer("GetEngagementInvitation", { Identifier: invitations[0] });
  await answerInvitations(answer, invitations);
  await answerAboutEngagements(answer, Id);
  await acceptAsPartner(world, answer);
  return answers;
}

/** The account accepts another partner's invitation: the only answer to AcceptEngagementInvitation is an empty one. */
async function acceptAsPartner(world: RunningPartnerCentral, answer: Answer): Promise<void> {
  const Contact = { BusinessTitle: "Baker", Email: "b@example.com", FirstName: "B", LastName: "B" };
  const { invitation } = world.partnerCentral.refer({
    lead: { Customer: { CompanyName: "Example Bakery" }, Interactions: [{ Contact }] },
  });
  await answer("AcceptEngagementInvitation", { Identifier: invitation });
}
