import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { createDeal, startWorld, type World } from "./support/world.ts";

let world: World;
beforeEach(async () => {
  world = await startWorld();
});
afterEach(async () => {
  await world.close();
});

describe("a value that AWS refuses", () => {
  it("is told with its CRM field, the mapping's line and what AWS wants, in the store and in the CRM", async () => {
    const deal = createDeal(world, { AWS_Solutions__c: "S-9999999" });
    await world.engine.sync();
    const failures = [];
    for await (const { failure } of world.store.failures()) failures.push(failure);
    expect(failures).toMatchObject([
      {
        kind: "invalid",
        message: expect.stringMatching(/^AWS refused AWS_Solutions__c: AWS wants .+ AWS says: .*no such solution/u),
        issues: [
          {
            target: "RelatedEntityIdentifiers.Solutions",
            sources: ["AWS_Solutions__c"],
            rule: expect.stringMatching(/salesforce\.opportunity\.yaml:\d+:3$/u),
            message: expect.stringMatching(/^AWS wants .+: correct AWS_Solutions__c in the CRM\. AWS says: /u),
          },
        ],
      },
    ]);
    expect(world.record(deal)["AWS_Sync_Status__c"]).toMatch(/^Failed: AWS refused AWS_Solutions__c/u);
    // The opportunity exists by then: the CRM knows it, should the state be lost.
    expect(world.record(deal)["AWS_Opportunity_Id__c"]).toBe(world.idOf(deal));
  });
});
