import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { completeDeal } from "./support/deal.ts";
import { startWorld, type World } from "./support/world.ts";

describe("the workflows lookup", () => {
  let world: World;
  beforeEach(async () => {
    world = await startWorld();
  });
  afterEach(() => world.close());

  const idsOf = async (name: string, text?: string) => {
    const { outcome } = await world.run(name, text === undefined ? {} : { text });
    return (outcome.result["found"] as readonly { readonly id: string }[]).map(({ id }) => id);
  };

  it("finds solutions by words of any member", async () => {
    const all = await idsOf("lookup solutions");
    expect(all).toContain("S-0001111");
    expect(await idsOf("lookup solutions", "s-0001111")).toEqual(["S-0001111"]);
    expect(await idsOf("lookup solutions", "nothing like it")).toEqual([]);
  });

  it("finds AWS products without a call", async () => {
    expect(await idsOf("lookup products", "app runner")).toEqual(["AWSAppRunner"]);
    expect((await idsOf("lookup products")).length).toBeGreaterThan(500);
    expect(world.requests.since()).toEqual([]);
  });

  it("finds what opportunities carry of the Marketplace", async () => {
    const arn = "arn:aws:aws-marketplace:us-east-1:999999999999:AWSMarketplace/Offer/offer-sampleOffer32";
    world.partnerCentral.configure({ approveAfterMs: 1000 });
    const deal = { opportunity: completeDeal, solutions: ["S-0001111"], marketplaceOffers: [arn] };
    await world.run("co-sell", deal, { waitForPeople: true });
    expect(await idsOf("lookup offers", "move the shop")).toEqual([arn]);
    expect(await idsOf("lookup offers", "harbour")).toEqual([]);
  });

  it("finds the Marketplace solutions that own solutions are linked to, and says what it cannot know", async () => {
    const arn = "arn:aws:aws-marketplace:us-east-1:999999999999:AWSMarketplace/Solution/solution-1";
    await idsOf("lookup solutions");
    const state = world.partnerCentral.state();
    for (const { solutions } of Object.values(state.spaces)) {
      const solution = solutions["S-0001111"];
      if (solution) solutions["S-0001111"] = { ...solution, AwsMarketplaceSolutionArn: arn };
    }
    world.partnerCentral.load(state);
    expect(await world.client.call("ListSolutions", { AwsMarketplaceSolutionArn: [arn] })).toMatchObject({
      SolutionSummaries: [{ Id: "S-0001111", AwsMarketplaceSolutionArn: arn }],
    });

    const { outcome } = await world.run("lookup offers", {});
    expect(outcome).toMatchObject({
      summary: "1 Marketplace entity found in your solutions and 0 opportunities.",
      next: [expect.stringContaining("lists no offers")],
      result: { found: [{ id: arn, kind: "solution", of: "S-0001111" }] },
    });
  });
});
