import type { EngagementContextDetails } from "@aws-sdk/client-partnercentral-selling";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import type { JsonObject } from "../kernel/index.ts";
import { textAt } from "../partner-central-shared/paths.ts";
import { emulatePartnerCentral, type EmulatedPartnerCentral } from "./testing/emulated-partner-central.ts";

let world: EmulatedPartnerCentral;
beforeEach(async () => {
  world = await emulatePartnerCentral();
});
afterEach(() => world.close());

const Catalog = "Sandbox";
const secondAccount = "444455556666";
const second = () => world.clientOf({ accessKeyId: "AKIACOSELLPARTNERTWO" });
const contact = { BusinessTitle: "Baker", Email: "b@example.com", FirstName: "Bo", LastName: "Baker" };
const leadContext = {
  Type: "Lead",
  Payload: {
    Lead: {
      Customer: { CompanyName: "Example Bakery", Industry: "Retail", Address: { CountryCode: "US" } },
      Interactions: [{ BusinessProblem: "The bakery's server stands beside the oven.", Contact: contact }],
    },
  },
} satisfies EngagementContextDetails;
const project = {
  CustomerProject: {
    Customer: { CompanyName: "Example", Industry: "Retail", WebsiteUrl: "example.com", CountryCode: "US" },
    Project: {
      Title: "Ovens",
      BusinessProblem: "The ovens are not in the cloud yet.",
      TargetCompletionDate: "2026-12-31",
    },
  },
} as const;

const open = async (Title = "Bakery", ClientToken: string = crypto.randomUUID()): Promise<string> => {
  const { Id = "" } = await world.client.createEngagement({ Catalog, Title, ClientToken, Contexts: [leadContext] });
  return Id;
};
const get = (Identifier: string) => world.client.getEngagement({ Catalog, Identifier });
const raw = async (Identifier: string): Promise<JsonObject> =>
  (await (await world.post("GetEngagement", { Catalog, Identifier })).json()) as JsonObject;
const update = (EngagementIdentifier: string, stamp: unknown, QualificationStatus = "Qualified") =>
  world.client.updateEngagementContext({
    Catalog,
    EngagementIdentifier,
    ContextIdentifier: "1",
    // AWS's client passes a text on as it is: the only way to keep the nanoseconds.
    EngagementLastModifiedAt: stamp as Date,
    Type: "Lead",
    Payload: {
      Lead: { QualificationStatus, Customer: { CompanyName: "Example Bakery" }, Interaction: { Contact: contact } },
    },
  });
const connected = (account: string) =>
  world.partnerCentral.account.connect({ accounts: ["111122223333", account], catalog: Catalog });
const invite = (EngagementIdentifier: string, AwsAccountId = secondAccount) =>
  world.client.createEngagementInvitation({
    Catalog,
    EngagementIdentifier,
    Invitation: {
      Message: "Bake with us",
      Receiver: { Account: { AwsAccountId } },
      Payload: {
        OpportunityInvitation: {
          SenderContacts: [{ Email: "sender@example.com" }],
          ReceiverResponsibilities: ["Reseller"],
          Customer: project.CustomerProject.Customer,
          Project: { ...project.CustomerProject.Project, ExpectedCustomerSpend: [] },
        },
      },
    },
  });

