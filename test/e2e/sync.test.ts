import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { valueAt } from "@cosell/core";
import { createDeal, settled, startWorld, type World } from "./support/world.ts";

let world: World;
beforeEach(async () => {
  world = await startWorld();
});
afterEach(async () => {
  await world.close();
});

/** Lets AWS's reviewer answer, an hour later. */
function review(id: string, status: "Approved" | "Action Required" | "Rejected", comments?: string): void {
  world.clock.advance(3_600_000);
  world.emulators.partnerCentral.review({
    opportunity: id,
    status,
    ...(comments === undefined ? {} : { comments }),
  });
}

/** A deal that AWS has approved, and the CRM knows it. */
async function approvedDeal(): Promise<{ readonly deal: string; readonly id: string }> {
  const deal = createDeal(world);
  await world.engine.sync();
  const id = world.idOf(deal);
  review(id, "Approved");
  await world.engine.sync();
  world.awsCalls();
  return { deal, id };
}

function editCrm(deal: string, fields: Readonly<Record<string, unknown>>): void {
  world.clock.advance(60_000);
  world.emulators.salesforce.edit("Opportunity", deal, fields);
  world.clock.advance(settled);
}

function editAws(id: string, fields: Readonly<Record<string, string>>): void {
  world.clock.advance(60_000);
  world.emulators.partnerCentral.edit({ object: "Opportunity", id, fields });
}

async function statesOf(deal: string): Promise<readonly string[]> {
  const link = await world.store.linkByCrmRef("opportunities", deal);
  return (await world.store.fieldStates(link?.id ?? "")).map(({ kind, path }) => `${kind} ${path}`);
}

describe("a new deal", () => {
  it("is created, associated, assigned and submitted once, and the CRM learns of it", async () => {
    const deal = createDeal(world);
    const report = await world.engine.sync();

    expect(report).toMatchObject({ created: 1, submitted: 1, held: 0, failed: 0 });
    const opportunity = world.opportunityOf(deal);
    expect(valueAt(opportunity, "LifeCycle.ReviewStatus")).toBe("Submitted");
    expect(valueAt(opportunity, "Customer.Account.CompanyName")).toBe("Globex");
    expect(valueAt(opportunity, "RelatedEntityIdentifiers.Solutions")).toEqual(["S-0001111"]);
    expect(world.record(deal)).toMatchObject({
      AWS_Opportunity_Id__c: opportunity["Id"],
      AWS_Review_Status__c: "Submitted",
      AWS_Sync_Status__c: "In step",
    });
    expect(world.awsCalls()).toEqual({
      ListOpportunities: 1,
      CreateOpportunity: 1,
      AssociateOpportunity: 1,
      AssignOpportunity: 1,
      StartEngagementFromOpportunityTask: 1,
      GetOpportunity: 1,
    });
  });

  it("costs nothing more once it is settled: no write, and one look for changes", async () => {
    createDeal(world);
    await world.engine.sync();
    world.awsCalls();
    const report = await world.engine.sync();

    expect(report).toMatchObject({ created: 0, submitted: 0, updated: 0, inboundUpdated: 0, crmWrites: 0 });
    expect(world.awsCalls()).toEqual({ ListOpportunities: 1 });
  });

  it("stays a draft while the mapping does not submit its stage, and is submitted when it moves on", async () => {
    const deal = createDeal(world, { StageName: "Prospecting" });
    expect(await world.engine.sync()).toMatchObject({ created: 1, submitted: 0 });
    expect(valueAt(world.opportunityOf(deal), "LifeCycle.ReviewStatus")).toBe("Pending Submission");

    editCrm(deal, { StageName: "Proposal/Price Quote" });
    expect(await world.engine.sync()).toMatchObject({ submitted: 1, failed: 0 });
    expect(valueAt(world.opportunityOf(deal), "LifeCycle.Stage")).toBe("Business Validation");
    expect(valueAt(world.opportunityOf(deal), "LifeCycle.ReviewStatus")).toBe("Submitted");
  });

  it("is held in CRM terms while something is missing, and goes out when it is filled", async () => {
    const deal = createDeal(world, { AWS_Business_Problem__c: "too short" });
    await world.engine.sync();
    const [reason] = await world.store.reasons("opportunities", 1);
    expect(reason?.reason).toContain("AWS_Business_Problem__c");
    expect(world.record(deal)["AWS_Sync_Status__c"]).toContain("AWS_Business_Problem__c");

    editCrm(deal, { AWS_Business_Problem__c: "Long enough to say what the problem is." });
    expect(await world.engine.sync()).toMatchObject({ submitted: 1, held: 0 });
  });

  it("is not shared when nobody marked it, nor when it was closed before", async () => {
    createDeal(world, { AWS_Cosell__c: false });
    createDeal(world, { StageName: "Closed Won" });
    expect(await world.engine.sync()).toMatchObject({ created: 0, failed: 0, held: 0 });
    expect(world.opportunities()).toEqual([]);
  });
});

