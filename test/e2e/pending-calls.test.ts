import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { type Failure, FailureError } from "@cosell/connector";
import { valueAt } from "@cosell/core";
import type { FaultKind } from "@cosell/emulator";
import type { PartnerCentral } from "@cosell/partner-central";
import { createDeal, settled, shippedMapping, startWorld, type World } from "./support/world.ts";

let world: World;
beforeEach(async () => {
  world = await startWorld();
});
afterEach(async () => {
  await world.close();
});

const sync = "opportunities";
const createCall = "CreateOpportunity";
const submitCall = "StartEngagementFromOpportunityTask";

/** A sync in which a call meets a fault, and which ends with it: its outcome is not looked for before the next one. */
async function syncStoppedAt(operation: string, kind: FaultKind): Promise<void> {
  const { faults } = world.emulators;
  const strike = faults.strike.bind(faults);
  faults.strike = (server, struck) => {
    if (struck !== operation) return strike(server, struck);
    faults.strike = strike;
    faults.add({ kind: "expired-token", server });
    return { kind };
  };
  await expect(world.engine.sync()).rejects.toMatchObject({ failure: { kind: "auth" } });
  faults.clear();
  expect((await world.store.counts()).pendingCalls).toBe(1);
}

/** Time passes, a seller acts, and what is due is synced. */
async function later(act: () => void): Promise<void> {
  world.clock.advance(60_000);
  act();
  world.clock.advance(600_000);
  await world.engine.sync();
}

const untick = (deal: string): void => world.emulators.salesforce.edit("Opportunity", deal, { AWS_Cosell__c: false });
const tick = (deal: string): void => world.emulators.salesforce.edit("Opportunity", deal, { AWS_Cosell__c: true });
const statuses = (): unknown[] => world.opportunities().map((one) => valueAt(one, "LifeCycle.ReviewStatus"));
const linkOf = async (deal: string) => {
  const link = await world.store.linkByCrmRef(sync, deal);
  if (link === undefined) throw new Error("there is no link");
  return link;
};
const resumed = async (deal: string): Promise<readonly string[]> =>
  (await world.store.journal((await linkOf(deal)).id))
    .filter(({ kind }) => kind === "resumed")
    .map(({ summary }) => summary);

async function madeByHand(): Promise<string> {
  const { Id } = await world.partnerCentral.createOpportunity({ ClientToken: "hand", Project: { Title: "By hand" } });
  return Id;
}

/** AWS answers one operation with a failure, as long as it is told to. */
function refusing(operation: keyof PartnerCentral, failure: () => Failure | undefined): World {
  const partnerCentral = new Proxy(world.partnerCentral, {
    get: (target, name): unknown => {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== "function") return member;
      return (...given: readonly unknown[]): unknown => {
        const refusal = name === operation ? failure() : undefined;
        return refusal === undefined ? Reflect.apply(member, target, given) : Promise.reject(new FailureError(refusal));
      };
    },
  });
  return world.withEngine({ engine: { partnerCentral } });
}

describe("a create that surely never arrived", () => {
  beforeEach(() => {
    world.emulators.faults.add({ kind: "throttle", operation: createCall });
  });
  async function throttled(): Promise<string> {
    const deal = createDeal(world);
    await world.engine.sync();
    expect(await world.store.counts()).toMatchObject({ failed: 1, pendingCalls: 0 });
    world.emulators.faults.clear();
    return deal;
  }

  it("is not sent once the deal is deleted", async () => {
    const deal = await throttled();
    await later(() => {
      world.emulators.salesforce.remove("Opportunity", deal);
    });
    expect(world.opportunities()).toEqual([]);
  });

  it("is not sent once the seller wants no co-sell", async () => {
    const deal = await throttled();
    await later(() => {
      untick(deal);
    });
    expect(world.opportunities()).toEqual([]);
  });

  it("gives way to an opportunity that a person has made and named in the CRM", async () => {
    const deal = await throttled();
    const id = await madeByHand();
    await later(() => {
      world.emulators.salesforce.edit("Opportunity", deal, { AWS_Opportunity_Id__c: id });
    });
    expect(world.opportunities()).toHaveLength(1);
    expect((await linkOf(deal)).opportunityId).toBe(id);
  });

  it("is sent as the deal is by then", async () => {
    const deal = await throttled();
    await later(() => {
      world.emulators.salesforce.edit("Opportunity", deal, { Name: "Renamed" });
    });
    expect(world.opportunities().map((one) => valueAt(one, "Project.Title"))).toEqual(["Globex - Renamed"]);
  });
});

