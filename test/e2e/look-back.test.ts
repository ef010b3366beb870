import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import type { Connection } from "@cosell/connector";
import { valueAt } from "@cosell/core";
import type { PartnerCentral } from "@cosell/partner-central";
import { createDeal, settled, startWorld, type World } from "./support/world.ts";

const sync = "opportunities";
const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const oneRead = { GetOpportunity: 1, GetAwsOpportunitySummary: 1 };

let world: World;
beforeEach(async () => {
  // Without the slow sweep: only the look back finds what was missed.
  world = (await startWorld()).withEngine({ engine: { sweep: { links: 0 } } });
});
afterEach(() => world.close());

const at = (deal: string, path: string) => valueAt(world.opportunityOf(deal), path);
const linkOf = (deal: string) => world.store.linkByCrmRef(sync, deal);
const cursors = () => Promise.all(["crm", "aws"].map((source) => world.store.cursor(sync, source)));
const ago = (milliseconds: number): string => new Date(world.clock.now() - milliseconds).toISOString();

async function approvedDeal(name: string): Promise<string> {
  const deal = createDeal(world, { Name: name });
  await world.engine.sync();
  world.clock.advance(minute);
  world.emulators.partnerCentral.review({ opportunity: world.idOf(deal), status: "Approved" });
  await world.engine.sync();
  return deal;
}

function editCrm(deal: string, fields: Readonly<Record<string, unknown>>): void {
  world.emulators.salesforce.edit("Opportunity", deal, fields);
  world.clock.advance(settled);
}

function editAws(deal: string, fields: Readonly<Record<string, string>>): void {
  world.emulators.partnerCentral.edit({ object: "Opportunity", id: world.idOf(deal), fields });
  world.clock.advance(settled);
}

/** A sync to which neither side tells of a deal that has changed, longer ago than any overlap reaches back. */
async function syncThatMisses(deal: string): Promise<void> {
  world.clock.advance(hour);
  const id = world.idOf(deal);
  const connection: Connection = {
    ...world.connection,
    changes: async (request) => {
      const page = await world.connection.changes(request);
      return page.cursorLost ? page : { ...page, changes: page.changes.filter(({ ref }) => ref !== deal) };
    },
  };
  const partnerCentral: PartnerCentral = {
    ...world.partnerCentral,
    async *listOpportunities(filter, options) {
      for await (const page of world.partnerCentral.listOpportunities(filter, options))
        yield page.filter(({ Id }) => Id !== id);
    },
  };
  await world.withEngine({ sync: { connection }, engine: { partnerCentral } }).engine.sync();
  world.clock.advance(hour);
}

describe("sync with since", () => {
  it("finds what was missed on both sides, and leaves the cursors and the other deals as they are", async () => {
    const missed = await approvedDeal("One");
    const other = await approvedDeal("Two");
    editCrm(missed, { NextStep: "missed in the CRM" });
    editAws(missed, { "LifeCycle.TargetCloseDate": "2027-09-30" });
    // AWS's list goes on from the newest stamp that was seen.
    world.clock.advance(hour);
    editAws(other, { "LifeCycle.TargetCloseDate": "2027-06-30" });
    await syncThatMisses(missed);
    expect(await world.engine.sync()).toMatchObject({ updated: 0, inboundUpdated: 0 });
    expect(at(missed, "LifeCycle.NextSteps")).toBe("Send the proposal");
    const [, watermark = ""] = await cursors();

    const report = await world.engine.sync({ since: ago(day) });
    expect(report.lookedBack).toMatchObject({ crmRecords: 2, opportunities: 2, wholeCrm: false });
    expect(at(missed, "LifeCycle.NextSteps")).toBe("missed in the CRM");
    expect(world.record(missed)["CloseDate"]).toBe("2027-09-30");
    expect(Date.parse((await cursors())[1] ?? "")).toBeGreaterThanOrEqual(Date.parse(watermark));
    world.clock.advance(hour);
    await world.engine.sync();
    world.clock.advance(hour);
    world.awsCalls();
    expect(await world.engine.sync()).toMatchObject({ records: 0 });
    expect(world.awsCalls()).toEqual({ ListOpportunities: 1 });
  });

  it("costs an unchanged deal its reads alone, and a deal that did not change since nothing", async () => {
    await approvedDeal("Long ago");
    world.clock.advance(2 * day);
    await approvedDeal("Lately");
    world.clock.advance(2 * hour);
    await world.engine.sync();
    world.awsCalls();
    const report = await world.engine.sync({ since: ago(day) });
    expect(report).toMatchObject({
      ...{ records: 1, unchanged: 1, crmWrites: 0, awsCalls: { writes: 0 } },
      lookedBack: { crmRecords: 1, opportunities: 1, wholeCrm: false },
    });
    expect(world.awsCalls()).toEqual({ ListOpportunities: 1, ...oneRead });
  });

  it("does what a sync would do anyway, whatever the time", async () => {
    const deal = await approvedDeal("One");
    editCrm(deal, { NextStep: "before that time" });
    world.clock.advance(3 * hour);
    expect(await world.engine.sync({ since: ago(minute) })).toMatchObject({ updated: 1 });
    expect(at(deal, "LifeCycle.NextSteps")).toBe("before that time");
  });

  it("finds a record that went unnoticed", async () => {
    const deal = await approvedDeal("One");
    world.emulators.salesforce.remove("Opportunity", deal);
    world.clock.advance(settled);
    await syncThatMisses(deal);
    await world.engine.sync();
    expect(await linkOf(deal)).toMatchObject({ status: "linked" });
    await world.engine.sync({ since: ago(day) });
    expect(await linkOf(deal)).toMatchObject({ status: "orphaned" });
  });

  it("looks at everything, and says so, when the CRM no longer tells so long ago", async () => {
    const [gone, kept] = [await approvedDeal("One"), await approvedDeal("Two")];
    world.emulators.salesforce.remove("Opportunity", gone);
    world.clock.advance(settled);
    await syncThatMisses(gone);
    await world.engine.sync();
    world.clock.advance(10 * day);
    await world.engine.sync();
    world.clock.advance(10 * day);
    await world.engine.sync();
    const report = await world.engine.sync({ since: ago(30 * day) });
    expect(report.lookedBack).toMatchObject({ wholeCrm: true, crmRecords: 1, opportunities: 2 });
    expect(await linkOf(gone)).toMatchObject({ status: "orphaned" });
    expect(await linkOf(kept)).toMatchObject({ status: "linked" });
  });

  it("writes to one side alone when that is asked for, and leaves the rest marked", async () => {
    const deal = await approvedDeal("One");
    editCrm(deal, { NextStep: "ours" });
    await syncThatMisses(deal);
    await world.engine.sync({ since: ago(day), only: "inbound" });
    expect(at(deal, "LifeCycle.NextSteps")).toBe("Send the proposal");
    expect(await world.engine.sync()).toMatchObject({ updated: 1 });
    expect(at(deal, "LifeCycle.NextSteps")).toBe("ours");
  });
});

describe("a feed that lost its place", () => {
  it("does not hide that a record is gone", async () => {
    const [gone, kept] = [await approvedDeal("One"), await approvedDeal("Two")];
    world.emulators.salesforce.remove("Opportunity", gone);
    // Salesforce shows what was deleted for fifteen days.
    world.clock.advance(20 * day);
    await world.engine.sync();
    expect(await linkOf(gone)).toMatchObject({ status: "orphaned" });
    expect(await linkOf(kept)).toMatchObject({ status: "linked" });
  });
});
