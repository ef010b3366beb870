import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { FailureError, type JsonValue } from "@cosell/connector";
import { compileInvitationMapping, type InvitationMapping, loadMapping, valueAt } from "@cosell/core";
import type { Engine, EngineOptions } from "@cosell/engine";
import { type PartnerCentral, partnerCentralTarget } from "@cosell/partner-central";
import {
  convertLead,
  invitationMapping,
  invitationSettings,
  leadSettings,
  refer,
  referLead,
} from "./support/invitations.ts";
import { createDeal, settled, startWorld, type World } from "./support/world.ts";

const sync = "opportunities";
/** What only a person can mend is tried again after a while. */
const parked = 3_600_000;
const idField = "AWS_Invitation_Id__c";
/** Stands in for a field that is made for it. */
const decisionField = "AWS_Solutions__c";

/** What AWS offers, as a deal that nobody has marked for co-selling: this org's sellers work without leads. */
function earlyMapping(payload: "LeadInvitation" | "OpportunityInvitation", rules: string): InvitationMapping {
  const { invitation, findings } = loadMapping({
    file: "early.yaml",
    text: [
      "version: 1",
      "kind: invitation",
      "id: early",
      "crm: { connector: salesforce, object: Opportunity }",
      "match:",
      `  Invitation.PayloadType: { eq: ${payload} }`,
      "inbound:",
      `  Name: { from: Invitation.Payload.${payload}.Customer.CompanyName, required: true }`,
      "  StageName: { const: Prospecting }",
      "  CloseDate: { const: '2027-06-30' }",
      `  ${idField}: { from: Invitation.Id, required: true }`,
      "  AWS_Seller_Stage__c: { from: Invitation.Status }",
      rules,
    ].join("\n"),
  });
  if (invitation === undefined) throw new Error(JSON.stringify(findings));
  return compileInvitationMapping(invitation, { target: partnerCentralTarget });
}

let world: World;
beforeEach(async () => {
  world = await startWorld();
});
afterEach(() => world.close());

function having(mapping: InvitationMapping, accept: boolean): World {
  const invitations = invitationSettings({
    records: [
      { mapping, create: "received" },
      { mapping: invitationMapping(), create: "accepted" },
    ],
    rules: accept ? [{ when: {}, take: "accept" }] : [],
    decisionField: { field: decisionField, accept: ["yes"], reject: { no: "Unable to support" } },
  });
  return world.withEngine({ sync: { invitations } });
}
const records = () =>
  world.emulators.salesforce
    .records("Opportunity")
    .map((record) => ({ ...record, Id: String(record["Id"]), invitation: record[idField] }));

/** The two shipped mappings of invitations together: leads become Leads, opportunities become deals. */
function shipped(): World {
  return world.withEngine({ sync: { invitations: leadSettings() } });
}
const leads = () => world.emulators.salesforce.records("Lead");

const converted = (): string => convertLead(world, String(leads()[0]?.["Id"]));

/** A lead that is accepted, and the deal that it has become. */
async function acceptedAndConverted({ engine }: World): Promise<{ readonly id: string; readonly deal: string }> {
  const id = referLead(world, "Initech");
  await engine.sync();
  await engine.decideInvitations([id], { take: "accept" });
  return { id, deal: converted() };
}

/** Partner Central, with something about its calls that is otherwise. */
function withCalls(
  change: (call: PartnerCentral["call"]) => PartnerCentral["call"],
): Pick<EngineOptions, "partnerCentral"> {
  const { partnerCentral } = world;
  const call = change(partnerCentral.call.bind(partnerCentral));
  const other = new Proxy(partnerCentral, {
    get: (target, name): unknown => {
      const member: unknown = name === "call" ? call : Reflect.get(target, name);
      return typeof member === "function" ? (member.bind(target) as unknown) : member;
    },
  });
  return { partnerCentral: other };
}