describe.each(["reset-after-commit", "reset-before-commit"] as const)("a create without an answer (%s)", (kind) => {
  const arrived = kind === "reset-after-commit";

  it("ends as one opportunity, with the CRM's newer values", async () => {
    const deal = createDeal(world);
    await syncStoppedAt(createCall, kind);
    await later(() => {
      world.emulators.salesforce.edit("Opportunity", deal, { Name: "Renamed" });
    });
    expect(world.opportunities()).toHaveLength(1);
    expect(valueAt(world.opportunityOf(deal), "Project.Title")).toBe("Globex - Renamed");
    expect(world.record(deal)).toMatchObject({ Name: "Renamed", AWS_Opportunity_Id__c: world.idOf(deal) });
    expect((await resumed(deal))[0]).toMatch(/^Found the outcome/);
    expect((await world.store.counts()).pendingCalls).toBe(0);
  });

  it.each(["deleted", "unticked"])(
    "makes nothing once the deal is %s; what there is, is linked and told",
    async (how) => {
      const deal = createDeal(world);
      await syncStoppedAt(createCall, kind);
      await later(() => {
        if (how === "unticked") untick(deal);
        else world.emulators.salesforce.remove("Opportunity", deal);
      });
      expect(statuses()).toEqual(arrived ? ["Pending Submission"] : []);
      const link = await linkOf(deal);
      expect(link.opportunityId).toBe(world.opportunities()[0]?.["Id"]);
      const whole = how === "unticked" ? "not-taking-part" : "crm-record-gone";
      expect((await world.store.fieldStates(link.id)).map(({ code }) => code)).toEqual(arrived ? [whole] : []);
      expect((await resumed(deal))[0]).toMatch(
        arrived ? /^Found the outcome/ : /is not sent again.*shows no opportunity/,
      );
      expect((await world.store.counts()).pendingCalls).toBe(0);
    },
  );

  it("makes one opportunity when the seller wants it again", async () => {
    const deal = createDeal(world);
    await syncStoppedAt(createCall, kind);
    await later(() => {
      untick(deal);
    });
    await later(() => {
      tick(deal);
    });
    expect(statuses()).toEqual(["Submitted"]);
  });

  it("never takes the place of an opportunity that a person has named meanwhile, and tells of its own", async () => {
    const deal = createDeal(world);
    await syncStoppedAt(createCall, kind);
    const id = await madeByHand();
    world.emulators.salesforce.edit("Opportunity", deal, { AWS_Opportunity_Id__c: id });
    world.clock.advance(settled);
    await world.engine.sync({ records: [deal] });
    expect(world.opportunities()).toHaveLength(arrived ? 2 : 1);
    expect((await linkOf(deal)).opportunityId).toBe(id);
    expect(world.record(deal)["AWS_Opportunity_Id__c"]).toBe(id);
    const [told] = await resumed(deal);
    expect(told).toContain(id);
    expect(told).toMatch(arrived ? /AWS also has O\d+/ : /is not sent again/);
  });

  it("is found or sent again, whatever AWS's list lacks", async () => {
    const unnamed = shippedMapping((text) => text.replace(/^ {2}PartnerOpportunityIdentifier:.*$/mu, ""));
    world = world.withMapping(unnamed);
    const deal = createDeal(world);
    await syncStoppedAt(createCall, kind);
    await later(() => undefined);
    expect(statuses()).toEqual(["Submitted"]);
    expect((await linkOf(deal)).opportunityId).toBe(world.opportunities()[0]?.["Id"]);
  });

  it.each([
    { kind: "permission", message: "Not allowed." },
    { kind: "invalid", message: "The date is past.", issues: [] },
  ] as const)("is no refusal when it is sent again and refused ($kind)", async (failure) => {
    const unnamed = shippedMapping((text) => text.replace(/^ {2}PartnerOpportunityIdentifier:.*$/mu, ""));
    world = world.withMapping(unnamed);
    const deal = createDeal(world);
    await syncStoppedAt(createCall, kind);
    let refused = true;
    const strict = refusing("createOpportunity", () => (refused ? failure : undefined));
    world.clock.advance(600_000);
    await strict.engine.sync({ records: [deal] });
    expect(await world.store.counts()).toMatchObject({ failed: 1, pendingCalls: 1 });

    refused = false;
    await strict.engine.sync({ records: [deal] });
    expect(statuses()).toEqual(["Submitted"]);
    expect(await world.store.counts()).toMatchObject({ failed: 0, pendingCalls: 0 });
  });
});

