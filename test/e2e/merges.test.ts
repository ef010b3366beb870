import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import type { Connection, JsonObject } from "@cosell/connector";
import { FailureError } from "@cosell/connector";
import type { PartnerCentral } from "@cosell/partner-central";
import { createDeal, settled, shippedMapping, startWorld, type World } from "./support/world.ts";

const sync = "opportunities";
const minute = 60_000;
let world: World;
beforeEach(async () => {
  world = await startWorld();
});
afterEach(() => world.close());

const org = () => world.emulators.salesforce;
const linkOf = (deal: string) => world.store.linkByCrmRef(sync, deal);
const ids = (): readonly unknown[] => world.opportunities().map(({ Id }) => Id);
/** A mapping that was edited and does the same. */
const edited = { ...shippedMapping(), hash: "edited" };

/** How the CRM tells of a merge. */
interface Telling {
  /** The feed tells of it where it is asked with a cursor. @defaultValue never */
  readonly feed?: boolean;
  /** The survivor names what went into it. @defaultValue false */
  readonly absorbed?: boolean;
}

/** A CRM that can merge deals, which Salesforce cannot: the loser is gone, and its readers are told the survivor. */
function merging(loser: string, survivor: string, { feed = false, absorbed = false }: Telling): Connection {
  const honest = world.connection;
  return {
    ...honest,
    changes: async (request) => {
      const page = await honest.changes(request);
      if (page.cursorLost === true) return page;
      const others = page.changes.filter(({ ref }) => ref !== loser);
      const told = feed && request.cursor !== undefined ? [{ kind: "merge", ref: loser, survivor } as const] : [];
      return { ...page, changes: [...told, ...others] };
    },
    read: async (request) =>
      (await honest.read(request)).map((result) => {
        if (result.ref === loser) return { status: "merged", ref: loser, survivor };
        return absorbed && result.ref === survivor && result.status === "found"
          ? { ...result, absorbed: [loser] }
          : result;
      }),
  };
}

/** A submitted deal, and one that a seller has kept out so far; its link is the older one, which goes first. */
async function pair(): Promise<{ readonly loser: string; readonly survivor: string; readonly id: string }> {
  const survivor = createDeal(world, { Name: "Survivor", AWS_Cosell__c: false });
  await world.engine.sync();
  const loser = createDeal(world);
  await world.engine.sync();
  return { loser, survivor, id: world.idOf(loser) };
}

/** The seller merges the pair, and wants the survivor to be co-sold. */
function merge(
  { loser, survivor }: { readonly loser: string; readonly survivor: string },
  fields: JsonObject = {},
): void {
  world.clock.advance(minute);
  org().remove("Opportunity", loser);
  org().edit("Opportunity", survivor, { AWS_Cosell__c: true, ...fields });
  world.clock.advance(settled);
}

async function expectHandedOver(survivor: string, id: string): Promise<void> {
  await world.engine.sync();
  expect(ids()).toEqual([id]);
  expect(await linkOf(survivor)).toMatchObject({ opportunityId: id, status: "linked" });
  expect(world.record(survivor)["AWS_Opportunity_Id__c"]).toBe(id);
  expect(await world.store.counts(sync)).toMatchObject({ failed: 0 });
}

describe("a merge whose survivor is looked at first", () => {
  it("is known by the survivor, which names what went into it: nothing is created", async () => {
    const { loser, survivor, id } = await pair();
    merge({ loser, survivor });
    world = world.withEngine({ sync: { connection: merging(loser, survivor, { absorbed: true }) } });
    expect(await world.engine.sync()).toMatchObject({ created: 0, failed: 0 });
    expect(await linkOf(loser)).toBeUndefined();
    await expectHandedOver(survivor, id);
  });

  it("is known by the id of the opportunity that the survivor carries", async () => {
    const { loser, survivor, id } = await pair();
    merge({ loser, survivor }, { AWS_Opportunity_Id__c: id });
    world = world.withEngine({ sync: { connection: merging(loser, survivor, {}) } });
    expect(await world.engine.sync()).toMatchObject({ created: 0, failed: 0 });
    await expectHandedOver(survivor, id);
  });

  it("leaves an id alone that belongs to a record which went into another one", async () => {
    const { loser, survivor, id } = await pair();
    merge({ loser, survivor });
    const third = createDeal(world, { Name: "Third", AWS_Opportunity_Id__c: id });
    world = world.withEngine({ sync: { connection: merging(loser, survivor, {}) } });
    await world.store.intake(sync, "test", [{ side: "crm", ref: third, reason: "test" }], undefined);
    await world.engine.sync({ records: [third] });
    expect(await linkOf(third)).toMatchObject({ opportunityId: undefined });
    expect(await linkOf(loser)).toMatchObject({ opportunityId: id });
  });

  it("is told by a webhook, which moves the link before the survivor is marked", async () => {
    const { loser, survivor, id } = await pair();
    merge({ loser, survivor });
    world = world.withEngine({ sync: { connection: merging(loser, survivor, {}) } });
    const told = {
      object: "Opportunity",
      kind: "merge",
      ref: loser.slice(0, 15),
      survivor: survivor.slice(0, 15),
    } as const;
    const elsewhere = { object: "Account", kind: "delete", ref: "0015g00000000001" } as const;
    expect(await world.engine.receiveChanges([told, elsewhere])).toBe(1);
    expect(await linkOf(loser)).toBeUndefined();
    expect(await linkOf(survivor)).toMatchObject({ opportunityId: id });
    expect(await world.engine.sync()).toMatchObject({ created: 0, failed: 0 });
    await expectHandedOver(survivor, id);
  });

  it("is told by the feed after the mapping has changed: the feed goes on where it was, before all records are listed", async () => {
    const { loser, survivor, id } = await pair();
    merge({ loser, survivor });
    world = world.withEngine({ sync: { connection: merging(loser, survivor, { feed: true }), mapping: edited } });
    expect(await world.engine.sync()).toMatchObject({ created: 0, failed: 0 });
    await expectHandedOver(survivor, id);
  });
});

