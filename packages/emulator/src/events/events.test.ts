import { parseEvent } from "@cosell/partner-central";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import {
  completeInput,
  echoOf,
  emulatePartnerCentral,
  type EmulatedPartnerCentral,
} from "../partner-central/testing/emulated-partner-central.ts";
import { eventsOfAction, eventTypes } from "./event-actions.ts";

const sandbox = { Catalog: "Sandbox" } as const;
const one = "111122223333";
const two = "444455556666";

let world: EmulatedPartnerCentral;
beforeEach(async () => {
  world = await emulatePartnerCentral();
});
afterEach(() => world.close());

/** The types of the events of an account since the last time, in order. */
let seen = 0;
beforeEach(() => {
  seen = 0;
});
const news = (account = one): readonly string[] => {
  const all = world.events.since(seen);
  seen = world.events.last;
  return all.map(({ event }) => event).flatMap((event) => (event.account === account ? [event["detail-type"]] : []));
};
const submitByTask = async (id: string) =>
  world.client.startEngagementFromOpportunityTask({
    ...sandbox,
    Identifier: id,
    ClientToken: `submit ${id}`.replace(" ", "-"),
    AwsSubmission: { InvolvementType: "Co-Sell" },
  });

describe("the fan-out of AWS", () => {
  it("of create, associate, update and assign", async () => {
    const { Id: id = "" } = await world.client.createOpportunity(completeInput);
    expect(news()).toEqual(["Opportunity Created"]);

    const related = { RelatedEntityType: "Solutions", RelatedEntityIdentifier: "S-0001111" } as const;
    await world.client.associateOpportunity({ ...sandbox, OpportunityIdentifier: id, ...related });
    expect(news()).toEqual(["Opportunity Updated"]);

    await world.post("UpdateOpportunity", { ...(await echoOf(world, id)), PartnerOpportunityIdentifier: "crm-2" });
    expect(news()).toEqual(["Opportunity Updated"]);

    const Assignee = {
      Email: "a@example.com",
      FirstName: "A",
      LastName: "B",
      BusinessTitle: "OpportunityOwner",
    } as const;
    await world.client.assignOpportunity({ ...sandbox, Identifier: id, Assignee });
    expect(news()).toEqual(["Opportunity Updated"]);
  });

  it.each([
    ["Approved", eventsOfAction.approve],
    ["Rejected", eventsOfAction.reject],
    ["Action Required", eventsOfAction["require-action"]],
  ] as const)("of a submission that ends as %s", async (status, expected) => {
    const id = await world.draft();
    news();
    await submitByTask(id);
    expect(news()).toEqual(eventsOfAction.submit);

    world.partnerCentral.review({ opportunity: id, status });
    expect(news()).toEqual(expected);
    expect(news(two)).toEqual([]);

    const { EngagementInvitationSummaries: [invitation] = [] } = await world.client.listEngagementInvitations({
      ...sandbox,
      ParticipantType: "SENDER",
    });
    expect(invitation?.Status).toBe(
      { Approved: "ACCEPTED", Rejected: "REJECTED", "Action Required": "PENDING" }[status],
    );
  });

  it("of the Sandbox's reviewer is the same", async () => {
    const id = await world.draft();
    await submitByTask(id);
    const echo = await echoOf(world, id);
    news();
    await world.post("UpdateOpportunity", { ...echo, LifeCycle: { ReviewStatus: "Approved" } });
    expect(news()).toEqual(eventsOfAction.approve);
  });

  it("of an AWS referral that is accepted", async () => {
    const { invitation } = world.partnerCentral.refer({ opportunity: { Project: { Title: "Bake in the cloud" } } });
    expect(news()).toEqual(["Engagement Invitation Created"]);

    await world.client.startEngagementByAcceptingInvitationTask({
      ...sandbox,
      Identifier: invitation,
      ClientToken: "a",
    });
    expect(news()).toEqual(eventsOfAction["accept-opportunity"]);
  });

  it("of an invitation to another partner reaches both, each told which side it is on", async () => {
    world.partnerCentral.account.connect({ accounts: [one, two] });
    const { Id = "" } = await world.client.createEngagement({
      ...sandbox,
      Title: "Together",
      Description: "Two of us",
    });
    expect(news()).toEqual(["Engagement Created", "Engagement Member Added"]);
    await world.client.createEngagementInvitation({
      ...sandbox,
      EngagementIdentifier: Id,
      ClientToken: "i",
      Invitation: {
        Message: "Come along",
        Receiver: { Account: { AwsAccountId: two } },
        Payload: {
          LeadInvitation: {
            Customer: { CompanyName: "Example", CountryCode: "DE" },
            Interaction: { SourceType: "Event", SourceId: "1", SourceName: "Fair", ContactBusinessTitle: "Baker" },
          },
        },
      },
    });
    const sides = world.events.since(seen).map(({ event }) => [event.account, parseEvent(event)?.participantType]);
    expect(sides).toEqual([
      [two, "RECEIVER"],
      [one, "SENDER"],
    ]);

    const other = world.clientOf({ accessKeyId: "AKIACOSELLPARTNERTWO" });
    const { EngagementInvitationSummaries: [invitation] = [] } = await other.listEngagementInvitations({
      ...sandbox,
      ParticipantType: "RECEIVER",
    });
    seen = world.events.last;
    await other.acceptEngagementInvitation({ ...sandbox, Identifier: invitation?.Id });
    const added = world.events.since(seen).filter(({ event }) => event["detail-type"] === "Engagement Member Added");
    expect(added.map(({ event }) => event.account).sort()).toEqual([one, two]);
    expect(added[0]?.event.detail.engagementMember).toEqual({ accountId: two, companyName: "Example Partner Two" });
  });

  it("of an edit of AWS's own side: updated, while LastModifiedDate stands still", async () => {
    const id = await world.submitted();
    world.partnerCentral.review({ opportunity: id, status: "Approved" });
    const before = await world.client.getOpportunity({ ...sandbox, Identifier: id });
    news();
    world.partnerCentral.edit({
      object: "AwsOpportunitySummary",
      id,
      fields: {
        "LifeCycle.Stage": "Technical Validation",
        "LifeCycle.NextSteps": "Meet in Berlin",
        OpportunityTeam: [{ Email: "sam@example.com", FirstName: "Sam", LastName: "S", BusinessTitle: "AWSSalesRep" }],
      },
    });
    expect(news()).toEqual(["Opportunity Updated"]);
    const summary = await world.client.getAwsOpportunitySummary({ ...sandbox, RelatedOpportunityIdentifier: id });
    expect(summary).toMatchObject({
      LifeCycle: { Stage: "Technical Validation", NextSteps: "Meet in Berlin" },
      OpportunityTeam: [{ FirstName: "Sam" }],
    });
    const after = await world.client.getOpportunity({ ...sandbox, Identifier: id });
    expect(after.LastModifiedDate).toEqual(before.LastModifiedDate);

    world.partnerCentral.configure({ summaryEditTouchesOpportunity: true });
    world.clock.advance(1000);
    world.partnerCentral.edit({ object: "AwsOpportunitySummary", id, fields: { "LifeCycle.NextSteps": "Later" } });
    const touched = await world.client.getOpportunity({ ...sandbox, Identifier: id });
    expect(touched.LastModifiedDate?.getTime()).toBe(world.clock.now());
  });

  it("of jobs that run: a snapshot after each change", async () => {
    const id = await world.draft();
    await submitByTask(id);
    world.partnerCentral.review({ opportunity: id, status: "Approved" });
    const ResourceSnapshotJobRoleIdentifier = "arn:aws:iam::111122223333:role/job";
    await world.client.putSellingSystemSettings({ ...sandbox, ResourceSnapshotJobRoleIdentifier });
    const echo = await echoOf(world, id);
    news();
    await world.post("UpdateOpportunity", {
      ...echo,
      LifeCycle: { ...(echo.LifeCycle as object), NextSteps: "Meet" },
    });
    expect(news()).toEqual(["Opportunity Updated", "Engagement Resource Snapshot Created"]);
  });

  it("tells nothing of a call that was refused", async () => {
    await world.post("CreateOpportunity", { ...sandbox, ClientToken: "x", Origin: "Elsewhere" });
    await world.client.createOpportunity({ ...completeInput, ClientToken: "same" });
    await world.client.createOpportunity({ ...completeInput, ClientToken: "same" });
    expect(news()).toEqual(["Opportunity Created"]);
  });
});

