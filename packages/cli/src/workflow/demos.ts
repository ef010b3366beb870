import type { JsonObject } from "@cosell/connector";
import type { PartnerCentralAccountSettings, PartnerCentralSettings, RunningPartnerCentral } from "@cosell/emulator";
import { accountDemos } from "./account-demos.ts";
import { deal, leadCompletion, leadFromAws, learnedOfLead, partnerInvitation, sharedProject } from "./demo-input.ts";
import type { Services } from "./open-services.ts";

/** Partner Central, and two partners before it. */
export interface DemoWorld {
  readonly emulator: RunningPartnerCentral;
  readonly us: Services;
  readonly them: Services;
}

/** How a workflow is shown. */
export interface WorkflowDemo {
  readonly settings?: Partial<PartnerCentralSettings>;
  readonly accountSettings?: Partial<PartnerCentralAccountSettings>;
  /** It waits for people, who have all the time that they need. */
  readonly wait?: boolean;
  /** Makes what must be there, and gives the input. */
  readonly begin: (world: DemoWorld) => Promise<JsonObject>;
  /** What people do before the workflow goes on. */
  readonly interludes?: readonly Interlude[];
}

/** Something that happens between two runs. */
export interface Interlude {
  readonly says: string;
  /** Does it, and gives what the next run is told besides. */
  readonly act: (world: DemoWorld) => Promise<JsonObject | undefined>;
}

const hour = 3_600_000;
const reviewed = { approveAfterMs: 30 * hour, inReviewAfterMs: 2 * hour };
const solution = "S-0001111";

async function draft({ us }: DemoWorld, opportunity: JsonObject): Promise<string> {
  const { Id } = await us.selling.call("CreateOpportunity", { ...opportunity, ClientToken: "demo" });
  const id = typeof Id === "string" ? Id : "";
  await us.selling.call("AssociateOpportunity", {
    OpportunityIdentifier: id,
    RelatedEntityType: "Solutions",
    RelatedEntityIdentifier: solution,
  });
  return id;
}

/** By workflow. One that is not named is shown with an empty input. */
export const demos: Readonly<Record<string, WorkflowDemo>> = {
  ...accountDemos,
  "co-sell": {
    settings: reviewed,
    wait: true,
    begin: async () => ({ opportunity: deal, solutions: [solution], products: ["AWSAppRunner"] }),
  },
  engagement: {
    begin: async (world) => ({ opportunity: await draft(world, { ...deal, Marketing: {} }) }),
    interludes: [
      {
        says: "A person adds the marketing source that AWS missed.",
        act: async ({ emulator }) => {
          for (const { Id } of emulator.partnerCentral.opportunities()) {
            const fields = { "Marketing.Source": "None" };
            emulator.partnerCentral.edit({ object: "Opportunity", id: Id as string, fields });
          }
          return undefined;
        },
      },
    ],
  },
  lead: {
    settings: reviewed,
    wait: true,
    begin: async ({ emulator }) => ({
      invitation: emulator.partnerCentral.refer({ lead: leadFromAws }).invitation,
      lead: learnedOfLead,
      opportunity: leadCompletion,
      solutions: [solution],
    }),
  },
  prospect: {
    begin: async ({ us }) => {
      const input = { ClientToken: "demo", Title: "Dispatch", Description: "A project.", Contexts: [sharedProject] };
      const { Id } = await us.selling.call("CreateEngagement", input);
      return { engagements: [Id ?? ""], name: "Autumn campaign" };
    },
  },
  collaborate: {
    begin: async (world) => {
      world.emulator.partnerCentral.account.connect({ accounts: ["111122223333", "444455556666"] });
      return {
        title: "Move the dispatch system",
        description: "Two partners move a dispatch system.",
        contexts: [sharedProject],
        invitations: [partnerInvitation],
        opportunity: await draft(world, deal),
      };
    },
    interludes: [
      {
        says: "The other partner accepts, and the account's administrator names a role for snapshot jobs.",
        act: async ({ us, them }) => {
          const filter = { ParticipantType: "RECEIVER" };
          const { EngagementInvitationSummaries: got } = await them.selling.call("ListEngagementInvitations", filter);
          for (const { Id } of (got ?? []) as readonly JsonObject[]) {
            await them.selling.call("AcceptEngagementInvitation", { Identifier: Id ?? "" });
          }
          await us.selling.call("PutSellingSystemSettings", { ResourceSnapshotJobRoleIdentifier: "snapshots" });
          return undefined;
        },
      },
    ],
  },
  "lookup solutions": { begin: async () => ({ text: "cloud" }) },
  "lookup products": { begin: async () => ({ text: "app runner" }) },
  "lookup offers": {
    settings: { approveAfterMs: 0, inReviewAfterMs: 0 },
    begin: async (world) => {
      const id = await draft(world, deal);
      await world.us.selling.call("StartEngagementFromOpportunityTask", {
        Identifier: id,
        ClientToken: "demo-submission",
        AwsSubmission: { InvolvementType: "Co-Sell", Visibility: "Full" },
      });
      world.emulator.clock.advance?.(hour);
      await world.us.selling.call("AssociateOpportunity", {
        OpportunityIdentifier: id,
        RelatedEntityType: "AwsMarketplaceOffers",
        RelatedEntityIdentifier:
          "arn:aws:aws-marketplace:us-east-1:999999999999:AWSMarketplace/Offer/offer-sampleOffer32",
      });
      return {};
    },
  },
};
