import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { completeDeal, invitation, project } from "./support/deal.ts";
import { idIn, notebook, startWorld, type World } from "./support/world.ts";

describe("the workflow collaborate", () => {
  let world: World;
  beforeEach(async () => {
    world = await startWorld();
    world.partnerCentral.account.connect({ accounts: ["111122223333", "444455556666"] });
  });
  afterEach(() => world.close());

  const draft = async (): Promise<string> =>
    (await world.client.createOpportunity({ ...completeDeal, ClientToken: "draft" })).Id;
  const input = (opportunity: string) => ({
    title: "Move the shop",
    description: "Two partners move a shop.",
    contexts: [project],
    invitations: [invitation],
    opportunity,
  });

  it("opens an engagement, invites a partner, shares an opportunity, and says what is missing", async () => {
    const memory = notebook();
    const { outcome } = await world.run("collaborate", input(await draft()), { memory });
    expect(outcome).toMatchObject({
      status: "waiting",
      result: { open: ["444455556666"], members: ["111122223333"], revision: 1, jobHasRole: false },
      next: [expect.any(String), expect.stringContaining("PutSellingSystemSettings")],
    });

    const [sent] = Object.values(world.partnerCentral.state().invitations);
    await world.partner.call("AcceptEngagementInvitation", { Identifier: sent?.id ?? "" });
    await world.client.call("PutSellingSystemSettings", { ResourceSnapshotJobRoleIdentifier: "snapshots" });
    const later = await world.run("collaborate", undefined, { memory });
    expect(later.outcome).toMatchObject({
      status: "done",
      result: { members: ["111122223333", "444455556666"], jobHasRole: true },
    });
  });

  it("says that a partner rejected", async () => {
    const memory = notebook();
    await world.run("collaborate", { title: "T", description: "D", invitations: [invitation] }, { memory });
    const [sent] = Object.values(world.partnerCentral.state().invitations);
    const RejectionReason = "Unable to support";
    await world.partner.call("RejectEngagementInvitation", { Identifier: sent?.id ?? "", RejectionReason });
    const { outcome } = await world.run("collaborate", undefined, { memory });
    expect(outcome).toMatchObject({ status: "needs-person", result: { refused: ["444455556666"] } });
  });

  it("goes on with an engagement and a job that are there", async () => {
    const opportunity = await draft();
    const first = await world.run("collaborate", { ...input(opportunity), invitations: [] });
    const engagement = idIn(first.outcome, "engagement");
    const second = await world.run("collaborate", { engagement, opportunity });
    expect(second.outcome.result).toMatchObject({ engagement, job: first.outcome.result["job"] ?? "", revision: 2 });
  });
});
