import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { valueAt } from "@cosell/core";
import type { FaultKind } from "@cosell/emulator";
import { createDeal, settled, startWorld, type World } from "./support/world.ts";

let world: World;
beforeEach(async () => {
  world = await startWorld();
});
afterEach(async () => {
  await world.close();
});

const kinds: readonly FaultKind[] = [
  "throttle",
  "server-error",
  "server-error-after-commit",
  "reset-before-commit",
  "reset-after-commit",
  "truncated-body",
];
const firstSync = [
  "ListOpportunities",
  "CreateOpportunity",
  "AssociateOpportunity",
  "AssignOpportunity",
  "StartEngagementFromOpportunityTask",
  "GetOpportunity",
  "composite",
];

/** Everything that must hold after a first sync, whatever happened on the way. */
async function submittedOnce(deal: string): Promise<void> {
  expect(world.opportunities()).toHaveLength(1);
  const opportunity = world.opportunityOf(deal);
  expect(valueAt(opportunity, "LifeCycle.ReviewStatus")).toBe("Submitted");
  expect(valueAt(opportunity, "RelatedEntityIdentifiers.Solutions")).toEqual(["S-0001111"]);
  expect(world.record(deal)).toMatchObject({
    AWS_Opportunity_Id__c: opportunity["Id"],
    AWS_Review_Status__c: "Submitted",
    AWS_Sync_Status__c: "In step",
  });
  expect(await world.store.counts("opportunities")).toMatchObject({ failed: 0, dirty: 0, pendingCalls: 0 });
}

/** A later run, as a scheduler would start it: what waits for its time has its time. */
async function syncAgain(): Promise<void> {
  world.clock.advance(600_000);
  await world.engine.sync();
}

describe("a first sync", () => {
  describe.each(firstSync)("with %s", (operation) => {
    it.each(kinds)("hit by %s once ends as if nothing had happened", async (kind) => {
      const deal = createDeal(world);
      world.emulators.faults.add({ kind, operation, times: 1 });
      await world.engine.sync();
      await syncAgain();
      await submittedOnce(deal);
      expect(world.emulators.faults.rules()).toEqual([]);
    });
  });

  it("survives a bad hour at AWS: every third call fails, half of them after they took effect", async () => {
    const deals = Array.from({ length: 5 }, (_, index) => createDeal(world, { Name: `Deal ${index}` }));
    world.emulators.faults.set([
      { server: "partnerCentralSelling", kind: "reset-after-commit", probability: 0.15 },
      { server: "partnerCentralSelling", kind: "server-error", probability: 0.15 },
      { server: "partnerCentralSelling", kind: "throttle", probability: 0.1 },
    ]);
    for (let run = 0; run < 6; run += 1) {
      await world.engine.sync().catch(() => undefined);
      world.clock.advance(600_000);
    }
    world.emulators.faults.clear();
    await syncAgain();
    expect(world.opportunities()).toHaveLength(deals.length);
    for (const deal of deals) {
      expect(valueAt(world.opportunityOf(deal), "LifeCycle.ReviewStatus")).toMatch(/Submitted|In review/);
    }
    expect((await world.store.counts()).failed).toBe(0);
  });

  it("finishes a submission that takes AWS a while", async () => {
    world.emulators.partnerCentral.configure({ taskDelayMs: 20_000 });
    const deal = createDeal(world);
    await world.engine.sync();
    await submittedOnce(deal);
  });

  it("leaves a submission that takes AWS long for a later run, and starts no second one", async () => {
    world.emulators.partnerCentral.configure({ taskDelayMs: 1_200_000 });
    const deal = createDeal(world);
    await world.engine.sync();
    expect((await world.store.counts()).pendingCalls).toBe(1);
    world.clock.advance(1_800_000);
    await world.engine.sync();
    expect(valueAt(world.opportunityOf(deal), "LifeCycle.ReviewStatus")).toMatch(/Submitted|In review/);
    expect(world.emulators.partnerCentral.state()).toBeDefined();
    expect((await world.store.counts()).pendingCalls).toBe(0);
  });

  it("does not take AWS's read-after-create lag for a lost opportunity", async () => {
    world.emulators.partnerCentral.configure({ readAfterCreateLagMs: 3000 });
    const deal = createDeal(world);
    await world.engine.sync();
    await syncAgain();
    expect(world.opportunities()).toHaveLength(1);
    expect((await world.store.linkByCrmRef("opportunities", deal))?.status).toBe("linked");
  });
});

