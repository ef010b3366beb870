import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import {
  completeInput,
  emulatePartnerCentral,
  type EmulatedPartnerCentral,
} from "./testing/emulated-partner-central.ts";

let world: EmulatedPartnerCentral;
beforeEach(async () => {
  world = await emulatePartnerCentral();
});
afterEach(() => world.close());

const Catalog = "Sandbox";
const day = 24 * 3600 * 1000;
const refer = (title = "Move the shop") =>
  world.partnerCentral.refer({
    opportunity: { ...completeInput, Project: { ...completeInput.Project, Title: title } },
  }).invitation;
const get = (Identifier: string) => world.client.getEngagementInvitation({ Catalog, Identifier });
const list = async (input: object = {}) => {
  const page = await world.client.listEngagementInvitations({ Catalog, ParticipantType: "RECEIVER", ...input });
  return { ids: (page.EngagementInvitationSummaries ?? []).map(({ Id }) => Id), next: page.NextToken };
};
const accept = (Identifier: string, ClientToken = `accept-${Identifier}`) =>
  world.client.startEngagementByAcceptingInvitationTask({ Catalog, Identifier, ClientToken });

describe("invitations", () => {
  it("hide what the partner may know after acceptance only", async () => {
    const answer = JSON.stringify(await get(refer()));

    expect(answer).toContain("Example Retail");
    for (const hidden of ["10001", "buyer@example.com", "Migration/Database Migration"]) {
      expect(answer).not.toContain(hidden);
    }
    expect(world.partnerCentral.opportunities()).toEqual([]);
  });

  it("are listed newest first, by page, by status, sender, kind and engagement", async () => {
    const [one, two, three] = ["One", "Two", "Three"].map((title) => {
      world.clock.advance(1000);
      return refer(title);
    });
    await world.client.rejectEngagementInvitation({ Catalog, Identifier: two, RejectionReason: "Next steps unclear" });

    const first = await list({ MaxResults: 2 });
    expect(first.ids).toEqual([three, two]);
    expect((await list({ MaxResults: 2, NextToken: first.next })).ids).toEqual([one]);
    expect((await list({ Status: ["REJECTED"] })).ids).toEqual([two]);
    expect((await list({ SenderAwsAccountId: ["444455556666"] })).ids).toEqual([]);
    expect((await list({ PayloadType: ["LeadInvitation"] })).ids).toEqual([]);
    const { EngagementId } = await get(one ?? "");
    expect((await list({ EngagementIdentifier: [EngagementId] })).ids).toEqual([one]);
    expect((await list({ Sort: { SortBy: "InvitationDate", SortOrder: "ASCENDING" } })).ids).toEqual([one, two, three]);
    expect((await list({ ParticipantType: "SENDER" })).ids).toEqual([]);
  });

  it("belong to one account", async () => {
    const id = refer();
    const other = world.clientOf({ accessKeyId: "AKIACOSELLPARTNERTWO" });
    await expect(other.getEngagementInvitation({ Catalog, Identifier: id })).rejects.toMatchObject({
      name: "ResourceNotFoundException",
    });
  });

  it("expire by the clock, after the time that the settings say", async () => {
    const [documented, accepted] = [refer(), refer()];
    await accept(accepted);
    world.partnerCentral.configure({ invitationExpiresAfterMs: 30 * day });
    const longer = refer();

    world.clock.advance(15 * day - 1);
    expect((await get(documented)).Status).toBe("PENDING");
    world.clock.advance(1);
    expect((await get(documented)).Status).toBe("EXPIRED");
    expect((await get(accepted)).Status).toBe("ACCEPTED");
    expect((await get(longer)).Status).toBe("PENDING");
    await expect(accept(documented)).rejects.toMatchObject({ name: "ConflictException" });
  });
});

describe("RejectEngagementInvitation", () => {
  it("takes the reasons that AWS documents only", async () => {
    const RejectionReason = "No time";
    const rejected = world.client.rejectEngagementInvitation({ Catalog, Identifier: refer(), RejectionReason });
    await expect(rejected).rejects.toMatchObject({ ErrorList: [{ FieldName: "RejectionReason" }] });
  });

  it("keeps the reason, once", async () => {
    const Identifier = refer();
    const reject = () =>
      world.client.rejectEngagementInvitation({ Catalog, Identifier, RejectionReason: "Unable to support" });
    await reject();

    expect(await get(Identifier)).toMatchObject({ Status: "REJECTED", RejectionReason: "Unable to support" });
    await expect(reject()).rejects.toMatchObject({ name: "ConflictException" });
    world.partnerCentral.configure({ errorWhenAnswered: "validation" });
    await expect(reject()).rejects.toMatchObject({ ErrorList: [{ Code: "INVALID_RESOURCE_STATE" }] });
  });
});