describe("engagements", () => {
  it("are created once per token, and read back by their members only", async () => {
    const id = await open("Bakery", "token");

    expect(await open("Bakery", "token")).toBe(id);
    await expect(open("Butcher", "token")).rejects.toMatchObject({ name: "ConflictException" });
    expect(await get(id)).toMatchObject({
      Title: "Bakery",
      MemberCount: 1,
      CreatedBy: "111122223333",
      Contexts: [
        { Id: "1", Type: "Lead", Payload: { Lead: { Interactions: [{ InteractionDate: expect.any(Date) }] } } },
      ],
    });
    await expect(second().getEngagement({ Catalog, Identifier: id })).rejects.toMatchObject({
      name: "ResourceNotFoundException",
    });
  });

  it("refuse a payload that is not of its type, and more contexts than five", async () => {
    const wrong = world.client.createEngagement({ Catalog, Contexts: [{ Type: "Lead", Payload: project }] });
    await expect(wrong).rejects.toMatchObject({
      ErrorList: [{ FieldName: "Contexts[0].Payload", Code: "INVALID_VALUE" }],
    });

    const EngagementIdentifier = await open();
    const add = () =>
      world.client.createEngagementContext({
        Catalog,
        EngagementIdentifier,
        Type: "CustomerProject",
        Payload: project,
      });
    for (const ContextId of ["2", "3", "4", "5"]) expect(await add()).toMatchObject({ ContextId });
    await expect(add()).rejects.toMatchObject({ name: "ServiceQuotaExceededException" });
  });

  it("are listed by page, creator and kind of context", async () => {
    const ids: string[] = [];
    for (const title of ["One", "Two", "Three"]) {
      world.clock.advance(1000);
      ids.unshift(await open(title));
    }
    await world.client.createEngagementContext({
      Catalog,
      EngagementIdentifier: ids[0],
      Type: "CustomerProject",
      Payload: project,
    });
    const list = async (input: object) => {
      const page = await world.client.listEngagements({ Catalog, ...input });
      return { ids: page.EngagementSummaryList?.map(({ Id }) => Id), next: page.NextToken };
    };

    const first = await list({ MaxResults: 2 });
    expect(first.ids).toEqual(ids.slice(0, 2));
    expect((await list({ MaxResults: 2, NextToken: first.next })).ids).toEqual(ids.slice(2));
    expect((await list({ ContextTypes: ["CustomerProject"] })).ids).toEqual([ids[0]]);
    expect((await list({ ExcludeContextTypes: ["CustomerProject"] })).ids).toEqual(ids.slice(1));
    expect((await list({ ExcludeCreatedBy: ["111122223333"] })).ids).toEqual([]);
    expect((await list({ EngagementIdentifier: [ids[1]] })).ids).toEqual([ids[1]]);
  });
});

describe("UpdateEngagementContext", () => {
  it("wants ModifiedAt to the nanosecond: what a Date keeps is not enough, unless the switch says so", async () => {
    const id = await open();
    const { ModifiedAt } = await get(id);
    const exact = textAt(await raw(id), "ModifiedAt");

    expect(exact).toMatch(/\.\d{9}Z$/);
    await expect(update(id, ModifiedAt)).rejects.toMatchObject({ name: "ConflictException" });
    await update(id, exact);
    await expect(update(id, exact)).rejects.toMatchObject({ name: "ConflictException" });

    world.partnerCentral.configure({ engagementLock: "milliseconds" });
    await update(id, (await get(id)).ModifiedAt);
  });

  it("replaces what is sent and adds an interaction, up to ten", async () => {
    const id = await open();
    let stamp: unknown = textAt(await raw(id), "ModifiedAt");
    world.partnerCentral.configure({ engagementLock: "milliseconds" });
    for (let count = 1; count < 10; count++) stamp = (await update(id, stamp)).EngagementLastModifiedAt;

    const [context] = (await get(id)).Contexts ?? [];
    expect(context?.Payload?.Lead?.QualificationStatus).toBe("Qualified");
    expect(context?.Payload?.Lead?.Customer?.Industry).toBeUndefined();
    expect(context?.Payload?.Lead?.Interactions).toHaveLength(10);
    await expect(update(id, stamp)).rejects.toMatchObject({ ErrorList: [{ Code: "TOO_MANY_VALUES" }] });
  });
});