describe("what the clock does, though nobody calls", () => {
  it("an invitation expires, once", () => {
    world.partnerCentral.refer({ opportunity: { Project: { Title: "Bake in the cloud" } } });
    news();
    world.clock.advance(15 * 24 * 3600 * 1000 - 1);
    expect(news()).toEqual([]);
    world.clock.advance(1);
    expect(news()).toEqual(["Engagement Invitation Expired"]);
    world.clock.advance(1);
    expect(news()).toEqual([]);
  });

  it("AWS reviews, and its event says when", async () => {
    world.partnerCentral.configure({ approveAfterMs: 3_600_000 });
    await submitByTask(await world.draft());
    news();
    world.clock.advance(60_000);
    expect(news()).toEqual(["Opportunity Updated"]);
    world.clock.advance(10 * 3_600_000);
    const [first] = world.events.since(seen);
    expect(news()).toEqual(eventsOfAction.approve);
    expect(first?.event.time).toBe("2026-01-15T10:00:00Z");
  });
});

describe("the events themselves", () => {
  it("have the members, in the order and of the kinds, of events that AWS sent", async () => {
    const id = await world.draft();
    const [created] = world.events.since();
    expect(JSON.stringify(created?.event)).toMatch(
      new RegExp(
        `^\\{"version":"0","id":"[0-9a-f-]{36}","detail-type":"Opportunity Created","source":"aws.partnercentral-selling",` +
          `"account":"${one}","time":"2026-01-15T09:00:00Z","region":"us-east-1","resources":\\[\\],` +
          `"detail":\\{"schemaVersion":"1","catalog":"Sandbox","opportunity":\\{"identifier":"${id}"\\}\\}\\}$`,
      ),
    );
    await submitByTask(id);
    const details = Object.fromEntries(
      world.events.since().map(({ event }) => [event["detail-type"], event.detail]),
    ) as Record<string, Record<string, object>>;
    expect(Object.keys(details["Engagement Resource Snapshot Created"]?.resourceSnapshot ?? {})).toEqual(
      expect.arrayContaining(["arn", "engagementId", "resourceId", "resourceType", "createdBy"]),
    );
    const { invitation } = world.partnerCentral.refer({ opportunity: { Project: { Title: "Bake" } } });
    expect(world.events.since().at(-1)?.event).toMatchObject({
      resources: [`arn:aws:partnercentral:us-east-1::catalog/Sandbox/engagement-invitation/${invitation}`],
      detail: {
        schemaVersion: "1.0",
        engagementInvitation: {
          id: invitation,
          senderAccountId: "aws",
          receiverAccountId: one,
          senderCompanyName: "AWS",
          expirationDate: expect.stringMatching(/^2026-01-30T09:00:00\.\d{9}Z$/),
          participantType: "RECEIVER",
          payloadType: "OpportunityInvitation",
        },
      },
    });
  });

  it("are read by Cosell's own parser, each with what it is about", async () => {
    await submitByTask(await world.draft());
    for (const { event } of world.events.since()) {
      const parsed = parseEvent(event);
      expect(eventTypes).toContain(parsed?.type);
      expect(parsed?.catalog).toBe("Sandbox");
      expect([...(parsed?.opportunityIds ?? []), parsed?.engagementId, parsed?.invitationId].join("")).not.toBe("");
    }
  });
});
