import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import type { Connection } from "@cosell/connector";
import { valueAt } from "@cosell/core";
import type { Alarm } from "@cosell/engine";
import { createDeal, settled, startWorld, type World } from "./support/world.ts";

const sync = "opportunities";
let world: World;
let alarms: Alarm[];
beforeEach(async () => {
  alarms = [];
  world = (await startWorld()).withEngine({ engine: { onAlarm: (alarm) => alarms.push(alarm) } });
});
afterEach(() => world.close());

const hour = 3_600_000;
const org = () => world.emulators.salesforce;
const linkOf = (deal: string) => world.store.linkByCrmRef(sync, deal);
const at = (deal: string, path: string) => valueAt(world.opportunityOf(deal), path);

function review(deal: string, status: "Approved" | "Action Required" | "Rejected", comments?: string): void {
  world.clock.advance(hour);
  const said = comments === undefined ? {} : { comments };
  world.emulators.partnerCentral.review({ opportunity: world.idOf(deal), status, ...said });
}

async function editCrm(deal: string, fields: Readonly<Record<string, unknown>>): Promise<void> {
  world.clock.advance(60_000);
  org().edit("Opportunity", deal, fields);
  world.clock.advance(settled);
  await world.engine.sync();
}

async function approvedDeal(fields: Parameters<typeof createDeal>[1] = {}): Promise<string> {
  const deal = createDeal(world, fields);
  await world.engine.sync();
  review(deal, "Approved");
  await world.engine.sync();
  return deal;
}

describe("a record that is deleted", () => {
  it("leaves the opportunity at AWS, tells a person once, and takes up where it was when it is restored", async () => {
    const deal = await approvedDeal();
    world.clock.advance(60_000);
    org().remove("Opportunity", deal);
    world.clock.advance(settled);
    world.awsCalls();
    await world.engine.sync();
    await world.engine.sync();
    expect(await linkOf(deal)).toMatchObject({ status: "orphaned" });
    expect(alarms).toEqual([{ kind: "record-gone", crmRef: deal, opportunityId: world.idOf(deal) }]);
    expect(world.awsCalls()).not.toHaveProperty("UpdateOpportunity");

    world.clock.advance(60_000);
    org().undelete("Opportunity", deal);
    world.clock.advance(settled);
    await world.engine.sync();
    expect(await linkOf(deal)).toMatchObject({ status: "linked" });
    await editCrm(deal, { AWS_Additional_Comments__c: "Back again." });
    expect(at(deal, "Project.AdditionalComments")).toBe("Back again.");
    expect(world.opportunities()).toHaveLength(1);
  });
});

/** A CRM that can merge deals, which Salesforce cannot: the feed and the reads say so of two records. */
function merging(honest: Connection, loser: string, survivor: string): Connection {
  return {
    ...honest,
    changes: async (request) => {
      const page = await honest.changes(request);
      if (page.cursorLost === true) return page;
      return { ...page, changes: [...page.changes, { kind: "merge", ref: loser, survivor }] };
    },
    read: async (request) =>
      (await honest.read(request)).map((result) =>
        result.ref === loser ? { status: "merged", ref: loser, survivor } : result,
      ),
  };
}

describe("a record that is merged into another", () => {
  it("hands its opportunity over to the survivor", async () => {
    const loser = await approvedDeal();
    const id = world.idOf(loser);
    const survivor = createDeal(world, { Name: "The better one" });
    org().remove("Opportunity", loser);
    world.clock.advance(settled);
    const merged = world.withEngine({ sync: { connection: merging(world.connection, loser, survivor) } });
    expect(await merged.engine.sync()).toMatchObject({ created: 0, failed: 0 });
    await merged.engine.sync();

    expect(world.opportunities()).toHaveLength(1);
    const link = await linkOf(survivor);
    expect(link).toMatchObject({ opportunityId: id, status: "linked" });
    expect(world.record(survivor)["AWS_Opportunity_Id__c"]).toBe(id);
    expect((await world.store.journal(link?.id ?? "")).map(({ kind }) => kind)).toContain("moved");
  });

  it("hands it over too where the CRM tells of a delete alone, and the survivor has taken the id of the opportunity", async () => {
    const [loser, survivor] = [await approvedDeal(), createDeal(world, { AWS_Cosell__c: false })];
    const id = world.idOf(loser);
    await world.engine.sync();
    world.clock.advance(60_000);
    org().remove("Opportunity", loser);
    const taken = { AWS_Cosell__c: true, AWS_Opportunity_Id__c: id, AWS_Additional_Comments__c: "After the merge." };
    await editCrm(survivor, taken);

    expect(world.opportunities()).toHaveLength(1);
    expect(await linkOf(survivor)).toMatchObject({ opportunityId: id, status: "linked" });
    expect(await linkOf(loser)).toBeUndefined();
    expect(world.opportunities()).toMatchObject([{ Id: id, Project: { AdditionalComments: "After the merge." } }]);
    expect(world.record(survivor)["AWS_Review_Status__c"]).toBe("Approved");
    expect((await world.engine.sync()).failed).toBe(0);
  });

  it("is held, as the survivor is, when each has an opportunity: nothing moves, and both say so until one is closed", async () => {
    const [loser, survivor] = [await approvedDeal(), await approvedDeal({ Name: "The other one" })];
    const merged = world.withEngine({ sync: { connection: merging(world.connection, loser, survivor) } });
    await merged.engine.sync();
    await merged.engine.sync();
    for (const deal of [loser, survivor]) {
      const link = await linkOf(deal);
      expect(link?.opportunityId).toBe(world.idOf(deal));
      expect(await world.store.fieldStates(link?.id ?? "")).toEqual([
        expect.objectContaining({ path: "", kind: "held", code: "merged-deals" }),
      ]);
    }
  });
});