describe("an update", () => {
  it.each(kinds)("hit by %s once ends as if nothing had happened", async (kind) => {
    const deal = createDeal(world);
    await world.engine.sync();
    world.clock.advance(3_600_000);
    const id = world.idOf(deal);
    world.emulators.partnerCentral.review({ opportunity: id, status: "Approved" });
    await world.engine.sync();
    world.emulators.salesforce.edit("Opportunity", deal, { AWS_Monthly_Spend__c: 20000 });
    world.clock.advance(settled);
    world.emulators.faults.add({ kind, operation: "UpdateOpportunity", times: 1 });

    await world.engine.sync();
    await syncAgain();
    expect(JSON.stringify(valueAt(world.opportunityOf(deal), "Project.ExpectedCustomerSpend"))).toContain("20000");
    expect(await world.store.counts()).toMatchObject({ failed: 0, conflicts: 0, dirty: 0 });
  });

  it("never overwrites what a person changed at AWS between our read and our write", async () => {
    const deal = createDeal(world);
    await world.engine.sync();
    world.clock.advance(3_600_000);
    const id = world.idOf(deal);
    world.emulators.partnerCentral.review({ opportunity: id, status: "Approved" });
    await world.engine.sync();
    world.emulators.salesforce.edit("Opportunity", deal, { AWS_Monthly_Spend__c: 20000 });
    world.clock.advance(settled);
    // A person is quicker than our write: the first update finds another version.
    let edited = false;
    const { faults } = world.emulators;
    const strike = faults.strike.bind(faults);
    faults.strike = (server, operation) => {
      if (operation === "UpdateOpportunity" && !edited) {
        edited = true;
        world.clock.advance(1000);
        world.emulators.partnerCentral.edit({ object: "Opportunity", id, fields: { "LifeCycle.NextSteps": "theirs" } });
      }
      return strike(server, operation);
    };
    await world.engine.sync();
    expect(edited).toBe(true);
    expect(valueAt(world.opportunityOf(deal), "LifeCycle.NextSteps")).toBe("theirs");
    expect(world.record(deal)["NextStep"]).toBe("theirs");
    expect(JSON.stringify(valueAt(world.opportunityOf(deal), "Project.ExpectedCustomerSpend"))).toContain("20000");
  });
});

describe("what stops a run", () => {
  it("refused credentials stop it with one clear error, and a later run goes on", async () => {
    const deal = createDeal(world);
    world.emulators.faults.add({ kind: "expired-token", operation: "CreateOpportunity", times: 1 });
    await expect(world.engine.sync()).rejects.toMatchObject({ failure: { kind: "auth" } });
    expect(world.opportunities()).toEqual([]);
    await syncAgain();
    await submittedOnce(deal);
  });

  it("a CRM field that is gone stops it and names the field", async () => {
    createDeal(world);
    world.emulators.salesforce.configure({ removedFields: ["Opportunity.AWS_Use_Case__c"] });
    await expect(world.engine.sync()).rejects.toThrow(/AWS_Use_Case__c/);
    expect(world.opportunities()).toEqual([]);
  });

  it("AWS refusing one deal's values parks that deal in CRM terms and goes on with the others", async () => {
    const bad = createDeal(world, { Name: "Bad", AWS_Solutions__c: "S-9999999" });
    const good = createDeal(world, { Name: "Good" });
    expect(await world.engine.sync()).toMatchObject({ failed: 1, submitted: 1 });
    const failures = [];
    for await (const failure of world.store.failures()) failures.push(failure);
    expect(failures.map(({ crmRef, failure }) => [crmRef, failure.kind])).toEqual([[bad, "invalid"]]);
    expect(valueAt(world.opportunityOf(good), "LifeCycle.ReviewStatus")).toBe("Submitted");
    expect(world.record(bad)["AWS_Sync_Status__c"]).toMatch(/^Failed: AWS refused/);

    // Our own word in the CRM comes back as a change: it is no reason to ask AWS again.
    world.clock.advance(settled);
    world.awsCalls();
    await world.engine.sync();
    await world.engine.sync();
    expect(world.awsCalls()["AssociateOpportunity"]).toBeUndefined();

    world.emulators.salesforce.edit("Opportunity", bad, { AWS_Solutions__c: "S-0001111" });
    world.clock.advance(settled);
    expect(await world.engine.sync()).toMatchObject({ failed: 0, submitted: 1 });
    expect(world.record(bad)["AWS_Sync_Status__c"]).toBe("In step");
  });

  it("a person who names the record has a parked deal tried again at once", async () => {
    const deal = createDeal(world, { AWS_Solutions__c: "S-9999999" });
    await world.engine.sync();
    world.awsCalls();
    await world.engine.sync({ records: [deal.slice(0, 15)] });
    expect(world.awsCalls()["AssociateOpportunity"]).toBe(1);
  });
});