describe("a review", () => {
  it("that approves is shown in the CRM", async () => {
    const { deal } = await approvedDeal();
    expect(world.record(deal)["AWS_Review_Status__c"]).toBe("Approved");
  });

  it("that sends the deal back is answered by the correction, and the deal is under review again", async () => {
    const deal = createDeal(world);
    await world.engine.sync();
    const id = world.idOf(deal);
    review(id, "Action Required", "Say more about the problem.");
    await world.engine.sync();
    expect(world.record(deal)).toMatchObject({
      AWS_Review_Status__c: "Action Required",
      AWS_Review_Comments__c: "Say more about the problem.",
    });

    editCrm(deal, { AWS_Business_Problem__c: "The customer cannot see its stock across shops, and loses sales." });
    await world.engine.sync();
    expect(valueAt(world.opportunityOf(deal), "LifeCycle.ReviewStatus")).toBe("Submitted");
    expect(world.record(deal)["AWS_Review_Status__c"]).toBe("Submitted");
  });
});

describe("a change in the CRM", () => {
  it("costs one Get and one Update", async () => {
    const { deal } = await approvedDeal();
    editCrm(deal, { AWS_Monthly_Spend__c: 20000 });
    expect(await world.engine.sync()).toMatchObject({ updated: 1, failed: 0 });
    expect(world.awsCalls()).toEqual({ ListOpportunities: 1, GetOpportunity: 1, UpdateOpportunity: 1 });
    expect(valueAt(world.opportunityOf(deal), "Project.ExpectedCustomerSpend")).toEqual([
      expect.objectContaining({ Amount: "20000" }),
    ]);
  });

  it("of a field that the mapping does not read costs no call", async () => {
    const { deal } = await approvedDeal();
    editCrm(deal, { LeadSource: "Web" });
    await world.engine.sync();
    expect(world.awsCalls()).toEqual({ ListOpportunities: 1 });
  });

  it("waits while AWS has the field locked, and goes out when the lock opens", async () => {
    const deal = createDeal(world);
    await world.engine.sync();
    const id = world.idOf(deal);
    editCrm(deal, { AWS_Monthly_Spend__c: 31000 });
    expect(await world.engine.sync()).toMatchObject({ updated: 0, deferred: 1, failed: 0 });
    expect(await statesOf(deal)).toEqual(["deferred Project.ExpectedCustomerSpend"]);
    expect(world.record(deal)["AWS_Sync_Status__c"]).toContain("AWS_Monthly_Spend__c");

    review(id, "Approved");
    expect(await world.engine.sync()).toMatchObject({ updated: 1, deferred: 0 });
    expect(JSON.stringify(valueAt(world.opportunityOf(deal), "Project.ExpectedCustomerSpend"))).toContain("31000");
    expect(world.record(deal)["AWS_Sync_Status__c"]).toBe("In step");
  });

  it("of a field that stays locked for good is explained, not retried", async () => {
    const { deal } = await approvedDeal();
    editCrm(deal, { Name: "Another name" });
    expect(await world.engine.sync()).toMatchObject({ deferred: 1, failed: 0 });
    world.awsCalls();
    await world.engine.sync();
    expect(world.awsCalls()).toEqual({ ListOpportunities: 1 });
    expect(await statesOf(deal)).toEqual(["deferred Project.Title"]);
  });

  it("of the solutions attaches the new one before it detaches the old one", async () => {
    const { deal } = await approvedDeal();
    editCrm(deal, { AWS_Solutions__c: "S-0001112" });
    await world.engine.sync();
    expect(valueAt(world.opportunityOf(deal), "RelatedEntityIdentifiers.Solutions")).toEqual(["S-0001112"]);
    const operations = world.emulators.requests.since(0).map(({ operation }) => operation);
    expect(operations.lastIndexOf("AssociateOpportunity")).toBeLessThan(operations.indexOf("DisassociateOpportunity"));
  });

  it("that closes the deal as lost brings its reason along", async () => {
    const { deal } = await approvedDeal();
    editCrm(deal, { StageName: "Closed Lost", Loss_Reason__c: "Price" });
    expect(await world.engine.sync()).toMatchObject({ updated: 1, failed: 0 });
    expect(valueAt(world.opportunityOf(deal), "LifeCycle.Stage")).toBe("Closed Lost");
    expect(valueAt(world.opportunityOf(deal), "LifeCycle.ClosedLostReason")).toBe("Price");
  });
});

