import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import type { JsonObject, JsonValue } from "@cosell/connector";
import { invitationSettings, refer } from "./support/invitations.ts";
import { createDeal, settled, startWorld, type World } from "./support/world.ts";

const sync = "opportunities";
const hour = 3_600_000;
let world: World;
beforeEach(async () => {
  world = (await startWorld()).withEngine({ sync: { invitations: invitationSettings() } });
});
afterEach(() => world.close());

function event(type: string, detail: JsonObject, time = world.clock.now()): JsonObject {
  return {
    ...{ version: "0", id: "6f1c8f4e", "detail-type": type, source: "aws.partnercentral-selling" },
    ...{ account: "111122223333", region: "us-east-1", resources: [] },
    time: new Date(time).toISOString().replace(/\.\d+Z/, "Z"),
    detail: { schemaVersion: "1", catalog: "Sandbox", ...detail },
  };
}
const updated = (identifier: string, time?: number): JsonObject =>
  event("Opportunity Updated", { opportunity: { identifier } }, time);
const receive = (...payloads: readonly JsonValue[]) => world.engine.receive(payloads);

/** A deal at AWS that is in step and approved. */
async function dealInStep(): Promise<string> {
  const deal = createDeal(world);
  await world.engine.sync();
  const id = world.idOf(deal);
  world.clock.advance(hour);
  world.emulators.partnerCentral.review({ opportunity: id, status: "Approved" });
  await world.engine.sync();
  world.clock.advance(settled);
  await world.engine.sync();
  world.awsCalls();
  return deal;
}