describe("a lead, by the shipped mapping", () => {
  it("is a Lead once, which a seller converts into the deal of its engagement", async () => {
    const { engine } = shipped();
    const id = referLead(world, "Initech");
    await engine.sync();
    await engine.sync();
    expect(leads()).toMatchObject([
      {
        ...{ Company: "Initech", LastName: "Unknown", Title: "Head of IT", Website: "https://www.initech.example" },
        ...{ Country: "US", Industry: "Retail", Status: "Open - Not Contacted", LeadSource: "Partner Referral" },
        ...{ AWS_Invitation_Id__c: id, AWS_Campaign__c: "Cloud Day", AWS_Use_Case__c: "Storage & Backup" },
      },
    ]);
    expect(await engine.decideInvitations([id], { take: "accept" })).toMatchObject([{ outcome: "accepted" }]);
    await engine.sync();
    expect(world.opportunities()).toEqual([]);

    const deal = converted();
    world.awsCalls();
    expect(await engine.sync()).toMatchObject({ created: 0, recordsCreated: 0 });

    expect(world.awsCalls()).toMatchObject({ StartOpportunityFromEngagementTask: 1 });
    const [opportunity, ...more] = world.opportunities();
    expect(more).toEqual([]);
    expect(await world.store.linkByCrmRef(sync, deal)).toMatchObject({ opportunityId: opportunity?.["Id"] });
    expect(await world.store.invitation(sync, id)).toMatchObject({ status: "done", crmRef: deal });
    expect(world.record(deal)).toMatchObject({
      ...{ AWS_Invitation_Id__c: id, AWS_Engagement_Id__c: leads()[0]?.["AWS_Engagement_Id__c"] },
    });
    expect(leads()).toHaveLength(1);
  });

  it.each(["GetEngagement", "StartOpportunityFromEngagementTask"])(
    "is one opportunity, whoever reconciles its deal during %s",
    async (operation) => {
      const withLeads = shipped();
      const { engine } = withLeads;
      const { id, deal } = await acceptedAndConverted(withLeads);
      await world.store.intake(sync, "webhook", [{ side: "crm", ref: deal, reason: "crm:webhook-upsert" }], undefined);
      const reconciled: Awaited<ReturnType<Engine["reconcile"]>>[] = [];
      const worker = { owner: "worker", leaseMs: 30_000 };
      const meanwhile = withCalls((call) => async (name, ...given) => {
        const link = name === operation ? await world.store.linkByCrmRef(sync, deal) : undefined;
        const works = link === undefined ? [] : await engine.claim([link.id], worker);
        for (const work of works) reconciled.push(await engine.reconcile(work, worker));
        return call(name, ...given);
      });
      await withLeads.withEngine({ engine: meanwhile }).engine.intake();
      await engine.sync();

      expect(reconciled).toEqual([]);
      const [opportunity, ...more] = world.opportunities();
      expect(more).toEqual([]);
      expect(await world.store.linkByCrmRef(sync, deal)).toMatchObject({ opportunityId: opportunity?.["Id"] });
      expect(await world.store.invitation(sync, id)).toMatchObject({ status: "done", crmRef: deal });
    },
  );

  it("whose deal is reconciled first is not created at AWS, but made in its engagement", async () => {
    const withLeads = shipped();
    const { engine } = withLeads;
    const { id, deal } = await acceptedAndConverted(withLeads);
    expect(await engine.sync({ records: [deal] })).toMatchObject({ created: 0, failedNow: 1 });
    for await (const { failure } of world.store.failures(sync)) {
      expect(failure).toMatchObject({ code: "invitation-open", message: expect.stringContaining(id) });
    }
    expect(world.opportunities()).toEqual([]);
    expect(await engine.sync()).toMatchObject({ created: 0, failed: 0 });
    expect(world.awsCalls()).toMatchObject({ StartOpportunityFromEngagementTask: 1 });
    expect(world.opportunities()).toHaveLength(1);
  });

  it("whose deal a run has in hand, or has begun to create, waits for that run", async () => {
    const withLeads = shipped();
    const { engine } = withLeads;
    const { id, deal } = await acceptedAndConverted(withLeads);
    await world.store.intake(sync, "webhook", [{ side: "crm", ref: deal, reason: "crm:webhook-upsert" }], undefined);
    const link = await world.store.linkByCrmRef(sync, deal);
    const worker = { owner: "worker", leaseMs: 30_000 };
    await engine.claim([link?.id ?? ""], worker);
    await engine.intake();
    expect(await world.store.invitation(sync, id)).toMatchObject({ failure: { code: "deal-in-hand" } });

    await world.store.release(worker.owner, [link?.id ?? ""]);
    const call = { linkId: link?.id ?? "", step: "create", clientToken: "token", request: {} };
    const pending = await world.store.beginCall(call);
    await engine.intake();
    expect(await world.store.invitation(sync, id)).toMatchObject({ failure: { code: "deal-in-hand" } });
    expect(world.opportunities()).toEqual([]);

    await world.store.finishCall(pending.id);
    await engine.sync();
    expect(world.opportunities()).toHaveLength(1);
    expect(await world.store.invitation(sync, id)).toMatchObject({ status: "done", failure: undefined });
  });

  it("is started once by two runs at the same time", async () => {
    const withLeads = shipped();
    const { id, deal } = await acceptedAndConverted(withLeads);
    let arrived = 0;
    const together = withCalls((call) => async (name, ...given) => {
      const answer = await call(name, ...given);
      if (name === "GetEngagement") arrived += 1;
      // The first one waits until the other could have come as far.
      if (name === "GetEngagement" && arrived === 1) await new Promise((resolve) => setTimeout(resolve, 300));
      return answer;
    });
    const { engine } = withLeads.withEngine({ engine: together });
    world.awsCalls();
    await Promise.all([engine.intake(), engine.intake()]);
    expect(world.awsCalls()).toMatchObject({ StartOpportunityFromEngagementTask: 1 });
    expect(world.opportunities()).toHaveLength(1);
    expect(await world.store.invitation(sync, id)).toMatchObject({ status: "done", failure: undefined });
    expect(await world.store.linkByCrmRef(sync, deal)).toMatchObject({ status: "linked" });
  });

  it("whose start was not answered is looked for; where AWS does not show it yet, the same token asks again", async () => {
    const withLeads = shipped();
    const { engine } = withLeads;
    const { id } = await acceptedAndConverted(withLeads);
    const tokens: JsonValue[] = [];
    const lost = (shows: boolean) =>
      withCalls((call) => async (name, input, ...given) => {
        if (name === "ListOpportunityFromEngagementTasks" && !shows) return { TaskSummaries: [] };
        const answer = await call(name, input, ...given);
        if (name !== "StartOpportunityFromEngagementTask") return answer;
        tokens.push(input["ClientToken"] ?? null);
        throw new FailureError({ kind: "unknown-outcome", message: "The connection broke." });
      });
    const blind = withLeads.withEngine({ engine: lost(false) });
    await blind.engine.intake();
    // A state that came back from a backup knows of no token.
    await world.store.updateInvitation(sync, id, { clientToken: undefined, failure: undefined });
    await blind.engine.intake();
    expect(tokens.length).toBeGreaterThan(1);
    expect(new Set(tokens).size).toBe(1);

    world.awsCalls();
    await engine.sync();
    expect(world.awsCalls()).not.toHaveProperty("StartOpportunityFromEngagementTask");
    expect(world.opportunities()).toHaveLength(1);
    expect(await world.store.invitation(sync, id)).toMatchObject({ status: "done", failure: undefined });
  });

  it("that AWS makes no opportunity of is asked for with another token", async () => {
    const withLeads = shipped();
    const { engine } = withLeads;
    const { id, deal } = await acceptedAndConverted(withLeads);
    const tokens: JsonValue[] = [];
    const failing = withCalls((call) => (name, input, ...given) => {
      if (name !== "StartOpportunityFromEngagementTask") return call(name, input, ...given);
      tokens.push(input["ClientToken"] ?? null);
      return Promise.resolve({ TaskStatus: "FAILED", ReasonCode: "InternalError" });
    });
    await withLeads.withEngine({ engine: failing }).engine.sync();
    // What keeps its deal from AWS is told there too.
    for await (const { failure } of world.store.failures(sync)) {
      expect(failure).toMatchObject({ code: "invitation-open", message: expect.stringContaining("InternalError") });
    }
    world.clock.advance(parked);
    await withLeads.withEngine({ engine: failing }).engine.intake();
    expect(new Set(tokens).size).toBe(2);

    world.clock.advance(parked);
    expect(await engine.sync()).toMatchObject({ created: 0, failed: 0 });
    expect(world.opportunities()).toHaveLength(1);
    expect(await world.store.linkByCrmRef(sync, deal)).toMatchObject({ status: "linked" });
    expect(await world.store.invitation(sync, id)).toMatchObject({ status: "done" });
  });

  it("that is rejected after its conversion lets its deal go to AWS on its own", async () => {
    const { engine } = shipped();
    const id = referLead(world, "Initech");
    await engine.sync();
    const deal = converted();
    expect(await engine.sync()).toMatchObject({ created: 0, failed: 1 });
    await engine.decideInvitations([id], { take: "reject" });
    expect(await engine.sync()).toMatchObject({ created: 1, failed: 0 });
    expect(world.opportunities()).toMatchObject([{ PartnerOpportunityIdentifier: deal }]);
  });

  it("and an opportunity that waits are two records, each by its own mapping", async () => {
    const { engine } = shipped();
    const lead = referLead(world, "Initech");
    const offer = refer(world);
    await engine.sync();
    await engine.sync();
    expect(leads()).toMatchObject([{ AWS_Invitation_Id__c: lead }]);
    expect(records()).toMatchObject([{ invitation: offer, AWS_Opportunity_Id__c: null, StageName: "Qualification" }]);

    await engine.decideInvitations([offer], { take: "accept" });
    world.clock.advance(settled);
    await engine.sync();
    expect(records()).toMatchObject([{ invitation: offer, AWS_Opportunity_Id__c: world.opportunities()[0]?.["Id"] }]);
    expect(await world.store.invitation(sync, offer)).toMatchObject({ status: "done", crmRef: records()[0]?.Id });
  });

  it("that a duplicate rule refuses waits with the reason, and is made once the rule lets it", async () => {
    const rule = { object: "Lead", name: "Leads", match: ["Company"], message: "Initech is ours." };
    world.emulators.salesforce.create("Lead", { Company: "Initech", LastName: "Ito" });
    world.emulators.salesforce.configure({ duplicateRules: [rule] });
    const { engine } = shipped();
    const id = referLead(world, "Initech");
    await engine.sync();
    expect(leads()).toHaveLength(1);
    expect(await world.store.invitation(sync, id)).toMatchObject({
      failure: {
        kind: "invalid",
        code: "DUPLICATES_DETECTED",
        message: expect.stringContaining(String(leads()[0]?.["Id"])),
      },
    });

    world.emulators.salesforce.configure({ duplicateRules: [] });
    world.clock.advance(parked);
    await engine.sync();
    expect(leads()).toMatchObject([{ LastName: "Ito" }, { AWS_Invitation_Id__c: id }]);
  });
});

