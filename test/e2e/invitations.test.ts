import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import type { Alarm, InvitationSettings } from "@cosell/engine";
import { invitationSettings, refer } from "./support/invitations.ts";
import { createDeal, settled, startWorld, type World } from "./support/world.ts";

const sync = "opportunities";
const day = 24 * 3_600_000;
let world: World;
let alarms: Alarm[];
beforeEach(async () => {
  alarms = [];
  world = (await startWorld()).withEngine({
    sync: { invitations: invitationSettings() },
    engine: { onAlarm: (alarm) => alarms.push(alarm) },
  });
});
afterEach(() => world.close());

function having(change: Partial<InvitationSettings>): World {
  return world.withEngine({ sync: { invitations: invitationSettings(change) } });
}
const inbox = (id: string) => world.store.invitation(sync, id);
const records = () => world.emulators.salesforce.records("Opportunity");

describe("an invitation", () => {
  it("waits in the inbox until somebody decides, and costs one read a run meanwhile", async () => {
    const id = refer(world);
    expect(await world.engine.sync()).toMatchObject({ invitations: { new: 1, accepted: 0 } });
    expect(await inbox(id)).toMatchObject({
      status: "pending",
      title: "Move the warehouse",
      customer: "Initech",
      sender: "AWS",
      payloadType: "OpportunityInvitation",
      duplicates: [],
    });
    world.awsCalls();
    expect(await world.engine.sync()).toMatchObject({ invitations: { new: 0 }, recordsCreated: 0 });
    expect(world.awsCalls()).toEqual({ ListEngagementInvitations: 1, ListOpportunities: 1 });
    expect(records()).toEqual([]);
  });

  it("that is accepted becomes one record, joined to its opportunity and settled", async () => {
    const id = refer(world);
    await world.engine.sync();
    const [outcome] = await world.engine.decideInvitations([id], { take: "accept" });
    expect(outcome).toMatchObject({ id, outcome: "accepted" });
    const report = await world.engine.sync();
    expect(report).toMatchObject({ failed: 0, updated: 0, created: 0 });

    const [record, ...others] = records();
    const [opportunity] = world.opportunities();
    expect(others).toEqual([]);
    expect(record).toMatchObject({
      Name: "Initech - Move the warehouse",
      StageName: "Value Proposition",
      CloseDate: "2027-03-31",
      AWS_Opportunity_Id__c: opportunity?.["Id"],
      AWS_Review_Status__c: "Approved",
      AWS_Invitation_Id__c: id,
      AWS_Engagement_Id__c: expect.stringMatching(/^eng-/),
    });
    expect(await inbox(id)).toMatchObject({ status: "done", crmRef: record?.Id, opportunityId: opportunity?.["Id"] });
    world.clock.advance(settled);
    await world.engine.sync();
    world.awsCalls();
    expect(await world.engine.sync()).toMatchObject({ updated: 0, inboundUpdated: 0, recordsCreated: 0, failed: 0 });
    expect(world.awsCalls()).toEqual({ ListEngagementInvitations: 1, ListOpportunities: 1 });
  });

  it("that is rejected tells AWS one of its five reasons", async () => {
    const id = refer(world);
    await world.engine.sync();
    const choice = { take: "reject", reason: "No time" } as const;
    await expect(world.engine.decideInvitations([id], choice)).rejects.toMatchObject({
      failure: { kind: "config", message: expect.stringContaining("Unable to support") },
    });
    const reason = "Unable to support";
    expect(await world.engine.decideInvitations("all", { take: "reject", reason })).toMatchObject([
      { outcome: "rejected" },
    ]);
    expect(world.emulators.partnerCentral.state().invitations[id]).toMatchObject({
      status: "REJECTED",
      rejectionReason: reason,
    });
    expect(await inbox(id)).toMatchObject({ status: "rejected", decision: { by: "operator" } });
  });

  it("is answered by rule, and left to a person where the CRM may have the deal", async () => {
    createDeal(world, { AWS_Cosell__c: false });
    const ruled = having({
      rules: [
        {
          when: { "Invitation.Payload.OpportunityInvitation.Customer.CountryCode": { in: ["DE"] } },
          take: "reject",
          reason: "Unable to support",
        },
        { when: {}, take: "accept" },
      ],
    });
    const [free, abroad, known] = [
      refer(world),
      refer(world, {
        account: { CompanyName: "Umbrella", Address: { CountryCode: "DE", PostalCode: "10115" } },
        project: { Title: "Leave the basement" },
      }),
      refer(world, { account: { CompanyName: "globex" }, project: { Title: "Count the stock" } }),
    ];
    expect(await ruled.engine.sync()).toMatchObject({
      invitations: { new: 3, accepted: 1, rejected: 1 },
      recordsCreated: 1,
    });
    expect(await inbox(free)).toMatchObject({ status: "done", decision: { by: "rule" } });
    expect(await inbox(abroad)).toMatchObject({ status: "rejected", decision: { reason: "Unable to support" } });
    expect(await inbox(known)).toMatchObject({
      status: "pending",
      duplicates: [{ why: expect.stringContaining("globex") }],
    });
  });

  it("that may be a deal of the CRM is accepted only with a word on the record", async () => {
    const deal = createDeal(world, { AWS_Cosell__c: false });
    const id = refer(world, { account: { CompanyName: "GLOBEX", WebsiteUrl: "http://globex.example/shop" } });
    await having({ rules: [{ when: {}, take: "accept" }] }).engine.sync();
    expect(await inbox(id)).toMatchObject({
      status: "pending",
      duplicates: [{ crmRef: deal, why: expect.stringContaining("globex.example") }],
    });

    const [refused] = await world.engine.decideInvitations([id], { take: "accept" });
    expect(refused).toMatchObject({ outcome: "refused", message: expect.stringContaining(deal) });
    const [linked] = await world.engine.decideInvitations([id], { take: "accept", record: { linkTo: deal } });
    expect(linked).toMatchObject({ outcome: "accepted", crmRef: deal });
    expect(records()).toHaveLength(1);
    expect(await world.store.linkByCrmRef(sync, deal)).toMatchObject({ opportunityId: linked?.opportunityId });
  });

  it("is told of before it expires, once for every time that the settings name, and is over then", async () => {
    const id = refer(world);
    await world.engine.sync();
    for (const days of [11, 1.1, 0.1, 2]) {
      world.clock.advance(days * day);
      await world.engine.sync();
    }
    expect(alarms).toMatchObject([
      { kind: "invitation-expiring", invitationId: id },
      { kind: "invitation-expiring", invitationId: id },
    ]);
    world.clock.advance(day);
    await world.engine.sync();
    expect(await inbox(id)).toMatchObject({ status: "expired" });
  });

  it("that somebody answers in Partner Central is taken as it was answered", async () => {
    const [accepted, rejected] = [refer(world), refer(world)];
    await world.engine.sync();
    const call = world.partnerCentral.call.bind(world.partnerCentral);
    await call("StartEngagementByAcceptingInvitationTask", { Identifier: accepted, ClientToken: "by-hand" });
    await call("RejectEngagementInvitation", { Identifier: rejected, RejectionReason: "Other" });
    expect(await world.engine.sync()).toMatchObject({ recordsCreated: 1 });
    expect(await inbox(accepted)).toMatchObject({ status: "done" });
    expect(await inbox(rejected)).toMatchObject({ status: "rejected" });
    expect(records()).toHaveLength(1);
  });

  it("whose task takes long, or fails, is followed up, and its failure explained", async () => {
    world.emulators.partnerCentral.configure({ taskDelayMs: 30_000 });
    const id = refer(world);
    await world.engine.sync();
    await world.engine.decideInvitations([id], { take: "accept" });
    expect(await inbox(id)).toMatchObject({ status: "done", failure: undefined });

    world.emulators.partnerCentral.configure({ taskDelayMs: 600_000 });
    const other = refer(world, {
      account: { CompanyName: "Umbrella", WebsiteUrl: "umbrella.example" },
      project: { Title: "Leave the basement" },
    });
    await world.engine.sync();
    const [slow] = await world.engine.decideInvitations([other], { take: "accept" });
    expect(slow).toMatchObject({ outcome: "underway", message: expect.stringContaining("still working") });
    await world.partnerCentral.call("RejectEngagementInvitation", { Identifier: other, RejectionReason: "Other" });
    world.clock.advance(600_000);
    await world.engine.sync();
    expect(await inbox(other)).toMatchObject({ status: "rejected", failure: { code: "invitation-rejected" } });
  });

  it("accepted elsewhere, that may be a deal of the CRM, waits for a word on the record", async () => {
    await world.engine.sync();
    const deal = createDeal(world, { AWS_Cosell__c: false });
    const id = refer(world, { account: { CompanyName: "Globex", WebsiteUrl: "globex.example" } });
    world.clock.advance(settled);
    const input = { Identifier: id, ClientToken: "by-hand" };
    const { OpportunityId } = await world.partnerCentral.call("StartEngagementByAcceptingInvitationTask", input);
    const opportunity = typeof OpportunityId === "string" ? OpportunityId : "";
    await world.engine.sync();
    await world.engine.sync();
    expect(await inbox(opportunity)).toMatchObject({ status: "accepted", duplicates: [{ crmRef: deal }] });
    expect(records()).toHaveLength(1);

    const [outcome] = await world.engine.decideInvitations([opportunity], { take: "accept", record: "create" });
    expect(outcome).toMatchObject({ outcome: "accepted", opportunityId: opportunity });
    expect(records()).toHaveLength(2);
    expect((await world.store.linkByOpportunity(sync, opportunity))?.crmRef).not.toBe(deal);
  });

  it("that the CRM refuses as a record says why, keeps no other one waiting, and lands when the CRM is mended", async () => {
    const ruled = having({ rules: [{ when: {}, take: "accept" }] });
    const rule = { object: "Opportunity", message: "No warehouses, please.", condition: "Name LIKE '%warehouse%'" };
    world.emulators.salesforce.configure({ validationRules: [rule] });
    const refused = refer(world);
    const account = { CompanyName: "Umbrella", WebsiteUrl: "umbrella.example" };
    const other = refer(world, { account, project: { Title: "Leave the basement" } });
    expect(await ruled.engine.sync()).toMatchObject({ invitations: { accepted: 2 }, recordsCreated: 1 });
    expect(await inbox(refused)).toMatchObject({ status: "accepted", failure: { kind: "invalid" } });
    expect(await inbox(other)).toMatchObject({ status: "done" });

    world.emulators.salesforce.configure({ validationRules: [] });
    expect(await ruled.engine.sync()).toMatchObject({ recordsCreated: 0 });
    world.clock.advance(3_600_000);
    expect(await ruled.engine.sync()).toMatchObject({ recordsCreated: 1, invitations: { accepted: 0 } });
    expect(await inbox(refused)).toMatchObject({ status: "done", failure: undefined });
  });

  it("that the CRM refuses as a record is the record's that a person makes of it by hand", async () => {
    const ruled = having({ rules: [{ when: {}, take: "accept" }] });
    const rule = { object: "Opportunity", message: "No warehouses, please.", condition: "Name LIKE '%warehouse%'" };
    world.emulators.salesforce.configure({ validationRules: [rule] });
    const id = refer(world);
    await ruled.engine.sync();
    const opportunityId = (await inbox(id))?.opportunityId ?? "";
    const deal = createDeal(world, { Name: "By hand", AWS_Opportunity_Id__c: opportunityId });
    await ruled.engine.sync();
    const link = await world.store.linkByOpportunity(sync, opportunityId);
    expect(link?.crmRef).toBe(deal);
    expect((await world.store.journal(link?.id ?? ""))[0]).toMatchObject({ kind: "adopted" });
    // What the two differ in is somebody's to say, and not taken for agreed.
    expect((await world.store.baseValues(link?.id ?? "")).get("Project.Title")).toBeUndefined();
  });

  it("is left alone by a sync that only writes to AWS", async () => {
    const outbound = having({ rules: [{ when: {}, take: "accept" }] }).withEngine({ sync: { direction: "outbound" } });
    refer(world);
    await outbound.engine.sync();
    expect(world.awsCalls()).toEqual({ ListOpportunities: 1 });
    expect({ records: records(), opportunities: world.opportunities() }).toEqual({ records: [], opportunities: [] });
  });
});

