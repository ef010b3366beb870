import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { FailureError, type JsonObject } from "@cosell/connector";
import type { PartnerCentral } from "@cosell/partner-central";
import { createDeal, settled, startWorld, type World } from "./support/world.ts";

const sync = "opportunities";
const field = "AWS_Opportunity_Id__c";
let world: World;
beforeEach(async () => {
  world = await startWorld();
});
afterEach(() => world.close());

/** Somebody makes an opportunity in Partner Central, with the id of a record or without. */
async function byHand(title: string, PartnerOpportunityIdentifier?: string): Promise<string> {
  const carried = PartnerOpportunityIdentifier === undefined ? {} : { PartnerOpportunityIdentifier };
  world.clock.advance(120_000);
  return (await world.partnerCentral.createOpportunity({ ClientToken: title, Project: { Title: title }, ...carried }))
    .Id;
}

/** Partner Central whose list comes in pages of one; `stopAfter`: the power fails after so many. */
function inPagesOfOne({ stopAfter = Infinity }: { readonly stopAfter?: number } = {}): PartnerCentral {
  return new Proxy(world.partnerCentral, {
    get: (target, name): unknown => {
      if (name === "listOpportunities") return pages;
      const member: unknown = Reflect.get(target, name);
      return typeof member === "function" ? (member.bind(target) as unknown) : member;
    },
  });
  async function* pages(...given: Parameters<PartnerCentral["listOpportunities"]>): AsyncGenerator<JsonObject[]> {
    let left = stopAfter;
    for await (const page of world.partnerCentral.listOpportunities(...given)) {
      for (const row of page) {
        if (left === 0) throw new FailureError({ kind: "aborted", message: "The power went out." });
        left -= 1;
        yield [row];
      }
    }
  }
}

const linkOf = (deal: string) => world.store.linkByCrmRef(sync, deal);
const failures = async () => {
  const codes: (string | undefined)[] = [];
  for await (const { failure } of world.store.failures(sync)) codes.push(failure.code);
  return codes;
};

describe("an opportunity that carries the id of a record", () => {
  it("is not the record's where the record names another one, which stays; the journal tells of both", async () => {
    const named = await byHand("Named");
    const deal = createDeal(world, { [field]: named });
    const carrier = await byHand("Carries", deal);
    await world.engine.sync();

    expect(await linkOf(deal)).toMatchObject({ opportunityId: named });
    expect(world.record(deal)).toMatchObject({ [field]: named });
    expect(await world.store.linkByOpportunity(sync, carrier)).toBeUndefined();
    const lines = await world.store.journal((await linkOf(deal))?.id ?? "");
    expect(lines.filter(({ summary }) => summary.includes(carrier) && summary.includes(named))).toHaveLength(1);
    expect(world.opportunities()).toHaveLength(2);
  });

  it.each([
    ["in one page", () => world.partnerCentral],
    ["in several pages", () => inPagesOfOne()],
  ])(
    "as another one does is nobody's to guess: nothing is linked or created until a person says which (%s)",
    async (_, partnerCentral) => {
      const deal = createDeal(world, { AWS_Cosell__c: false });
      const first = await byHand("First", deal);
      const second = await byHand("Second", deal);
      const carriers = [first, second];
      const { engine } = world.withEngine({ engine: { partnerCentral: partnerCentral() } });
      await engine.sync();
      const link = await linkOf(deal);
      expect(link?.opportunityId).toBeUndefined();
      expect(await world.store.fieldStates(link?.id ?? "")).toMatchObject([
        { kind: "held", code: "opportunities-carry-id", detail: { opportunities: carriers }, sources: [field] },
      ]);

      // The deal goes on in the CRM, and one of the two at AWS: still nobody knows.
      world.emulators.salesforce.edit("Opportunity", deal, { AWS_Cosell__c: true });
      await world.partnerCentral.call("AssociateOpportunity", {
        ...{ OpportunityIdentifier: second, RelatedEntityType: "Solutions", RelatedEntityIdentifier: "S-1234567" },
      });
      world.clock.advance(settled);
      await engine.sync();
      expect(await linkOf(deal)).toMatchObject({ opportunityId: undefined });
      expect(await failures()).toEqual(["opportunities-carry-id"]);
      expect(world.opportunities()).toHaveLength(2);

      world.emulators.salesforce.edit("Opportunity", deal, { [field]: second });
      world.clock.advance(settled);
      await engine.sync();
      expect(await linkOf(deal)).toMatchObject({ opportunityId: second });
      expect(world.opportunities()).toHaveLength(2);
    },
  );

  it("is judged by the whole list, also after a crash in the middle of it", async () => {
    const deal = createDeal(world);
    const carriers = [await byHand("First", deal), await byHand("Second", deal)];
    await byHand("Somebody else's");
    const cut = world.withEngine({ engine: { partnerCentral: inPagesOfOne({ stopAfter: 2 }) } });
    await expect(cut.engine.intake()).rejects.toThrow("power");
    expect(await linkOf(deal)).toMatchObject({ opportunityId: undefined });
    world.clock.advance(300_000);
    await world.engine.intake();
    expect(await world.store.fieldStates((await linkOf(deal))?.id ?? "")).toMatchObject([
      { code: "opportunities-carry-id", detail: { opportunities: carriers } },
    ]);
  });

  it("alone is the record's, also when the list was read to its half before a crash", async () => {
    const deal = createDeal(world);
    const carrier = await byHand("Alone", deal);
    for (const title of ["Somebody else's", "Somebody else's too"]) await byHand(title);
    const cut = world.withEngine({ engine: { partnerCentral: inPagesOfOne({ stopAfter: 2 }) } });
    await expect(cut.engine.intake()).rejects.toThrow("power");
    world.clock.advance(300_000);
    expect(await world.engine.sync()).toMatchObject({ created: 0 });
    expect(await linkOf(deal)).toMatchObject({ opportunityId: carrier });
    expect(world.opportunities()).toHaveLength(3);
  });

  it("as another one does is not taken for the outcome of a create, whose answer was lost or whose state was", async () => {
    const ref = createDeal(world);
    await world.engine.sync();
    const other = await byHand("Carries it too", ref);
    // The CRM has forgotten the id, the deal has changed, and the state is gone.
    world.emulators.salesforce.edit("Opportunity", ref, { [field]: null, Name: "Changed" });
    world.clock.advance(settled);
    const next = await world.withoutState();
    const namedAlone = () => next.engine.sync({ records: [ref] });
    const codes = async () => {
      for await (const { failure } of next.store.failures(sync)) return failure.code;
      return undefined;
    };
    expect(await namedAlone()).toMatchObject({ created: 0, failedNow: 1 });
    expect(await codes()).toBe("opportunities-carry-id");
    expect((await next.store.counts()).pendingCalls).toBe(0);

    const link = await next.store.linkByCrmRef(sync, ref);
    const request = { PartnerOpportunityIdentifier: ref };
    await next.store.beginCall({ linkId: link?.id ?? "", step: "create", clientToken: "lost", request });
    expect(await namedAlone()).toMatchObject({ created: 0, failedNow: 1 });
    expect(await codes()).toBe("opportunities-carry-id");

    world.emulators.salesforce.edit("Opportunity", ref, { [field]: other });
    world.clock.advance(settled);
    await namedAlone();
    expect(await next.store.linkByCrmRef(sync, ref)).toMatchObject({ opportunityId: other });
    expect((await next.store.counts()).pendingCalls).toBe(0);
    expect(world.opportunities()).toHaveLength(2);
  });
});
