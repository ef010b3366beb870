import type { JsonObject } from "@cosell/connector";
import { accountTwo, type PreparedWorld } from "./world.ts";

/** Makes what an operation works on, and gives the members of the input that name it. */
export type Preparation = (world: PreparedWorld) => Promise<JsonObject>;

const contact = { BusinessTitle: "Baker", Email: "b@example.com", FirstName: "B", LastName: "B" };
const lead = { Customer: { CompanyName: "Example Bakery", Address: { CountryCode: "US" } }, Interactions: [] };
const template = "OpportunitySummaryView";
const interaction = {
  SourceType: "Campaign",
  SourceId: "1",
  SourceName: "Spring",
  CustomerAction: "Call",
  Contact: contact,
};

/** A member of an answer that is a text. */
const idOf = async (made: Promise<JsonObject>, member = "Id"): Promise<string> => {
  const id = (await made)[member];
  if (typeof id !== "string") throw new Error(`${member} is not a text.`);
  return id;
};

const draft = (world: PreparedWorld) =>
  idOf(
    world.call("CreateOpportunity", {
      ClientToken: world.fresh("draft"),
      Origin: "Partner Referral",
      OpportunityType: "Net New Business",
      PrimaryNeedsFromAws: ["Co-Sell - Deal Support"],
      Customer: {
        Account: {
          CompanyName: "Example Bakery",
          Industry: "Retail",
          WebsiteUrl: "https://bakery.example.com",
          Address: { CountryCode: "US", PostalCode: "10001", StateOrRegion: "New York" },
        },
      },
      LifeCycle: { Stage: "Qualified", TargetCloseDate: "2026-12-31" },
      Marketing: { Source: "None" },
      Project: {
        Title: "Bake in the cloud",
        CustomerBusinessProblem: "The ovens cannot be watched from afar.",
        CustomerUseCase: "Storage & Backup",
        DeliveryModels: ["SaaS or PaaS"],
        SalesActivities: ["Conducted POC / Demo"],
        OtherSolutionDescription: "Oven watch",
        ExpectedCustomerSpend: [{ Amount: "100", CurrencyCode: "USD", Frequency: "Monthly", TargetCompany: "AWS" }],
      },
    }),
  );

const submittedByTask = async (world: PreparedWorld): Promise<JsonObject> =>
  world.call("StartEngagementFromOpportunityTask", {
    ClientToken: world.fresh("submit"),
    Identifier: await draft(world),
    AwsSubmission: { InvolvementType: "Co-Sell", Visibility: "Full" },
  });

const engagement = (world: PreparedWorld) =>
  idOf(
    world.call("CreateEngagement", {
      ClientToken: world.fresh("engagement"),
      Title: "Bakery",
      Description: "Bread",
      Contexts: [{ Type: "Lead", Payload: { Lead: { ...lead, Interactions: [interaction] } } }],
    }),
  );

const leadInvitation = ({ running }: PreparedWorld): Promise<string> =>
  Promise.resolve(running.partnerCentral.refer({ lead: { ...lead, Interactions: [interaction] } }).invitation);

const opportunityInvitation = ({ running }: PreparedWorld): Promise<string> =>
  Promise.resolve(
    running.partnerCentral.refer({
      opportunity: {
        Customer: {
          Account: {
            CompanyName: "Example Bakery",
            Industry: "Retail",
            WebsiteUrl: "https://bakery.example.com",
            Address: { CountryCode: "US" },
          },
        },
        Project: {
          Title: "Bake",
          CustomerBusinessProblem: "The ovens cannot be watched from afar.",
          ExpectedCustomerSpend: [{ Amount: "100", CurrencyCode: "USD", Frequency: "Monthly", TargetCompany: "AWS" }],
        },
        LifeCycle: { TargetCloseDate: "2026-12-31" },
      },
    }).invitation,
  );

const subject = async (world: PreparedWorld): Promise<JsonObject> => ({
  EngagementIdentifier: await engagement(world),
  ResourceType: "Opportunity",
  ResourceIdentifier: await draft(world),
  ResourceSnapshotTemplateIdentifier: template,
});

