import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import type { JsonObject, JsonValue } from "@cosell/connector";
import { valueAt } from "@cosell/core";
import type { PlannedUndo } from "@cosell/engine";
import { createDeal, settled, startWorld, type World } from "./support/world.ts";

const sync = "opportunities";
const hour = 3_600_000;
const nextSteps = "LifeCycle.NextSteps";
const first = "Send the proposal";
let world: World;
beforeEach(async () => {
  world = await startWorld();
});
afterEach(() => world.close());

/** A deal at AWS that is in step and approved. */
async function dealInStep(): Promise<string> {
  const deal = createDeal(world);
  await world.engine.sync();
  world.clock.advance(hour);
  world.emulators.partnerCentral.review({ opportunity: world.idOf(deal), status: "Approved" });
  await later();
  await later();
  world.awsCalls();
  return deal;
}

async function later(milliseconds = settled): Promise<void> {
  world.clock.advance(milliseconds);
  await world.engine.sync();
}

function editCrm(deal: string, fields: JsonObject): void {
  world.clock.advance(60_000);
  world.emulators.salesforce.edit("Opportunity", deal, fields);
}

const atAws = (deal: string): JsonValue | undefined => valueAt(world.opportunityOf(deal), nextSteps);

async function linkOf(deal: string) {
  const link = await world.store.linkByCrmRef(sync, deal);
  if (link === undefined) throw new Error("no link");
  return link;
}

async function collected<Item>(items: AsyncIterable<Item>): Promise<readonly Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}

describe("a GetOpportunity that shows what was before our own update", () => {
  it("is read again, and writes nothing over the seller's value", async () => {
    const deal = await dealInStep();
    editCrm(deal, { NextStep: "Call them" });
    await later();
    const { awsVersion } = await linkOf(deal);
    const written = world.record(deal)["LastModifiedDate"];

    world.emulators.faults.add({ kind: "stale-read", operation: "GetOpportunity", times: 2 });
    await world.store.intake(sync, "events", [{ side: "aws", ref: world.idOf(deal), reason: "aws:event" }], undefined);
    await world.engine.sync();
    expect(world.emulators.faults.rules()).toEqual([]);
    expect(world.record(deal)).toMatchObject({ NextStep: "Call them", LastModifiedDate: written });
    expect(await linkOf(deal)).toMatchObject({ awsVersion });
    expect(await world.store.counts()).toMatchObject({ failed: 0, dirty: 0 });
  });

  it("that stays is told, and tried again later", async () => {
    const deal = await dealInStep();
    editCrm(deal, { NextStep: "Call them" });
    await later();
    world.emulators.faults.add({ kind: "stale-read", operation: "GetOpportunity" });
    await world.store.intake(sync, "events", [{ side: "aws", ref: world.idOf(deal), reason: "aws:event" }], undefined);
    await world.engine.sync();
    const [failed] = await collected(world.store.failures(sync));
    expect(failed).toMatchObject({ failure: { kind: "transient", code: "stale-read" }, retryAt: expect.any(Number) });
    expect(world.record(deal)["NextStep"]).toBe("Call them");

    world.emulators.faults.clear();
    await later(hour);
    expect(await world.store.counts()).toMatchObject({ failed: 0, dirty: 0 });
    expect(world.record(deal)["NextStep"]).toBe("Call them");
  });

  it("is not shown as a plan, nor as drift", async () => {
    const deal = await dealInStep();
    editCrm(deal, { NextStep: "Call them" });
    await later();
    world.emulators.faults.add({ kind: "stale-read", operation: "GetOpportunity", times: 1 });
    const planned = await collected(world.engine.plan({ records: [deal] }));
    expect(planned.flatMap(({ plan }) => plan.steps)).toEqual([]);
    world.emulators.faults.add({ kind: "stale-read", operation: "GetOpportunity", times: 1 });
    const compared = await collected(world.engine.drift({ records: [deal] }));
    expect(compared.flatMap(({ differences }) => differences)).toEqual([]);
    expect(world.emulators.faults.rules()).toEqual([]);
  });
});