it("a create that AWS refuses when it is sent again goes out as the deal is by then, with the same token", async () => {
  const deal = createDeal(world);
  await syncStoppedAt(createCall, "reset-before-commit");
  const [pending] = await world.store.pendingCalls((await linkOf(deal)).id);
  let refused = true;
  const strict = refusing("createOpportunity", () =>
    refused ? { kind: "invalid", message: "No.", issues: [] } : undefined,
  );
  world.clock.advance(600_000);
  await strict.engine.sync({ records: [deal] });

  // The first try of the next sync sends the old body, which is refused, and then the new one.
  world.emulators.salesforce.edit("Opportunity", deal, { Name: "Corrected" });
  world.clock.advance(settled);
  let tries = 0;
  refused = false;
  const once = refusing("createOpportunity", () =>
    (tries += 1) === 1 ? { kind: "invalid", message: "No.", issues: [] } : undefined,
  );
  await once.engine.sync({ records: [deal] });
  expect(world.opportunities().map((one) => valueAt(one, "Project.Title"))).toEqual(["Globex - Corrected"]);
  expect(tries).toBe(2);
  expect(pending?.clientToken).toMatch(/^cosell-/);
  // Whoever sends that token again is told of this opportunity, and makes none.
  await expect(
    world.partnerCentral.createOpportunity({ ClientToken: pending?.clientToken ?? "", Project: { Title: "Another" } }),
  ).rejects.toMatchObject({ failure: { kind: "conflict" } });
});

it("a record whose token was used elsewhere goes on once a person has named its opportunity", async () => {
  const deal = createDeal(world);
  await syncStoppedAt(createCall, "reset-before-commit");
  const [pending] = await world.store.pendingCalls((await linkOf(deal)).id);
  const token = pending?.clientToken ?? "";
  const { Id } = await world.partnerCentral.createOpportunity({ ClientToken: token, Project: { Title: "Elsewhere" } });
  await later(() => {
    world.emulators.salesforce.edit("Opportunity", deal, { Name: "Renamed" });
  });
  const codes: unknown[] = [];
  for await (const { failure } of world.store.failures(sync)) codes.push(failure.code);
  expect(codes).toEqual(["create-token-used"]);
  expect(world.opportunities()).toHaveLength(1);

  await later(() => {
    world.emulators.salesforce.edit("Opportunity", deal, { AWS_Opportunity_Id__c: Id });
  });
  expect((await linkOf(deal)).opportunityId).toBe(Id);
  expect(world.opportunities()).toHaveLength(1);
});

describe("a submission", () => {
  it("that surely never arrived is not sent once the seller wants no co-sell", async () => {
    const deal = createDeal(world);
    world.emulators.faults.add({ kind: "throttle", operation: submitCall });
    await world.engine.sync();
    expect((await world.store.counts()).pendingCalls).toBe(0);
    world.emulators.faults.clear();
    await later(() => {
      untick(deal);
    });
    expect(statuses()).toEqual(["Pending Submission"]);
  });

  it("without an answer that never arrived is not sent once the seller wants no co-sell", async () => {
    const deal = createDeal(world);
    await syncStoppedAt(submitCall, "reset-before-commit");
    await later(() => {
      untick(deal);
    });
    expect(statuses()).toEqual(["Pending Submission"]);
    expect((await resumed(deal))[0]).toMatch(/submit.*is not sent again/);
    expect((await world.store.counts()).pendingCalls).toBe(0);
  });

  it.each(["reset-before-commit", "reset-after-commit"] as const)(
    "without an answer (%s) is made once",
    async (kind) => {
      const deal = createDeal(world);
      await syncStoppedAt(submitCall, kind);
      await later(() => undefined);
      expect(statuses()).toEqual(["Submitted"]);
      expect(world.record(deal)["AWS_Review_Status__c"]).toBe("Submitted");
      expect(await world.store.counts()).toMatchObject({ failed: 0, pendingCalls: 0 });
    },
  );

  it("without an answer that did arrive is followed, though the seller wants no co-sell any more", async () => {
    const deal = createDeal(world);
    world.emulators.partnerCentral.configure({ taskDelayMs: 20_000 });
    await syncStoppedAt(submitCall, "reset-after-commit");
    await later(() => {
      untick(deal);
    });
    expect(statuses()).toEqual(["Submitted"]);
    expect((await resumed(deal))[0]).toMatch(/^Found the outcome of the submit/);
    expect((await world.store.counts()).pendingCalls).toBe(0);
  });
});