const snapshot = async (world: PreparedWorld): Promise<JsonObject> => {
  const of = await subject(world);
  await world.call("CreateResourceSnapshot", { ...of, ClientToken: world.fresh("snapshot") });
  return of;
};

const job = async (world: PreparedWorld): Promise<string> =>
  idOf(world.call("CreateResourceSnapshotJob", { ...(await subject(world)), ClientToken: world.fresh("job") }));

const prospecting = async (world: PreparedWorld, Identifiers: readonly string[]): Promise<string> =>
  idOf(
    world.call("StartProspectingFromEngagementTask", {
      Identifiers,
      TaskName: world.fresh("Prospecting"),
      ClientToken: world.fresh("prospecting"),
    }),
    "TaskId",
  );

const arnOf = (id: string) => `arn:aws:partnercentral:us-east-1:111122223333:catalog/Sandbox/opportunity/${id}`;

/** What each operation works on. An operation that is not here works on nothing that must exist. */
export const sellingPreparations: Readonly<Record<string, Preparation>> = {
  AcceptEngagementInvitation: async (world) => ({ Identifier: await leadInvitation(world) }),
  AssignOpportunity: async (world) => ({ Identifier: await draft(world) }),
  AssociateOpportunity: async (world) => ({
    OpportunityIdentifier: await draft(world),
    RelatedEntityType: "Solutions",
    RelatedEntityIdentifier: "S-0001111",
  }),
  CreateEngagementContext: async (world) => ({ EngagementIdentifier: await engagement(world) }),
  CreateEngagementInvitation: async (world) => ({
    EngagementIdentifier: await engagement(world),
    Invitation: {
      Message: "Bake with us",
      Receiver: { Account: { AwsAccountId: accountTwo } },
      Payload: {
        LeadInvitation: {
          Customer: { CompanyName: "Example Bakery", CountryCode: "US" },
          Interaction: { SourceType: "Campaign", SourceId: "1", SourceName: "Spring", ContactBusinessTitle: "Baker" },
        },
      },
    },
  }),
  CreateResourceSnapshot: subject,
  CreateResourceSnapshotJob: subject,
  DeleteResourceSnapshotJob: async (world) => ({ ResourceSnapshotJobIdentifier: await job(world) }),
  DisassociateOpportunity: async (world) => {
    const association = {
      OpportunityIdentifier: await draft(world),
      RelatedEntityType: "Solutions",
      RelatedEntityIdentifier: "S-0001111",
    };
    await world.call("AssociateOpportunity", association);
    return association;
  },
  GetAwsOpportunitySummary: async (world) => ({ RelatedOpportunityIdentifier: await draft(world) }),
  GetEngagement: async (world) => ({ Identifier: await engagement(world) }),
  GetEngagementInvitation: async (world) => ({ Identifier: await leadInvitation(world) }),
  GetOpportunity: async (world) => ({ Identifier: await draft(world) }),
  GetProspectingFromEngagementTask: async (world) => ({
    TaskIdentifier: await prospecting(world, [await engagement(world)]),
  }),
  GetResourceSnapshot: snapshot,
  GetResourceSnapshotJob: async (world) => ({ ResourceSnapshotJobIdentifier: await job(world) }),
  ListEngagementMembers: async (world) => ({ Identifier: await engagement(world) }),
  ListResourceSnapshots: async (world) => ({
    EngagementIdentifier: (await snapshot(world)).EngagementIdentifier ?? null,
  }),
  ListTagsForResource: async (world) => ({ ResourceArn: arnOf(await draft(world)) }),
  RejectEngagementInvitation: async (world) => ({ Identifier: await leadInvitation(world) }),
  StartEngagementByAcceptingInvitationTask: async (world) => ({ Identifier: await opportunityInvitation(world) }),
  StartEngagementFromOpportunityTask: async (world) => ({ Identifier: await draft(world) }),
  StartOpportunityFromEngagementTask: async (world) => ({
    Identifier: await engagement(world),
    ContextIdentifier: "1",
  }),
  StartProspectingFromEngagementTask: async (world) => ({ Identifiers: [await engagement(world)] }),
  StartResourceSnapshotJob: async (world) => ({ ResourceSnapshotJobIdentifier: await job(world) }),
  StopResourceSnapshotJob: async (world) => ({ ResourceSnapshotJobIdentifier: await job(world) }),
  SubmitOpportunity: async (world) => ({ Identifier: await draft(world) }),
  TagResource: async (world) => ({ ResourceArn: arnOf(await draft(world)) }),
  UntagResource: async (world) => ({ ResourceArn: arnOf(await draft(world)) }),
  UpdateEngagementContext: async (world) => {
    const Identifier = await engagement(world);
    const { ModifiedAt } = await world.call("GetEngagement", { Identifier });
    return {
      EngagementIdentifier: Identifier,
      ContextIdentifier: "1",
      EngagementLastModifiedAt: ModifiedAt ?? null,
      Type: "Lead",
      Payload: { Lead: { Customer: { CompanyName: "Example Bakery" } } },
    };
  },
  UpdateOpportunity: async (world) => {
    const Identifier = await draft(world);
    const { LastModifiedDate } = await world.call("GetOpportunity", { Identifier });
    return { Identifier, LastModifiedDate: LastModifiedDate ?? null };
  },
};