describe("a change at AWS", () => {
  it("comes back into the CRM field behind it, once", async () => {
    const { deal, id } = await approvedDeal();
    editAws(id, { "LifeCycle.TargetCloseDate": "2027-06-30" });
    expect(await world.engine.sync()).toMatchObject({ inboundUpdated: 1, updated: 0 });
    expect(world.record(deal)["CloseDate"]).toBe("2027-06-30");
    world.awsCalls();
    expect(await world.engine.sync()).toMatchObject({ inboundUpdated: 0, updated: 0, crmWrites: 0 });
    expect(world.awsCalls()).toEqual({ ListOpportunities: 1 });
  });

  it("of AWS's own view is mirrored", async () => {
    const { deal, id } = await approvedDeal();
    world.clock.advance(60_000);
    world.emulators.partnerCentral.edit({
      object: "AwsOpportunitySummary",
      id,
      fields: { "LifeCycle.Stage": "Engaged" },
    });
    editAws(id, { "LifeCycle.NextSteps": "AWS calls the customer" });
    await world.engine.sync();
    expect(world.record(deal)).toMatchObject({
      AWS_Seller_Stage__c: "Engaged",
      NextStep: "AWS calls the customer",
    });
  });

  it("of a field that has no way back is repaired where the CRM has authority", async () => {
    const { deal, id } = await approvedDeal();
    editAws(id, { "Project.AdditionalComments": "typed over" });
    editCrm(deal, { AWS_Additional_Comments__c: "ours" });
    await world.engine.sync();
    editAws(id, { "Project.AdditionalComments": "typed over again" });
    await world.engine.sync();
    expect(valueAt(world.opportunityOf(deal), "Project.AdditionalComments")).toBe("ours");
  });
});

describe("a true conflict", () => {
  it("waits for a person where the mapping says ask: nothing is written on either side", async () => {
    const { deal, id } = await approvedDeal();
    editAws(id, { "LifeCycle.NextSteps": "theirs" });
    editCrm(deal, { NextStep: "ours" });
    expect(await world.engine.sync()).toMatchObject({ conflicts: 1, updated: 0, failed: 0 });
    expect(world.record(deal)["NextStep"]).toBe("ours");
    expect(valueAt(world.opportunityOf(deal), "LifeCycle.NextSteps")).toBe("theirs");
  });

  it("goes to AWS where AWS has authority", async () => {
    const { deal, id } = await approvedDeal();
    editAws(id, { "LifeCycle.TargetCloseDate": "2027-08-01" });
    editCrm(deal, { CloseDate: "2027-07-01" });
    expect(await world.engine.sync()).toMatchObject({ conflicts: 0, inboundUpdated: 1, updated: 0 });
    expect(world.record(deal)["CloseDate"]).toBe("2027-08-01");
  });

  it("of two fields on one deal is settled field by field: neither side loses its own", async () => {
    const { deal, id } = await approvedDeal();
    editAws(id, { "LifeCycle.TargetCloseDate": "2027-08-01" });
    editCrm(deal, { AWS_Additional_Comments__c: "ours" });
    await world.engine.sync();
    expect(world.record(deal)["CloseDate"]).toBe("2027-08-01");
    expect(valueAt(world.opportunityOf(deal), "Project.AdditionalComments")).toBe("ours");
  });
});

describe("what is lost or taken away", () => {
  it("a deleted CRM record leaves the opportunity as it is, and says so", async () => {
    const { deal } = await approvedDeal();
    world.clock.advance(60_000);
    world.emulators.salesforce.remove("Opportunity", deal);
    world.clock.advance(settled);
    expect(await world.engine.sync()).toMatchObject({ orphaned: 1, updated: 0, failed: 0 });
    expect(world.opportunities()).toHaveLength(1);
    expect(await statesOf(deal)).toEqual(["held "]);
  });

  it("a lost state file leads to no second opportunity: links are found again from both sides", async () => {
    const { deal, id } = await approvedDeal();
    world.clock.advance(settled);
    const fresh = await world.withoutState();
    expect(await fresh.engine.sync()).toMatchObject({ created: 0, failed: 0, conflicts: 0 });
    expect(world.opportunities()).toHaveLength(1);
    expect((await fresh.store.linkByCrmRef("opportunities", deal))?.opportunityId).toBe(id);
  });

  it("a state file lost before the CRM knew the id leads to none either", async () => {
    const deal = createDeal(world);
    await world.engine.sync();
    editCrm(deal, { AWS_Opportunity_Id__c: null });
    const fresh = await world.withoutState();
    await fresh.engine.sync();
    expect(world.opportunities()).toHaveLength(1);
    expect(world.record(deal)["AWS_Opportunity_Id__c"]).toBe(world.opportunityOf(deal)["Id"]);
  });

  it("a cloned deal that brought the id along is held: one opportunity never gets two records", async () => {
    const { id } = await approvedDeal();
    const clone = createDeal(world, { Name: "Clone" });
    world.emulators.salesforce.configure({ validationRules: [] });
    const taken = (): void => world.emulators.salesforce.edit("Opportunity", clone, { AWS_Opportunity_Id__c: id });
    expect(taken).toThrow(/duplicate|unique/i);
  });
});
