import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import type { Connection, JsonObject } from "@cosell/connector";
import { createDeal, settled, startWorld, type World } from "./support/world.ts";

const sync = "opportunities";
/** Longer than any lease. */
const silent = 600_000;
let world: World;
beforeEach(async () => {
  world = await startWorld();
});
afterEach(() => world.close());

/** A world whose process falls silent after the CRM was read, until another one has taken the deal over. */
function overtaken(deal: string): { readonly world: World; readonly taken: () => Promise<void> } {
  let generation: number | undefined;
  const read: Connection["read"] = async (request) => {
    const results = await world.connection.read(request);
    if (generation === undefined) {
      world.clock.advance(silent);
      const [claimed] = await world.store.claim(sync, "another", { limit: 1, leaseMs: silent, crmRefs: [deal] });
      generation = claimed?.generation;
    }
    return results;
  };
  const { connection } = world;
  return {
    world: world.withEngine({
      sync: {
        connection: new Proxy(connection, {
          get: (target, member) => {
            if (member === "read") return read;
            const value: unknown = Reflect.get(target, member);
            return typeof value === "function" ? (value.bind(target) as unknown) : value;
          },
        }),
      },
    }),
    taken: async () => {
      const linkId = (await linkOf(deal)).id;
      expect(generation).toBeDefined();
      expect(await world.store.holdsClaim({ linkId, owner: "another", generation: generation ?? 0 })).toBe(true);
      await world.store.release("another", [linkId]);
    },
  };
}

async function linkOf(deal: string) {
  const link = await world.store.linkByCrmRef(sync, deal);
  if (link === undefined) throw new Error("no link");
  return link;
}

async function failures(): Promise<readonly string[]> {
  const messages: string[] = [];
  for await (const { failure } of world.store.failures(sync)) messages.push(failure.message);
  return messages;
}

const writes = ({ CreateOpportunity = 0, UpdateOpportunity = 0 }: Readonly<Record<string, number>>): number =>
  CreateOpportunity + UpdateOpportunity;

const mirrored = (deal: string): JsonObject => {
  const { AWS_Sync_Status__c: status, AWS_Opportunity_Id__c: id } = world.record(deal);
  return { status: status ?? null, id: id ?? null };
};

describe("a process that was silent for so long that another one took its deal over", () => {
  it("creates nothing, tells nobody, and leaves the deal to the other one", async () => {
    const deal = createDeal(world);
    const before = mirrored(deal);
    const slow = overtaken(deal);
    const report = await slow.world.engine.sync();
    expect(report).toMatchObject({ created: 0, failedNow: 0, crmWrites: 0 });
    expect(writes(world.awsCalls())).toBe(0);
    expect(mirrored(deal)).toEqual(before);
    expect(await failures()).toEqual([]);
    const link = await linkOf(deal);
    expect((await world.store.journal(link.id)).filter(({ kind }) => kind === "failed")).toEqual([]);
    expect(await world.store.pendingCalls(link.id)).toEqual([]);
    await slow.taken();

    await world.engine.sync();
    expect(world.opportunities()).toHaveLength(1);
    expect(mirrored(deal)).toEqual({ status: "In step", id: world.idOf(deal) });
  });

  it("neither sends nor stores what it knows of a change", async () => {
    const deal = createDeal(world);
    await world.engine.sync();
    world.clock.advance(settled);
    world.emulators.partnerCentral.review({ opportunity: world.idOf(deal), status: "Approved" });
    await world.engine.sync();
    world.clock.advance(settled);
    await world.engine.sync();
    const { id } = await linkOf(deal);
    const base = await world.store.baseValues(id);
    world.emulators.salesforce.edit("Opportunity", deal, { NextStep: "Call the sponsor" });
    world.clock.advance(settled);
    world.awsCalls();

    const slow = overtaken(deal);
    await slow.world.engine.sync();
    expect(writes(world.awsCalls())).toBe(0);
    expect(await world.store.baseValues(id)).toEqual(base);
    expect(await failures()).toEqual([]);
    await slow.taken();
    await world.engine.sync();
    expect(world.opportunityOf(deal)).toMatchObject({ LifeCycle: { NextSteps: "Call the sponsor" } });
  });

  it("does not tell the CRM of a failure that it met", async () => {
    const first = createDeal(world);
    await world.engine.sync();
    // Another deal names the first one's opportunity, which is refused before anything is stored.
    world.emulators.salesforce.edit("Opportunity", first, { AWS_Opportunity_Id__c: null });
    const clone = createDeal(world, { Name: "Clone", AWS_Opportunity_Id__c: world.idOf(first) });
    const before = mirrored(clone);
    const slow = overtaken(clone);
    await slow.world.engine.sync({ records: [clone] });
    expect(mirrored(clone)).toEqual(before);
    expect(await failures()).toEqual([]);
    await slow.taken();
    await world.engine.sync({ records: [clone] });
    expect(await failures()).toHaveLength(1);
    expect(mirrored(clone)).not.toEqual(before);
  });
});