describe("partner to partner", () => {
  it("runs from the invitation to an opportunity of the other's own", async () => {
    const engagement = await open();
    await expect(invite(engagement)).rejects.toMatchObject({
      ErrorList: [{ FieldName: "Invitation.Receiver.Account.AwsAccountId", Code: "ACTION_NOT_PERMITTED" }],
    });
    connected(secondAccount);
    const { Id = "" } = await invite(engagement);
    await expect(invite(engagement)).rejects.toMatchObject({ name: "ConflictException" });

    const got = await second().listEngagementInvitations({ Catalog, ParticipantType: "RECEIVER" });
    expect(got.EngagementInvitationSummaries).toMatchObject([
      { Id, SenderAwsAccountId: "111122223333", SenderCompanyName: "Example Partner One", Status: "PENDING" },
    ]);
    const accept = (client = second()) => client.startEngagementByAcceptingInvitationTask({ Catalog, Identifier: Id });
    await expect(accept(world.client)).rejects.toMatchObject({ name: "ResourceNotFoundException" });
    const { OpportunityId } = await accept();

    const theirs = await second().getOpportunity({ Catalog, Identifier: OpportunityId });
    expect(theirs).toMatchObject({ Project: { Title: "Ovens" }, LifeCycle: { ReviewStatus: "Approved" } });
    const members = await world.client.listEngagementMembers({ Catalog, Identifier: engagement });
    expect(members.EngagementMemberList?.map(({ AccountId }) => AccountId)).toEqual(["111122223333", secondAccount]);
    expect((await get(engagement)).ModifiedBy).toBe(secondAccount);
    const associations = await second().listEngagementResourceAssociations({
      Catalog,
      ResourceIdentifier: OpportunityId,
    });
    expect(associations.EngagementResourceAssociationSummaries).toMatchObject([
      { EngagementId: engagement, CreatedBy: secondAccount },
    ]);
    await expect(invite(engagement)).rejects.toMatchObject({ name: "ConflictException" });
  });

  it("ends at ten members, invited ones among them", async () => {
    const engagement = await open();
    connected(secondAccount);
    for (let count = 1; count < 10; count++) {
      connected(`00000000000${count}`);
      await invite(engagement, `00000000000${count}`);
    }
    await expect(invite(engagement)).rejects.toMatchObject({ name: "ServiceQuotaExceededException" });
  });
});

describe("a lead", () => {
  it("of AWS's is accepted, qualified and made an opportunity that is submitted in the same engagement", async () => {
    const { invitation, engagement } = world.partnerCentral.refer({ lead: leadContext.Payload.Lead });
    await expect(get(engagement)).rejects.toMatchObject({ name: "ResourceNotFoundException" });
    const byTask = world.client.startEngagementByAcceptingInvitationTask({ Catalog, Identifier: invitation });
    await expect(byTask).rejects.toMatchObject({ ErrorList: [{ Code: "ACTION_NOT_PERMITTED" }] });
    await world.client.acceptEngagementInvitation({ Catalog, Identifier: invitation });

    const start = (ContextIdentifier: string) =>
      world.client.startOpportunityFromEngagementTask({ Catalog, Identifier: engagement, ContextIdentifier });
    const task = await start("1");

    expect(task).toMatchObject({ TaskStatus: "COMPLETE", EngagementId: engagement, ContextId: "1" });
    const Identifier = task.OpportunityId ?? "";
    expect(await world.client.getOpportunity({ Catalog, Identifier })).toMatchObject({
      LifeCycle: { ReviewStatus: "Pending Submission" },
      Customer: { Account: { CompanyName: "Example Bakery", Industry: "Retail", Address: { CountryCode: "US" } } },
      Project: { CustomerBusinessProblem: "The bakery's server stands beside the oven." },
    });
    expect(await start("2")).toMatchObject({ TaskStatus: "FAILED", ReasonCode: "CustomerProjectContextNotPermitted" });
    expect(await start("9")).toMatchObject({ TaskStatus: "FAILED", ReasonCode: "ContextNotFound" });
    await update(engagement, textAt(await raw(engagement), "ModifiedAt"), "Disqualified");
    expect(await start("1")).toMatchObject({ ReasonCode: "DisqualifiedLeadNotPermitted" });

    const tasks = async (input: object) =>
      (await world.client.listOpportunityFromEngagementTasks({ Catalog, ...input })).TaskSummaries;
    expect(await tasks({ TaskStatus: ["FAILED"] })).toHaveLength(3);
    expect(await tasks({ OpportunityIdentifier: [Identifier] })).toMatchObject([{ TaskId: task.TaskId }]);
    expect(await tasks({ ContextIdentifier: ["1"], TaskStatus: ["COMPLETE"] })).toMatchObject([
      { OpportunityId: Identifier },
    ]);
  });
});