describe("an opportunity that AWS no longer shows", () => {
  it("is lost, told once, never created again, and found again when AWS shows it again", async () => {
    const deal = await approvedDeal();
    const before = world.emulators.partnerCentral.state();
    const copy = JSON.parse(JSON.stringify(before)) as typeof before;
    world.emulators.partnerCentral.reset();
    await editCrm(deal, { AWS_Additional_Comments__c: "Still there?" });
    await world.engine.sync();
    expect(await linkOf(deal)).toMatchObject({ status: "lost" });
    expect(alarms).toMatchObject([{ kind: "opportunity-gone", crmRef: deal }]);
    expect(world.opportunities()).toEqual([]);

    world.emulators.partnerCentral.load(copy);
    await world.engine.sync();
    expect(await linkOf(deal)).toMatchObject({ status: "linked" });
    expect(at(deal, "Project.AdditionalComments")).toBe("Still there?");
  });
});

describe("a deal's life", () => {
  it("goes to a new owner at AWS when it does in the CRM", async () => {
    const deal = await approvedDeal();
    const owner = org().create("User", {
      ...{ Username: "kim@partner.example", FirstName: "Kim", LastName: "Ito", Email: "kim@partner.example" },
    });
    world.awsCalls();
    await editCrm(deal, { OwnerId: owner });
    expect(world.awsCalls()).toMatchObject({ AssignOpportunity: 1 });
    expect(JSON.stringify(world.opportunityOf(deal)["OpportunityTeam"])).toContain("kim@partner.example");
  });

  it("is sent back by AWS, corrected in the CRM, and under review again", async () => {
    const deal = createDeal(world);
    await world.engine.sync();
    review(deal, "Action Required", "Say more about the problem.");
    await world.engine.sync();
    expect(world.record(deal)).toMatchObject({
      AWS_Review_Status__c: "Action Required",
      AWS_Review_Comments__c: "Say more about the problem.",
    });
    await editCrm(deal, { AWS_Business_Problem__c: "Stock is counted by hand in forty shops, once a week." });
    expect(at(deal, "LifeCycle.ReviewStatus")).toBe("Submitted");
    await world.engine.sync();
    expect(world.record(deal)["AWS_Review_Status__c"]).toBe("Submitted");
  });

  it("ends when AWS rejects it: the CRM shows it, and what sellers change afterwards waits with the reason", async () => {
    const deal = createDeal(world);
    await world.engine.sync();
    review(deal, "Rejected", "Not with AWS.");
    await world.engine.sync();
    expect(world.record(deal)).toMatchObject({
      AWS_Review_Status__c: "Rejected",
      AWS_Review_Comments__c: "Not with AWS.",
    });
    world.awsCalls();
    await editCrm(deal, { AWS_Additional_Comments__c: "Why?" });
    expect(world.awsCalls()).not.toHaveProperty("UpdateOpportunity");
    expect(await world.store.counts(sync)).toMatchObject({ deferred: 1, failed: 0 });
  });

  it("is lost, and reopened", async () => {
    const deal = await approvedDeal();
    await editCrm(deal, { StageName: "Closed Lost", Loss_Reason__c: "Lost to Competitor" });
    expect(at(deal, "LifeCycle.Stage")).toBe("Closed Lost");
    await editCrm(deal, { StageName: "Negotiation/Review", Loss_Reason__c: null });
    const link = await linkOf(deal);
    const states = await world.store.fieldStates(link?.id ?? "");
    // AWS decides whether it takes a deal back: it is agreed, or it waits and says why.
    expect(at(deal, "LifeCycle.Stage") === "Committed" || states.some(({ path }) => path === "LifeCycle.Stage")).toBe(
      true,
    );
    expect(await world.store.counts(sync)).toMatchObject({ failed: 0 });
  });
});