describe("StartEngagementByAcceptingInvitationTask", () => {
  it("makes the opportunity visible, approved, with AWS's origin", async () => {
    const invitation = refer();

    const task = await accept(invitation);

    expect(task).toMatchObject({ TaskStatus: "COMPLETE", EngagementInvitationId: invitation });
    const Identifier = task.OpportunityId ?? "";
    const opportunity = await world.client.getOpportunity({ Catalog, Identifier });
    expect(opportunity.LifeCycle?.ReviewStatus).toBe("Approved");
    expect(opportunity.Customer?.Account?.Address?.PostalCode).toBe("10001");
    expect(opportunity.Customer?.Contacts).toHaveLength(1);
    const summary = await world.client.getAwsOpportunitySummary({ Catalog, RelatedOpportunityIdentifier: Identifier });
    expect(summary).toMatchObject({ Origin: "AWS Referral", InvolvementType: "Co-Sell" });
    expect((await get(invitation)).Status).toBe("ACCEPTED");
  });

  it("gives the contacts later, when the settings say so", async () => {
    world.partnerCentral.configure({ contactsAfterAcceptanceMs: 600_000 });
    const { OpportunityId: Identifier } = await accept(refer());
    const read = () => world.client.getOpportunity({ Catalog, Identifier });

    const early = await read();
    expect(early.Customer?.Contacts).toEqual([]);
    world.clock.advance(600_000);
    const late = await read();
    expect(late.Customer?.Contacts).toHaveLength(1);
    expect(late.LastModifiedDate).not.toEqual(early.LastModifiedDate);
  });

  it("takes the ARN too, and gives the Sandbox's referral the id that its create answered", async () => {
    const { Id } = await world.client.createOpportunity({ ...completeInput, Origin: "AWS Referral" });
    const { EngagementInvitationSummaries: [invitation] = [] } = await world.client.listEngagementInvitations({
      Catalog,
      ParticipantType: "RECEIVER",
    });

    expect((await accept(invitation?.Arn ?? "")).OpportunityId).toBe(Id);
  });

  it("takes its time when the settings say so; an invitation answered meanwhile fails it", async () => {
    world.partnerCentral.configure({ taskDelayMs: 10_000 });
    const [one, two] = [refer(), refer()];
    const first = await accept(one);
    await accept(two);
    expect(first).toMatchObject({ TaskStatus: "IN_PROGRESS" });
    await world.client.rejectEngagementInvitation({ Catalog, Identifier: two });
    world.clock.advance(10_000);

    expect(await accept(one)).toMatchObject({ TaskId: first.TaskId, TaskStatus: "COMPLETE" });
    const tasks = async (input: object) =>
      (await world.client.listEngagementByAcceptingInvitationTasks({ Catalog, ...input })).TaskSummaries;
    expect(await tasks({ TaskStatus: ["FAILED"] })).toMatchObject([
      { EngagementInvitationId: two, ReasonCode: "EngagementInvitationConflict" },
    ]);
    expect(await tasks({ EngagementInvitationIdentifier: [one] })).toMatchObject([{ TaskId: first.TaskId }]);
    expect(await tasks({ MaxResults: 1 })).toHaveLength(1);
  });

  it("refuses what is answered, what is unknown, and a token used for another invitation", async () => {
    const [one, two] = [refer(), refer()];
    await accept(one, "token");

    await expect(accept(one, "again")).rejects.toMatchObject({ name: "ConflictException" });
    await expect(accept(two, "token")).rejects.toMatchObject({ name: "ConflictException" });
    await expect(accept("engi-0000000000000")).rejects.toMatchObject({ name: "ResourceNotFoundException" });
  });
});

describe("a kept document", () => {
  it("brings invitations back, also one of an emulator that knew no engagements", async () => {
    const id = refer();
    const kept = world.partnerCentral.state();
    world.partnerCentral.reset();
    world.partnerCentral.load(kept);
    expect((await get(id)).Status).toBe("PENDING");

    const { issued, spaces } = kept;
    world.partnerCentral.load(JSON.parse(JSON.stringify({ issued, spaces })) as typeof kept);
    expect((await list()).ids).toEqual([]);
  });
});

describe("a submission", () => {
  it("invites AWS; AWS's review answers the invitation", async () => {
    const Identifier = await world.draft();
    const AwsSubmission = { InvolvementType: "Co-Sell", Visibility: "Full" } as const;
    const task = await world.client.startEngagementFromOpportunityTask({ Catalog, Identifier, AwsSubmission });
    const invitation = task.EngagementInvitationId ?? "";

    expect((await list({ ParticipantType: "SENDER" })).ids).toEqual([invitation]);
    world.clock.advance(30 * day);
    expect((await get(invitation)).Status).toBe("PENDING");
    world.partnerCentral.review({ opportunity: Identifier, status: "Approved" });
    expect((await get(invitation)).Status).toBe("ACCEPTED");
    const members = await world.client.listEngagementMembers({ Catalog, Identifier: task.EngagementId });
    expect(members.EngagementMemberList?.map(({ CompanyName }) => CompanyName)).toEqual(["Example Partner One", "AWS"]);
  });
});
