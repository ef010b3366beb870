/** Asks for an operation's answer and keeps it. */
export type Answer = (operation: string, input: object) => Promise<unknown>;

const Customer = { CompanyName: "Example Bakery", Industry: "Retail", WebsiteUrl: "example.com", CountryCode: "US" };
const Contact = { BusinessTitle: "Baker", Email: "b@example.com", FirstName: "B", LastName: "B" };
const lead = {
  Customer: { CompanyName: "Example Bakery", Industry: "Retail", Address: { CountryCode: "US" } },
  Interactions: [
    { SourceType: "Campaign", SourceId: "1", SourceName: "Spring", CustomerAction: "Completed Form", Contact },
  ],
};
const invitationTo = (AwsAccountId: string) => ({
  Message: "Bake with us",
  Receiver: { Account: { AwsAccountId, Alias: "Baker" } },
  Payload: {
    LeadInvitation: {
      Customer: { ...Customer, MarketSegment: "Enterprise", AwsMaturity: "Evaluating" },
      Interaction: {
        SourceType: "Campaign",
        SourceId: "1",
        SourceName: "Spring",
        ContactBusinessTitle: "Baker",
        Usecase: "Database",
      },
    },
  },
});

/** Answers about engagements, invitations, snapshots and their jobs. `opportunity` is one of the account's. */
export async function answerAboutEngagements(answer: Answer, opportunity: string): Promise<void> {
  const engagement = await answerAboutLeads(answer);
  await answerAboutSnapshots(answer, engagement, opportunity);
  const ResourceIdentifier = opportunity;
  await answer("ListEngagementResourceAssociations", { ResourceType: "Opportunity", ResourceIdentifier });
}

/** Two invitations wait for the account: one is accepted by a task, the other is rejected. */
export async function answerInvitations(answer: Answer, [first, second]: readonly string[]): Promise<void> {
  await answer("StartEngagementByAcceptingInvitationTask", { Identifier: first, ClientToken: "accept" });
  await answer("ListEngagementByAcceptingInvitationTasks", { MaxResults: 1 });
  await answer("RejectEngagementInvitation", { Identifier: second, RejectionReason: "Next steps unclear" });
}

async function answerAboutLeads(answer: Answer): Promise<string> {
  const Contexts = [{ Type: "Lead", Payload: { Lead: lead } }];
  const Title = "Bakery";
  const created = await answer("CreateEngagement", { ClientToken: "e", Title, Description: "Bread", Contexts });
  const { Id: Identifier } = created as { Id: string };
  const EngagementIdentifier = Identifier;
  const Invitation = invitationTo("444455556666");
  await answer("CreateEngagementInvitation", { ClientToken: "i", EngagementIdentifier, Invitation });
  const { ModifiedAt } = (await answer("GetEngagement", { Identifier })) as { ModifiedAt: string };
  await answer("UpdateEngagementContext", {
    EngagementIdentifier,
    ContextIdentifier: "1",
    EngagementLastModifiedAt: ModifiedAt,
    Type: "Lead",
    Payload: { Lead: { QualificationStatus: "Qualified", Customer: lead.Customer } },
  });
  const start = { Identifier, ContextIdentifier: "1", ClientToken: "o" };
  await answer("StartOpportunityFromEngagementTask", start);
  await answer("GetEngagement", { Identifier });
  await answer("ListEngagements", { MaxResults: 1 });
  await answer("ListEngagementMembers", { Identifier });
  return Identifier;
}

async function answerAboutSnapshots(answer: Answer, EngagementIdentifier: string, opportunity: string): Promise<void> {
  const subject = {
    EngagementIdentifier,
    ResourceType: "Opportunity",
    ResourceIdentifier: opportunity,
    ResourceSnapshotTemplateIdentifier: "Opportunity",
  };
  await answer("CreateResourceSnapshot", { ...subject, ClientToken: "s" });
  await answer("GetResourceSnapshot", { ...subject, Revision: 1 });
  await answer("ListResourceSnapshots", { EngagementIdentifier });
  const created = await answer("CreateResourceSnapshotJob", { ...subject, ClientToken: "j" });
  const job = { ResourceSnapshotJobIdentifier: (created as { Id: string }).Id };
  await answer("GetResourceSnapshotJob", job);
  await answer("ListResourceSnapshotJobs", { EngagementIdentifier });
  await answer("PutSellingSystemSettings", { ResourceSnapshotJobRoleIdentifier: "Snapshots" });
  await answer("GetSellingSystemSettings", {});
  await answer("StartResourceSnapshotJob", job);
  await answer("StopResourceSnapshotJob", job);
  await answer("DeleteResourceSnapshotJob", job);
}