describe("a lead", () => {
  it("is a record once, shows its answer there, and becomes an opportunity in its own engagement when it is a deal", async () => {
    const early = having(earlyMapping("LeadInvitation", ""), false);
    const id = referLead(world, "Initech");
    await early.engine.sync();
    await early.engine.sync();
    const [record, ...others] = records();
    expect(others).toEqual([]);
    expect(record).toMatchObject({ Name: "Initech", [idField]: id, AWS_Seller_Stage__c: "PENDING" });

    expect(await early.engine.decideInvitations([id], { take: "accept" })).toMatchObject([{ outcome: "accepted" }]);
    expect(records()[0]).toMatchObject({ AWS_Seller_Stage__c: "ACCEPTED" });
    await early.engine.sync();
    expect(world.opportunities()).toEqual([]);

    // A seller makes a deal of it: with the customer's account, and marked for co-selling.
    const model = world.record(createDeal(world, { AWS_Cosell__c: false }));
    const { AccountId, AWS_Business_Problem__c, AWS_Use_Case__c, AWS_Monthly_Spend__c } = model;
    world.emulators.salesforce.edit("Opportunity", record?.Id ?? "", {
      ...{ AccountId, AWS_Business_Problem__c, AWS_Use_Case__c, AWS_Monthly_Spend__c, AWS_Cosell__c: true },
    });
    world.clock.advance(settled);
    world.awsCalls();
    expect(await early.engine.sync()).toMatchObject({ created: 0, failed: 0 });
    expect(world.awsCalls()).toMatchObject({ StartOpportunityFromEngagementTask: 1, UpdateOpportunity: 1 });
    expect(world.awsCalls()).not.toHaveProperty("CreateOpportunity");
    const [opportunity, ...more] = world.opportunities();
    expect(more).toEqual([]);
    expect(valueAt(opportunity ?? {}, "Project.CustomerBusinessProblem")).toBe(AWS_Business_Problem__c);
    expect(await world.store.linkByCrmRef(sync, record?.Id ?? "")).toMatchObject({
      opportunityId: opportunity?.["Id"],
    });
    expect(await world.store.invitation(sync, id)).toMatchObject({ status: "done" });
  });

  it("that waits for its answer is not created at AWS a second time, however eager its seller", async () => {
    const early = having(earlyMapping("LeadInvitation", ""), false);
    referLead(world, "Initech");
    await early.engine.sync();
    const model = world.record(createDeal(world, { AWS_Cosell__c: false }));
    world.emulators.salesforce.edit("Opportunity", records()[0]?.Id ?? "", {
      ...{
        AccountId: model["AccountId"],
        AWS_Business_Problem__c: model["AWS_Business_Problem__c"],
        AWS_Cosell__c: true,
      },
    });
    world.clock.advance(settled);
    expect(await early.engine.sync()).toMatchObject({ created: 0, failed: 1 });
    expect(world.opportunities()).toEqual([]);
    for await (const { failure } of world.store.failures(sync)) {
      expect(failure).toMatchObject({ code: "invitation-open", message: expect.stringContaining("Accept it first") });
    }
  });
});