describe("events", () => {
  it("mark their deal without a call, however they come, and however often", async () => {
    const deal = await dealInStep();
    const id = world.idOf(deal);
    world.clock.advance(hour);
    world.emulators.partnerCentral.edit({
      object: "AwsOpportunitySummary",
      id,
      fields: { "LifeCycle.Stage": "Business Validation" },
    });
    const one = updated(id);
    expect(await receive(one, { Body: JSON.stringify(one) }, one)).toEqual({
      ...{ accepted: 3, ignored: 0, marked: 1, invitations: 0, echoes: 0 },
    });
    expect(world.awsCalls()).toEqual({});

    const report = await world.engine.sync();
    expect(report).toMatchObject({ records: 1, crmWrites: 1, failed: 0, floor: { reads: 4, writes: 0 } });
    expect(world.awsCalls()).toMatchObject({ GetOpportunity: 1, GetAwsOpportunitySummary: 1 });
    expect(world.record(deal)["AWS_Seller_Stage__c"]).toBe("Business Validation");
  });

  it("about many deals share the CRM's batch writes", async () => {
    const deals = [await dealInStep(), await dealInStep(), await dealInStep()];
    world.clock.advance(hour);
    for (const id of deals.map((deal) => world.idOf(deal))) {
      world.emulators.partnerCentral.edit({
        object: "AwsOpportunitySummary",
        id,
        fields: { "LifeCycle.Stage": "Business Validation" },
      });
      await receive(updated(id));
    }
    const { last } = world.emulators.requests;
    expect(await world.engine.sync()).toMatchObject({ crmWrites: 3 });
    const writes = world.emulators.requests.since(last).filter(({ operation }) => operation === "composite");
    expect(writes).toHaveLength(1);
  });

  it("of another catalog or account, of other senders, and rubbish are not ours; unknown types are", async () => {
    const id = world.idOf(await dealInStep());
    world.clock.advance(hour);
    const production = updated(id);
    const elsewhere = { ...production, detail: { catalog: "AWS", opportunity: { identifier: id } } };
    const other = { ...production, account: "444455556666" };
    const stranger = { ...production, source: "aws.s3" };
    const options = { account: "111122223333" };
    expect(await world.engine.receive([elsewhere, other, stranger, "hello", null], options)).toMatchObject({
      ...{ accepted: 0, ignored: 5, marked: 0 },
    });
    expect(await receive(event("Opportunity Rescored", { opportunity: { identifier: id } }))).toMatchObject({
      ...{ accepted: 1, marked: 1 },
    });
  });

  it("of our own writes cost no call; later ones do", async () => {
    const deal = await dealInStep();
    const id = world.idOf(deal);
    world.clock.advance(60_000);
    world.emulators.salesforce.edit("Opportunity", deal, { AWS_Additional_Comments__c: "Call first." });
    world.clock.advance(settled);
    expect(await world.engine.sync()).toMatchObject({ updated: 1 });
    world.awsCalls();

    expect(await receive(updated(id), updated(id, world.clock.now() + 1000))).toMatchObject({ marked: 0, echoes: 2 });
    await world.engine.sync();
    expect(world.awsCalls()).not.toHaveProperty("GetOpportunity");

    world.clock.advance(10_000);
    expect(await receive(updated(id))).toMatchObject({ marked: 1, echoes: 0 });
  });

  it("that are late, of what AWS changed before our own write, are none of ours", async () => {
    const deal = await dealInStep();
    const id = world.idOf(deal);
    world.clock.advance(hour);
    const changedAt = world.clock.now();
    world.emulators.partnerCentral.edit({
      object: "AwsOpportunitySummary",
      id,
      fields: { "LifeCycle.Stage": "Business Validation" },
    });
    world.clock.advance(20 * 60_000);
    world.emulators.salesforce.edit("Opportunity", deal, { AWS_Additional_Comments__c: "Call first." });
    world.clock.advance(settled);
    expect(await world.engine.sync()).toMatchObject({ updated: 1 });

    expect(await receive(updated(id, changedAt))).toMatchObject({ marked: 1, echoes: 0 });
    await world.engine.sync();
    expect(world.record(deal)["AWS_Seller_Stage__c"]).toBe("Business Validation");
  });

  it("of all that one sync of a new deal wrote are ours, from its creation to its submission", async () => {
    const deal = createDeal(world);
    const begun = world.clock.now();
    await world.engine.sync();
    const id = world.idOf(deal);
    const link = await world.store.linkByCrmRef(sync, deal);
    const { LastModifiedDate } = await world.partnerCentral.getOpportunity(id);
    expect(link?.awsWrittenAt).toBe(Date.parse(LastModifiedDate as string));
    expect(Math.abs((link?.awsWrittenFrom ?? 0) - begun)).toBeLessThanOrEqual(2000);
    expect(await receive(updated(id, begun), updated(id, link?.awsWrittenAt))).toMatchObject({ marked: 0, echoes: 2 });
    expect(await receive(updated(id, begun - hour))).toMatchObject({ marked: 1, echoes: 0 });
  });

  it("about a foreign change right after our own write lose nothing: the poll finds it", async () => {
    const deal = await dealInStep();
    const id = world.idOf(deal);
    world.clock.advance(60_000);
    world.emulators.salesforce.edit("Opportunity", deal, { AWS_Additional_Comments__c: "Call first." });
    world.clock.advance(settled);
    await world.engine.sync();
    world.clock.advance(1000);
    world.emulators.partnerCentral.edit({
      object: "Opportunity",
      id,
      fields: { "LifeCycle.TargetCloseDate": "2027-05-05" },
    });
    expect(await receive(updated(id))).toMatchObject({ echoes: 1 });
    await world.engine.sync();
    expect(world.record(deal)["CloseDate"]).toBe("2027-05-05");
  });

  it("about an invitation put it into the inbox", async () => {
    const id = refer(world);
    const created = event("Engagement Invitation Created", {
      engagementInvitation: { id, participantType: "RECEIVER" },
    });
    const sent = event("Engagement Invitation Created", {
      engagementInvitation: { id: "engi-0000000000000", participantType: "SENDER" },
    });
    expect(await receive(created, sent, created)).toMatchObject({ accepted: 3, invitations: 1 });
    await world.engine.sync();
    expect(await world.store.invitation(sync, id)).toMatchObject({ status: "pending", title: "Move the warehouse" });
  });
});