/** The same object, with something done after each call of one of its methods. */
function after<Wired extends object>(target: Wired, method: keyof Wired, then: () => Promise<void>): Wired {
  return new Proxy(target, {
    get: (object, name): unknown => {
      const member: unknown = Reflect.get(object, name);
      if (typeof member !== "function") return member;
      if (name !== method) return member.bind(object) as unknown;
      return async (...given: readonly unknown[]): Promise<unknown> => {
        const answer: unknown = await Reflect.apply(member, object, given);
        await then();
        return answer;
      };
    },
  });
}

describe("a referral whose record is new", () => {
  /** Another process sees the new record in the CRM, or its mark, and reconciles it at once. */
  async function reconcileNewRecord(): Promise<readonly (string | undefined)[]> {
    const lease = { owner: "worker", leaseMs: 30_000 };
    const ref = String(records()[0]?.["Id"]);
    await world.store.intake(sync, "webhook", [{ side: "crm", ref, reason: "crm:webhook-upsert" }], undefined);
    const link = await world.store.linkByCrmRef(sync, ref);
    const codes: (string | undefined)[] = [];
    for (const work of await world.engine.claim([link?.id ?? ""], lease)) {
      codes.push((await world.engine.reconcile(work, lease)).failure?.code);
    }
    return codes;
  }

  it.each([
    ["as soon as it is joined", (reconcile: () => Promise<void>) => ({ store: after(world.store, "join", reconcile) })],
    [
      "before it is joined",
      (reconcile: () => Promise<void>) => ({ connection: after(world.connection, "write", reconcile) }),
    ],
  ])("agrees with its opportunity, whoever reconciles it %s", async (moment, disturbed) => {
    const accepting = { ...invitationSettings(), rules: [{ when: {}, take: "accept" as const }] };
    const outcomes: (string | undefined)[] = [];
    const { store, connection } = {
      ...{ store: world.store, connection: world.connection },
      ...disturbed(async () => void outcomes.push(...(await reconcileNewRecord()))),
    };
    refer(world);
    await world.withEngine({ sync: { invitations: accepting, connection }, engine: { store } }).engine.intake();
    expect(outcomes).toEqual([moment === "before it is joined" ? "record-half-made" : undefined]);

    world.clock.advance(120_000);
    await world.engine.sync();
    const link = await world.store.linkByCrmRef(sync, String(records()[0]?.["Id"]));
    expect(link).toMatchObject({ opportunityId: world.opportunities()[0]?.["Id"], status: "linked" });
    // What the new record could not take over is no wish of anybody's, and nothing of AWS's that somebody changed.
    expect((await world.store.fieldStates(link?.id ?? "")).map(({ path }) => path)).toEqual([
      "Customer.Account.CompanyName",
    ]);
    const calls = Object.keys(world.awsCalls());
    expect(calls).not.toContain("AssignOpportunity");
    expect(calls).not.toContain("UpdateOpportunity");
    expect(records()).toHaveLength(1);
  });
});
