import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { salesforce } from "@cosell/connector-salesforce";
import { powerCut } from "./support/crashing.ts";
import { convertLead, invitationSettings, leadSettings, refer, referLead } from "./support/invitations.ts";
import { startWorld, type World } from "./support/world.ts";

const sync = "opportunities";
const invitations = invitationSettings({ rules: [{ when: {}, take: "accept" }] });
let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

/** A referral whose acceptance is cut off at one call; then the machine starts again. Returns whether the cut came. */
async function cutOff(nth: number, when: "before" | "after", idempotentCreate: boolean): Promise<boolean> {
  const name = `${when} ${nth} ${String(idempotentCreate)}`;
  const account = { CompanyName: `Customer ${name}`, WebsiteUrl: `${name.replaceAll(" ", "-")}.example` };
  const id = refer(world, { account, project: { Title: `Deal cut ${name}` } });
  const cut = powerCut(nth, when);
  const capabilities = { ...salesforce.capabilities, idempotentCreate };
  const endangered = world.withEngine({
    sync: { invitations, capabilities, connection: cut.wire(world.connection) },
    engine: { store: cut.wire(world.store), partnerCentral: cut.wire(world.partnerCentral), owner: "dead/1" },
  });
  await endangered.engine.sync().catch(() => undefined);
  world.clock.advance(300_000);
  const restarted = world.withEngine({ sync: { invitations, capabilities } });
  await restarted.engine.sync();

  const own = world.emulators.salesforce
    .records("Opportunity")
    .filter(({ Name }) => String(Name).endsWith(`cut ${name}`));
  const entry = await world.store.invitation(sync, id);
  expect({ name, records: own.length, status: entry?.status, failure: entry?.failure }).toEqual({
    ...{ name, records: 1, status: "done", failure: undefined },
  });
  const link = await world.store.linkByOpportunity(sync, String(entry?.opportunityId));
  expect(link).toMatchObject({ crmRef: own[0]?.Id, status: "linked" });
  expect(own[0]).toMatchObject({ AWS_Opportunity_Id__c: entry?.opportunityId, AWS_Review_Status__c: "Approved" });
  return cut.happened();
}

describe("a referral that is accepted", () => {
  it.each([
    ["before", true],
    ["after", true],
    ["after", false],
  ] as const)(
    "becomes one record, cut off %s any call (the CRM keeps keys unique: %s)",
    async (when, idempotentCreate) => {
      world.awsCalls();
      let nth = 1;
      while (await cutOff(nth, when, idempotentCreate)) nth += 1;
      expect(nth).toBeGreaterThan(20);
      const referred = world.opportunities().length;
      expect(world.emulators.salesforce.records("Opportunity")).toHaveLength(referred);
      // What the new record could not take over is no wish of anybody's: nothing of it goes back to AWS.
      expect(Object.keys(world.awsCalls())).not.toContain("UpdateOpportunity");
      expect(await world.store.counts(sync)).toMatchObject({ failed: 0, dirty: 0 });
    },
    240_000,
  );
});

/** A lead's way into its deal's opportunity, cut off at one call; then the machine starts again. Returns whether the cut came. */
async function leadCutOff(nth: number, when: "before" | "after"): Promise<boolean> {
  const name = `Lead ${when} ${nth}`;
  const settings = leadSettings({ rules: [{ when: {}, take: "accept" }] });
  const id = referLead(world, name);
  const first = world.withEngine({ sync: { invitations: settings } });
  await first.engine.sync();
  const lead = world.emulators.salesforce.records("Lead").find(({ Company }) => Company === name);
  const deal = convertLead(world, String(lead?.["Id"]));
  const before = world.opportunities().length;
  const cut = powerCut(nth, when);
  const endangered = world.withEngine({
    sync: { invitations: settings, connection: cut.wire(world.connection) },
    engine: { store: cut.wire(world.store), partnerCentral: cut.wire(world.partnerCentral), owner: "dead/1" },
  });
  await endangered.engine.sync().catch(() => undefined);
  world.clock.advance(300_000);
  await first.engine.sync();

  const entry = await world.store.invitation(sync, id);
  expect({ name, made: world.opportunities().length - before, status: entry?.status, failure: entry?.failure }).toEqual(
    { name, made: 1, status: "done", failure: undefined },
  );
  expect(await world.store.linkByCrmRef(sync, deal)).toMatchObject({
    ...{ opportunityId: entry?.opportunityId, status: "linked" },
  });
  return cut.happened();
}

describe("a lead that has become a deal", () => {
  it.each(["before", "after"] as const)(
    "becomes one opportunity, cut off %s any call",
    async (when) => {
      world.awsCalls();
      let nth = 1;
      while (await leadCutOff(nth, when)) nth += 1;
      expect(nth).toBeGreaterThan(20);
      expect(world.awsCalls()).not.toHaveProperty("CreateOpportunity");
    },
    240_000,
  );
});