describe("a lead that somebody rejects in Partner Central", () => {
  it("is shown in its record", async () => {
    const early = having(earlyMapping("LeadInvitation", ""), false);
    const id = referLead(world, "Initech");
    await early.engine.sync();
    await world.partnerCentral.call("RejectEngagementInvitation", { Identifier: id, RejectionReason: "Other" });
    await early.engine.sync();
    expect(records()).toMatchObject([{ AWS_Seller_Stage__c: "REJECTED" }]);
    expect(await world.store.invitation(sync, id)).toMatchObject({ status: "rejected" });
  });
});

describe("an invitation that sellers see in their CRM", () => {
  it("is answered there", async () => {
    const early = having(earlyMapping("OpportunityInvitation", ""), false);
    const [taken, left, open] = ["Initech", "Umbrella", "Hooli"].map((CompanyName) =>
      refer(world, {
        account: { CompanyName, WebsiteUrl: `${CompanyName.toLowerCase()}.example` },
        project: { Title: `A project of ${CompanyName}` },
      }),
    );
    await early.engine.sync();
    const recordOf = (invitation = "") => records().find((record) => record.invitation === invitation)?.Id ?? "";
    world.emulators.salesforce.edit("Opportunity", recordOf(taken), { [decisionField]: "Yes" });
    world.emulators.salesforce.edit("Opportunity", recordOf(left), { [decisionField]: "no" });
    world.emulators.salesforce.edit("Opportunity", recordOf(open), { [decisionField]: "perhaps" });
    expect(await early.engine.sync()).toMatchObject({ invitations: { accepted: 1, rejected: 1 }, recordsCreated: 0 });

    expect(records()).toHaveLength(3);
    expect(await world.store.invitation(sync, taken ?? "")).toMatchObject({
      ...{ status: "done", crmRef: recordOf(taken), decision: { by: "crm" } },
    });
    expect(await world.store.invitation(sync, left ?? "")).toMatchObject({
      ...{ status: "rejected", decision: { by: "crm", reason: "Unable to support" } },
    });
    expect(await world.store.invitation(sync, open ?? "")).toMatchObject({ status: "pending" });
    expect(world.record(recordOf(left))["AWS_Seller_Stage__c"]).toBe("REJECTED");
    const link = await world.store.linkByCrmRef(sync, recordOf(taken));
    expect(link?.opportunityId).toBe(world.opportunities()[0]?.["Id"]);
  });
});