describe("a webhook", () => {
  it("marks what changed and what went, and nothing for the end of a record that no link knows", async () => {
    const { loser, survivor } = await pair();
    const object = "Opportunity";
    await world.engine.receiveChanges([
      { object, kind: "upsert", ref: survivor, version: "any" },
      { object, kind: "delete", ref: loser },
      { object, kind: "delete", ref: "0065g0000004ZZZAAA" },
      { object, kind: "merge", ref: "0065g0000004ZZYAAA", survivor },
    ]);
    const marked = await world.store.claim(sync, "test", { limit: 10, leaseMs: 1000 });
    expect(marked.map(({ link, reasons }) => [link.crmRef, reasons])).toEqual([
      [survivor, ["crm:webhook-upsert"]],
      [loser, ["crm:delete"]],
    ]);
  });
});

describe("a merge while a create is under way", () => {
  /** AWS, whose answers to creates are lost, and which then takes our credentials no more. */
  function losing(): PartnerCentral {
    const lose: PartnerCentral["createOpportunity"] = async (request, options) => {
      await world.partnerCentral.createOpportunity(request, options);
      throw new FailureError({ kind: "unknown-outcome", message: "The answer was lost." });
    };
    const listOpportunities: PartnerCentral["listOpportunities"] = () => {
      throw new FailureError({ kind: "auth", message: "The credentials have expired meanwhile." });
    };
    return new Proxy(world.partnerCentral, {
      get: (target, name): unknown => {
        if (name === "createOpportunity") return lose;
        if (name === "listOpportunities" && target.calls.writes > 0) return listOpportunities;
        return Reflect.get(target, name);
      },
    });
  }

  it("of the survivor's: the run goes on, the create is over, and the loser's opportunity is taken", async () => {
    const { loser, survivor, id } = await pair();
    world.clock.advance(minute);
    org().edit("Opportunity", survivor, { AWS_Cosell__c: true });
    world.clock.advance(settled);
    await store(survivor);
    merge({ loser, survivor });
    world = world.withEngine({ sync: { connection: merging(loser, survivor, { feed: true, absorbed: true }) } });
    expect(await world.engine.sync()).toMatchObject({ created: 0 });
    expect(await world.store.counts(sync)).toMatchObject({ pendingCalls: 0 });
    await expectHandedOver(survivor, id);
  });

  it("of the loser's: the survivor waits until it is known what became of it", async () => {
    const survivor = createDeal(world, { Name: "Survivor", AWS_Cosell__c: false });
    await world.engine.sync();
    const loser = createDeal(world);
    const lost = world.withEngine({ engine: { partnerCentral: losing() } });
    await lost.engine.sync().catch(() => undefined);
    const id = world.idOf(loser);
    expect(await world.store.counts(sync)).toMatchObject({ pendingCalls: 1 });
    merge({ loser, survivor });
    world = world.withEngine({ sync: { connection: merging(loser, survivor, { absorbed: true }) } });
    await world.store.intake(sync, "test", [{ side: "crm", ref: survivor, reason: "crm:changed" }], undefined);
    expect(await world.engine.sync({ records: [survivor] })).toMatchObject({ created: 0, failedNow: 1 });
    expect(ids()).toEqual([id]);
    world.clock.advance(10 * minute);
    await world.engine.sync();
    await expectHandedOver(survivor, id);
  });

  /** A create that an earlier run stored, and of which nothing is known. */
  async function store(deal: string): Promise<void> {
    const link = (await linkOf(deal)) ?? { id: "" };
    const request = { PartnerOpportunityIdentifier: deal, Project: { Title: "Started" } };
    await world.store.beginCall({ linkId: link.id, step: "create", clientToken: `of-${deal}`, request });
  }
});