describe("an update of which AWS drops a value without a word", () => {
  async function droppedDeal(): Promise<string> {
    const deal = await dealInStep();
    world.emulators.partnerCentral.configure({ ignoredMembers: [nextSteps] });
    editCrm(deal, { NextStep: "Call them", AWS_Additional_Comments__c: "noted" });
    await later();
    expect(atAws(deal)).toBe(first);
    expect(world.awsCalls()).toMatchObject({ GetOpportunity: 1, UpdateOpportunity: 1 });
    return deal;
  }

  it("is told by the next look, which writes nowhere, and so is every later one", async () => {
    const deal = await droppedDeal();
    for (let look = 0; look < 3; look += 1) {
      await later(7 * hour);
      expect(world.record(deal)["NextStep"]).toBe("Call them");
      expect(world.awsCalls()).not.toHaveProperty("UpdateOpportunity");
    }
    const { id } = await linkOf(deal);
    expect(await world.store.fieldStates(id)).toMatchObject([
      { path: nextSteps, kind: "held", reason: expect.stringMatching(/^NextStep: AWS did not take the value/) },
    ]);
    const lines = (await world.store.journal(id)).filter(({ summary }) => summary.includes("AWS did not take"));
    expect(lines).toMatchObject([{ kind: "held", detail: { crm: "Call them", aws: first } }]);
    const [compared] = await collected(world.engine.drift({ records: [deal] }));
    expect(compared?.differences).toMatchObject([{ path: nextSteps, cause: "held" }]);
  });

  it("is over when AWS takes the seller's next value", async () => {
    const deal = await droppedDeal();
    await later(7 * hour);
    world.emulators.partnerCentral.configure({ ignoredMembers: [] });
    editCrm(deal, { NextStep: "Meet them" });
    await later();
    await later(7 * hour);
    expect(atAws(deal)).toBe("Meet them");
    expect(await world.store.fieldStates((await linkOf(deal)).id)).toEqual([]);
  });

  it("is over when the value is set in Partner Central", async () => {
    const deal = await droppedDeal();
    await later(7 * hour);
    world.emulators.partnerCentral.edit({
      object: "Opportunity",
      id: world.idOf(deal),
      fields: { [nextSteps]: "Call them" },
    });
    await later();
    expect(await world.store.fieldStates((await linkOf(deal)).id)).toEqual([]);
    world.emulators.partnerCentral.edit({
      object: "Opportunity",
      id: world.idOf(deal),
      fields: { [nextSteps]: first },
    });
    await later(hour);
    expect(world.record(deal)["NextStep"]).toBe(first);
  });
});

it("a webhook that tells of our own write costs no call", async () => {
  const deal = await dealInStep();
  const told = () =>
    world.store.intake(sync, "webhook", [{ side: "crm", ref: deal, reason: "crm:webhook-upsert" }], undefined);
  await told();
  expect(await world.engine.sync()).toMatchObject({ echoes: 1 });
  expect(world.awsCalls()).toEqual({ ListOpportunities: 1 });
  editCrm(deal, { NextStep: "Call them" });
  await told();
  expect(await world.engine.sync()).toMatchObject({ echoes: 0, updated: 1 });
});

describe("an undo", () => {
  async function plannedUndo(deal: string): Promise<PlannedUndo> {
    editCrm(deal, { NextStep: "A mistake" });
    await later();
    const entry = (await world.store.journal((await linkOf(deal)).id)).findLast(({ kind }) => kind === "update");
    const planned = await world.engine.planUndo(entry?.id ?? 0);
    expect(planned.refusals).toEqual([]);
    return planned;
  }

  it.each([
    ["the CRM", (deal: string) => editCrm(deal, { NextStep: "A person's word" })],
    [
      "AWS",
      (deal: string) =>
        world.emulators.partnerCentral.edit({
          object: "Opportunity",
          id: world.idOf(deal),
          fields: { [nextSteps]: "A person's word" },
        }),
    ],
  ])("is refused when somebody changed the value in %s after it was shown, and writes nothing", async (_side, edit) => {
    const deal = await dealInStep();
    const planned = await plannedUndo(deal);
    edit(deal);
    const before = [world.record(deal)["NextStep"], atAws(deal)];
    await expect(world.engine.undo(planned)).rejects.toMatchObject({
      failure: {
        kind: "conflict",
        code: "undo-overtaken",
        message: expect.stringContaining("somebody changed it since"),
      },
    });
    expect([world.record(deal)["NextStep"], atAws(deal)]).toEqual(before);
    expect(before).toContain("A person's word");
  });

  it("keeps what somebody changed elsewhere in the deal after it was shown", async () => {
    const deal = await dealInStep();
    const planned = await plannedUndo(deal);
    const id = world.idOf(deal);
    world.clock.advance(1000);
    world.emulators.partnerCentral.edit({
      object: "Opportunity",
      id,
      fields: { "LifeCycle.TargetCloseDate": "2027-05-05" },
    });
    editCrm(deal, { AWS_Additional_Comments__c: "noted" });
    await world.engine.undo(planned);
    await later();
    expect(atAws(deal)).toBe(first);
    expect(world.record(deal)).toMatchObject({ NextStep: first, CloseDate: "2027-05-05" });
    expect(valueAt(world.opportunityOf(deal), "Project.AdditionalComments")).toBe("noted");
  });

  it("whose answer is lost is found done by the next sync, which writes the CRM's side too", async () => {
    const deal = await dealInStep();
    const planned = await plannedUndo(deal);
    world.emulators.faults.add({ kind: "reset-after-commit", operation: "UpdateOpportunity", times: 1 });
    await expect(world.engine.undo(planned)).rejects.toMatchObject({ failure: { kind: "unknown-outcome" } });
    expect((await world.store.counts()).pendingCalls).toBe(1);
    await later();
    const { id } = await linkOf(deal);
    expect((await world.store.journal(id)).map(({ summary }) => summary)).toContain(
      "Found done: the update that an earlier run had started.",
    );
    expect(await world.store.counts()).toMatchObject({ pendingCalls: 0, held: 0 });
    expect([world.record(deal)["NextStep"], atAws(deal)]).toEqual([first, first]);
  });
});
