import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { completeDeal } from "./support/deal.ts";
import { countsOf, notebook, startWorld, type World } from "./support/world.ts";

describe("the workflow engagement", () => {
  let world: World;
  beforeEach(async () => {
    world = await startWorld({ taskDelayMs: 5000 });
  });
  afterEach(() => world.close());

  const draft = async (change: object = {}): Promise<string> => {
    const { Id } = await world.client.createOpportunity({ ...completeDeal, ClientToken: "draft", ...change });
    await world.client.associateOpportunity(Id, "Solutions", "S-0001111");
    return Id;
  };

  it("submits a draft and gives the engagement", async () => {
    const { outcome } = await world.run("engagement", { opportunity: await draft() });
    expect(outcome).toMatchObject({
      status: "done",
      result: { engagement: expect.stringMatching(/^eng-/), invitation: expect.stringMatching(/^engi-/) },
    });
  });

  it("explains a task that failed, and starts another one after the correction", async () => {
    const opportunity = await draft({ Marketing: {} });
    const memory = notebook();
    const failed = await world.run("engagement", { opportunity }, { memory });
    expect(failed.outcome).toMatchObject({
      status: "needs-person",
      summary: expect.stringContaining("OpportunityValidationFailed"),
      next: [expect.stringContaining("Marketing.Source"), expect.stringContaining("Correct the values")],
    });

    const { LastModifiedDate, LifeCycle } = await world.client.getOpportunity(opportunity);
    const body = { ...completeDeal, LifeCycle: LifeCycle ?? null, LastModifiedDate: LastModifiedDate ?? null };
    await world.client.updateOpportunity(opportunity, body);
    const { outcome } = await world.run("engagement", undefined, { memory });
    expect(outcome.status).toBe("done");
    expect(countsOf(world)).toMatchObject({ tasks: 2, engagements: 1 });
  });

  it("starts nothing for an opportunity that is no draft", async () => {
    const opportunity = await draft();
    await world.run("engagement", { opportunity });
    const { outcome } = await world.run("engagement", { opportunity });
    expect(outcome).toMatchObject({ status: "needs-person", summary: expect.stringContaining("Submitted") });
    expect(countsOf(world)).toMatchObject({ tasks: 1 });
  });
});
