import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { completeDeal, completeLead, completion, learned } from "./support/deal.ts";
import { startWorld, type World } from "./support/world.ts";

describe("the workflow lead", () => {
  let world: World;
  beforeEach(async () => {
    world = await startWorld({ taskDelayMs: 5000 });
  });
  afterEach(() => world.close());

  it("accepts a lead, adds what was learned, and submits the opportunity that AWS makes of it", async () => {
    const { invitation, engagement } = world.partnerCentral.refer({ lead: completeLead });
    const input = { invitation, lead: learned, opportunity: completion, solutions: ["S-0001111"] };
    const { outcome } = await world.run("lead", input);

    expect(outcome).toMatchObject({ status: "waiting", result: { engagement, review: { status: "Submitted" } } });
    expect(world.partnerCentral.opportunities()).toEqual([
      expect.objectContaining({
        OpportunityType: "Net New Business",
        Customer: expect.objectContaining({ Account: expect.objectContaining({ CompanyName: "Example Bakery" }) }),
      }),
    ]);
    const { Contexts } = await world.client.call("GetEngagement", { Identifier: engagement });
    expect(Contexts).toContainEqual(
      expect.objectContaining({
        Payload: {
          Lead: expect.objectContaining({
            QualificationStatus: "Qualified",
            Interactions: [expect.anything(), expect.anything()],
          }),
        },
      }),
    );
  });

  it("goes on when AWS says that somebody else changed the engagement meanwhile", async () => {
    const { invitation, engagement } = world.partnerCentral.refer({ lead: completeLead });
    const other = { ...(completeLead["Customer"] as object), CompanyName: "Other" };
    let disturbed = false;
    const selling = {
      call: async (...[operation, input, options]: Parameters<typeof world.client.call>) => {
        if (operation === "UpdateEngagementContext" && !disturbed) {
          disturbed = true;
          await world.client.call(operation, { ...input, Payload: { Lead: { Customer: other } } });
        }
        return world.client.call(operation, input, options);
      },
    };
    await world.run(
      "lead",
      { invitation, lead: learned, opportunity: completion, solutions: ["S-0001111"] },
      { selling },
    );
    const { Contexts } = await world.client.call("GetEngagement", { Identifier: engagement });
    expect(Contexts).toContainEqual(
      expect.objectContaining({
        Payload: {
          Lead: expect.objectContaining({
            QualificationStatus: "Qualified",
            Customer: expect.objectContaining({ CompanyName: "Other" }),
          }),
        },
      }),
    );
  });

  it("takes an engagement that was accepted already, and says what is missing before it submits", async () => {
    const { invitation, engagement } = world.partnerCentral.refer({ lead: completeLead });
    await world.client.call("AcceptEngagementInvitation", { Identifier: invitation });
    const { outcome } = await world.run("lead", { engagement });
    expect(outcome).toMatchObject({ status: "needs-person", result: { engagement, opportunity: expect.any(String) } });
    expect(outcome.next).toContainEqual(expect.stringContaining("Marketing.Source"));
  });

  it("explains a lead that cannot become an opportunity", async () => {
    const { engagement, invitation } = world.partnerCentral.refer({ lead: completeLead });
    await world.client.call("AcceptEngagementInvitation", { Identifier: invitation });
    const { outcome } = await world.run("lead", { engagement, lead: { QualificationStatus: "Disqualified" } });
    expect(outcome).toMatchObject({
      status: "needs-person",
      summary: expect.stringContaining("DisqualifiedLeadNotPermitted"),
    });
  });

  it("takes no opportunity for a lead, and wants one place of the lead", async () => {
    const { invitation } = world.partnerCentral.refer({ opportunity: completeDeal });
    await expect(world.run("lead", { invitation })).rejects.toMatchObject({ failure: { kind: "invalid" } });
    await expect(world.run("lead", {})).rejects.toMatchObject({
      failure: { issues: [{ message: expect.stringContaining("Exactly one") }] },
    });
  });
});