const thrice = async <Made>(make: () => Promise<Made>): Promise<readonly Made[]> => [
  await make(),
  await make(),
  await make(),
];

/** Makes at least two things that a list operation tells of, and gives the filter under which it tells of them. */
export const sellingLists: Readonly<Record<string, Preparation>> = {
  ListEngagementByAcceptingInvitationTasks: async (world) => {
    await thrice(async () =>
      world.call("StartEngagementByAcceptingInvitationTask", {
        Identifier: await opportunityInvitation(world),
        ClientToken: world.fresh("accept"),
      }),
    );
    return {};
  },
  ListEngagementFromOpportunityTasks: async (world) => {
    await thrice(() => submittedByTask(world));
    return {};
  },
  ListEngagementInvitations: async (world) => {
    await thrice(() => leadInvitation(world));
    return { ParticipantType: "RECEIVER" };
  },
  ListEngagementMembers: async (world) => {
    const Identifier = await engagement(world);
    const prepared = await sellingPreparations["CreateEngagementInvitation"]?.(world);
    const { Id } = await world.call("CreateEngagementInvitation", {
      ...prepared,
      EngagementIdentifier: Identifier,
      ClientToken: world.fresh("invite"),
    });
    await world.call("AcceptEngagementInvitation", { Identifier: Id ?? null }, accountTwo);
    return { Identifier };
  },
  ListEngagementResourceAssociations: async (world) => {
    await thrice(() => submittedByTask(world));
    return {};
  },
  ListEngagements: async (world) => {
    await thrice(() => engagement(world));
    return {};
  },
  ListOpportunities: async (world) => {
    await thrice(() => draft(world));
    return {};
  },
  ListOpportunityFromEngagementTasks: async (world) => {
    await thrice(async () =>
      world.call("StartOpportunityFromEngagementTask", {
        Identifier: await engagement(world),
        ContextIdentifier: "1",
        ClientToken: world.fresh("opportunity"),
      }),
    );
    return {};
  },
  ListProspectingFromEngagementTasks: async (world) => {
    await thrice(async () => prospecting(world, [await engagement(world)]));
    return {};
  },
  ListResourceSnapshotJobs: async (world) => {
    await thrice(() => job(world));
    return {};
  },
  ListResourceSnapshots: async (world) => {
    const of = await snapshot(world);
    await world.call("CreateResourceSnapshot", { ...of, ClientToken: world.fresh("snapshot") });
    return { EngagementIdentifier: of.EngagementIdentifier ?? null };
  },
  ListSolutions: () => Promise.resolve({}),
};