describe("an opportunity that no link knows", () => {
  const acceptElsewhere = async (): Promise<string> => {
    const invitation = refer(world);
    const task = await world.partnerCentral.call("StartEngagementByAcceptingInvitationTask", {
      ...{ Identifier: invitation, ClientToken: "by-hand" },
    });
    const { OpportunityId } = task;
    return typeof OpportunityId === "string" ? OpportunityId : "";
  };

  it("becomes a record when AWS referred it, told by an event or found by the poll", async () => {
    await world.engine.sync();
    world.clock.advance(hour);
    const told = await acceptElsewhere();
    const both = [event("Opportunity Created", { opportunity: { identifier: told } }), updated(told)];
    expect(await receive(...both)).toMatchObject({ marked: 0, invitations: 1 });
    expect(await world.engine.sync()).toMatchObject({ recordsCreated: 1, created: 0 });

    const link = await world.store.linkByOpportunity(sync, told);
    expect(world.record(link?.crmRef ?? "")).toMatchObject({
      Name: "Initech - Move the warehouse",
      AWS_Opportunity_Id__c: told,
    });
    expect(await world.engine.sync()).toMatchObject({ recordsCreated: 0 });
    expect(world.emulators.salesforce.records("Opportunity")).toHaveLength(1);
  });

  it("is left alone when it is older than the sync, or somebody else's", async () => {
    const old = await acceptElsewhere();
    world.clock.advance(hour);
    await world.engine.sync();
    world.clock.advance(hour);
    const { Id } = await world.partnerCentral.createOpportunity({ ClientToken: "portal", Origin: "Partner Referral" });
    await receive(updated(Id));
    expect(await world.engine.sync()).toMatchObject({ recordsCreated: 0 });
    expect(await world.store.invitation(sync, old)).toBeUndefined();
    world.awsCalls();
    await receive(updated(Id));
    await world.engine.sync();
    expect(world.awsCalls()).not.toHaveProperty("GetAwsOpportunitySummary");
  });
});

describe("the journal", () => {
  it("is cut once a day where the configuration says how long it is kept", async () => {
    const kept = world.withEngine({ engine: { retention: { journalMs: 24 * hour, keepPerLink: 1 } } });
    const deal = await dealInStep();
    const link = await world.store.linkByCrmRef(sync, deal);
    const lines = async (): Promise<number> => (await world.store.journal(link?.id ?? "")).length;
    await kept.engine.sync();
    const before = await lines();
    expect(before).toBeGreaterThan(1);
    world.clock.advance(23 * hour);
    await kept.engine.sync();
    expect(await lines()).toBe(before);
    world.clock.advance(2 * hour);
    await kept.engine.sync();
    expect(await lines()).toBe(1);
  });
});

describe("the sweep", () => {
  it("finds what only AWS's summary shows, for open deals after hours and for closed ones after days", async () => {
    const deal = await dealInStep();
    const id = world.idOf(deal);
    world.emulators.partnerCentral.edit({
      object: "AwsOpportunitySummary",
      id,
      fields: { "LifeCycle.Stage": "Qualified" },
    });
    world.clock.advance(5 * hour);
    expect(await world.engine.sync()).toMatchObject({ swept: 0 });
    world.clock.advance(2 * hour);
    expect(await world.engine.sync()).toMatchObject({ swept: 1 });
    expect(world.record(deal)["AWS_Seller_Stage__c"]).toBe("Qualified");
    expect(await world.engine.sync()).toMatchObject({ swept: 0 });

    world.emulators.salesforce.edit("Opportunity", deal, {
      StageName: "Closed Lost",
      Loss_Reason__c: "Lost to Competitor",
    });
    world.clock.advance(settled);
    await world.engine.sync();
    world.clock.advance(24 * hour);
    expect(await world.engine.sync()).toMatchObject({ swept: 0 });
    world.clock.advance(8 * 24 * hour);
    expect(await world.engine.sync()).toMatchObject({ swept: 1 });
  });

  it("takes a few at a time, those first that were not looked at for longest", async () => {
    for (const Name of ["One", "Two", "Three"]) createDeal(world, { Name });
    await world.engine.sync();
    world.clock.advance(settled);
    await world.engine.sync();
    world.clock.advance(7 * hour);
    const few = world.withEngine({ engine: { sweep: { links: 2 } } });
    expect(await few.engine.sync()).toMatchObject({ swept: 2 });
    expect(await few.engine.sync()).toMatchObject({ swept: 1 });
    expect(await few.engine.sync()).toMatchObject({ swept: 0 });
  });
});
