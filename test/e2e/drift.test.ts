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

/** A deal that AWS has approved, and both sides agree. */
async function approvedDeal(fields: Parameters<typeof createDeal>[1] = {}): Promise<{ deal: string; id: string }> {
  const deal = createDeal(world, fields);
  await world.engine.sync();
  const id = world.idOf(deal);
  world.clock.advance(3_600_000);
  world.emulators.partnerCentral.review({ opportunity: id, status: "Approved" });
  await world.engine.sync();
  return { deal, id };
}

/** Changes an opportunity without a word: its stamp stays, and nobody is told. */
function changeSilently(id: string, nextSteps: string): void {
  const { partnerCentral } = world.emulators;
  const before = partnerCentral.state();
  const spaces = Object.entries(before.spaces).map(([name, space]) => {
    const opportunities = Object.entries(space.opportunities).map(([key, one]) => {
      const lifeCycle = { ...one.body["LifeCycle"], NextSteps: nextSteps };
      return [key, one.id === id ? { ...one, body: { ...one.body, LifeCycle: lifeCycle } } : one];
    });
    return [name, { ...space, opportunities: Object.fromEntries(opportunities) as typeof space.opportunities }];
  });
  partnerCentral.load({ ...before, spaces: Object.fromEntries(spaces) as typeof before.spaces });
}

async function causes(): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const { differences } of world.engine.drift()) {
    for (const { path, cause } of differences) found.push(`${cause} ${path}`);
  }
  return found;
}

describe("drift", () => {
  it("finds nothing where both sides agree, for one read a deal, and writes nowhere", async () => {
    const { deal, id } = await approvedDeal();
    const before = { record: world.record(deal), opportunity: world.opportunityOf(deal) };
    world.awsCalls();
    expect(await causes()).toEqual([]);
    expect(world.awsCalls()).toEqual({ ListOpportunities: 1, GetOpportunity: 1 });
    expect({ record: world.record(deal), opportunity: world.opportunityOf(deal) }).toEqual(before);
    expect(world.idOf(deal)).toBe(id);
  });

  it("tells a change that nobody noticed from one that waits for the next sync", async () => {
    const { deal, id } = await approvedDeal();
    changeSilently(id, "nobody noticed");
    expect(await causes()).toEqual(["real LifeCycle.NextSteps"]);

    world.emulators.salesforce.edit("Opportunity", deal, { AWS_Additional_Comments__c: "new" });
    world.clock.advance(settled);
    expect(await causes()).toEqual(["pending Project.AdditionalComments", "pending LifeCycle.NextSteps"]);
  });

  it("is mended by the sync after its link is marked", async () => {
    const { deal, id } = await approvedDeal();
    changeSilently(id, "nobody noticed");
    const link = await world.store.linkByCrmRef("opportunities", deal);
    expect(await world.store.markLinks([link?.id ?? ""], "drift")).toBe(1);
    await world.engine.sync();
    expect(world.record(deal)["NextStep"]).toBe("nobody noticed");
    expect(await causes()).toEqual([]);
  });

  it("names deferred fields and conflicts as what they are", async () => {
    const { deal, id } = await approvedDeal();
    world.clock.advance(60_000);
    world.emulators.partnerCentral.edit({ object: "Opportunity", id, fields: { "LifeCycle.NextSteps": "theirs" } });
    world.emulators.salesforce.edit("Opportunity", deal, { NextStep: "ours", Name: "Another name" });
    world.clock.advance(settled);
    await world.engine.sync();
    expect((await causes()).toSorted()).toEqual(["conflict LifeCycle.NextSteps", "deferred Project.Title"]);
  });

  it("tells a deal whose record is gone as one difference", async () => {
    const { deal } = await approvedDeal();
    world.emulators.salesforce.remove("Opportunity", deal);
    world.clock.advance(settled);
    await world.engine.sync();
    expect(await causes()).toEqual(["held "]);
  });
});

describe("adopt", () => {
  it("after the state is lost, rebuilds every link from both sides and creates nothing", async () => {
    const first = await approvedDeal();
    const second = createDeal(world, { Name: "Without its id" });
    await world.engine.sync();
    // One link is known in the CRM, the other by the identifier at AWS only.
    world.emulators.salesforce.edit("Opportunity", second, { AWS_Opportunity_Id__c: null });
    world.clock.advance(settled);
    const fresh = await world.withoutState();

    const found = await fresh.engine.findAdoptions();
    expect(found.exact.map(({ crmRef, by }) => [crmRef, by])).toEqual([
      [first.deal, "stored-id"],
      [second, "identifier"],
    ]);
    expect(found).toMatchObject({ proposals: [], problems: [], unmatchedRecords: 0, unmatchedOpportunities: 0 });
    world.awsCalls();
    expect(await fresh.engine.adopt(found.exact)).toMatchObject({ refused: [] });
    expect((await fresh.store.linkByCrmRef("opportunities", first.deal))?.opportunityId).toBe(first.id);
    expect(await fresh.engine.sync()).toMatchObject({ created: 0, updated: 0, failed: 0, conflicts: 0 });
    expect(world.awsCalls()).not.toHaveProperty("CreateOpportunity");
    expect((await fresh.engine.findAdoptions()).exact).toEqual([]);
  });

  it("does not clear what only one side holds, and judges by authority what both hold", async () => {
    const { deal, id } = await approvedDeal({ AWS_Additional_Comments__c: "only here before" });
    world.emulators.salesforce.edit("Opportunity", deal, { AWS_Additional_Comments__c: null, CloseDate: "2027-05-05" });
    world.clock.advance(settled);
    const fresh = await world.withoutState();
    await fresh.engine.adopt((await fresh.engine.findAdoptions()).exact);
    await fresh.engine.sync();
    expect(valueAt(world.opportunityOf(deal), "Project.AdditionalComments")).toBe("only here before");
    // The mapping gives AWS authority over the close date.
    expect(world.record(deal)["CloseDate"]).toBe(valueAt(world.opportunityOf(deal), "LifeCycle.TargetCloseDate"));
    expect(world.idOf(deal)).toBe(id);
  });

  it("proposes by website and title what carries no id, and links only what is approved", async () => {
    const deal = createDeal(world);
    await world.engine.sync();
    const id = world.idOf(deal);
    // The same customer, the record's ids gone on both sides.
    world.emulators.salesforce.edit("Opportunity", deal, { AWS_Opportunity_Id__c: null });
    world.emulators.partnerCentral.edit({
      object: "Opportunity",
      id,
      fields: { PartnerOpportunityIdentifier: "old-crm-17" },
    });
    createDeal(world, { Name: "Quite another matter" });
    const fresh = await world.withoutState();

    const found = await fresh.engine.findAdoptions();
    expect(found.exact).toEqual([]);
    expect(found.proposals).toEqual([
      expect.objectContaining({ crmRef: deal, opportunityId: id, by: "similar", score: 1 }),
    ]);
    expect(found.proposals[0]?.why).toContain("globex.example");
    expect(found.unmatchedRecords).toBe(1);
    expect((await fresh.store.linkByCrmRef("opportunities", deal))?.opportunityId).toBeUndefined();

    const mistyped = found.proposals.map((pair) => ({ ...pair, opportunityId: "O9999999" }));
    expect(await fresh.engine.adopt(mistyped)).toMatchObject({
      linked: [],
      refused: [{ why: expect.stringContaining("O9999999") }],
    });
    expect(await fresh.engine.adopt(found.proposals)).toMatchObject({ linked: [{ crmRef: deal }], refused: [] });
    expect((await fresh.store.linkByCrmRef("opportunities", deal))?.opportunityId).toBe(id);
  });
});
