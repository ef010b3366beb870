import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { failureOf } from "@cosell/connector";
import { completeDeal } from "./support/deal.ts";
import { idIn, notebook, startWorld, type World } from "./support/world.ts";

const hour = 3_600_000;
const input = { opportunity: completeDeal, solutions: ["S-0001111"], products: ["aws-product-1"] };

describe("the workflow co-sell", () => {
  let world: World;
  beforeEach(async () => {
    world = await startWorld({ taskDelayMs: 5000 });
  });
  afterEach(() => world.close());

  it("takes a deal from a draft to AWS's approval, and tells each step", async () => {
    world.partnerCentral.configure({ approveAfterMs: 30 * hour });
    const { outcome, progress } = await world.run("co-sell", input, { waitForPeople: true });
    expect(outcome).toMatchObject({
      status: "done",
      result: {
        opportunity: expect.stringMatching(/^O\d+$/),
        engagement: expect.stringMatching(/^eng-/),
        review: { status: "Approved" },
      },
    });
    expect(progress.filter(({ kind }) => kind === "done").map(({ step }) => step)).toEqual([
      "check",
      "create",
      "associate Solutions S-0001111",
      "associate AwsProducts aws-product-1",
      "readiness",
      "start",
      "task",
      "review",
    ]);
    expect(progress).toContainEqual(
      expect.objectContaining({ kind: "waiting", step: "task", why: expect.stringContaining("AWS is working on") }),
    );
  });

  it("ends after the submission unless it is told to wait, and goes on with the same memory", async () => {
    const memory = notebook();
    const first = await world.run("co-sell", input, { memory });
    expect(first.outcome).toMatchObject({ status: "waiting", result: { review: { status: "Submitted" } } });

    world.partnerCentral.review({ opportunity: idIn(first.outcome, "opportunity"), status: "Approved" });
    const { outcome, progress } = await world.run("co-sell", undefined, { memory });
    expect(outcome).toMatchObject({ status: "done", summary: expect.stringContaining("approved") });
    expect(progress.filter(({ kind }) => kind === "skipped").map(({ step }) => step)).toContain("create");
    expect(world.partnerCentral.opportunities()).toHaveLength(1);
  });

  it("says what can be corrected when AWS asks for it, and why AWS rejected", async () => {
    const memory = notebook();
    const { outcome } = await world.run("co-sell", input, { memory });
    const opportunity = idIn(outcome, "opportunity");

    world.partnerCentral.review({ opportunity, status: "Action Required", comments: "Say more." });
    const asked = await world.run("co-sell", undefined, { memory });
    expect(asked.outcome).toMatchObject({ status: "needs-person", summary: expect.stringContaining("Say more.") });
    expect(asked.outcome.next.join(" ")).toContain("Project.CustomerBusinessProblem");

    world.partnerCentral.review({ opportunity, status: "Rejected", comments: "No." });
    const rejected = await world.run("co-sell", undefined, { memory });
    expect(rejected.outcome).toMatchObject({ status: "needs-person", result: { review: { status: "Rejected" } } });
  });

  it("sends nothing for a deal that AWS would not take, and takes the corrected one with the same memory", async () => {
    const memory = notebook();
    const { Marketing, ...incomplete } = completeDeal;
    const { outcome } = await world.run("co-sell", { ...input, opportunity: incomplete }, { memory });
    expect(outcome).toMatchObject({ status: "needs-person", next: [expect.stringContaining("Marketing.Source")] });
    expect(world.requests.since()).toEqual([]);

    const complete = { ...input, opportunity: { ...incomplete, Marketing: Marketing ?? null } };
    const corrected = await world.run("co-sell", complete, { memory });
    expect(corrected.outcome.status).toBe("waiting");
  });

  it("refuses an input with every issue at once, and a changed one after the deal was created", async () => {
    const wrong = { opportunity: { OpportunityType: "New" }, solutions: "S-1", visibility: "Half", deal: 1 };
    const failure = failureOf(await world.run("co-sell", wrong).catch((error: unknown) => error));
    expect(failure).toMatchObject({ kind: "invalid" });
    expect(failure?.kind === "invalid" && failure.issues.map(({ target }) => target)).toEqual([
      "opportunity.OpportunityType",
      "solutions",
      "visibility",
      "deal",
    ]);
    expect(world.requests.since()).toEqual([]);

    const memory = notebook();
    await world.run("co-sell", input, { memory });
    const other = world.run("co-sell", { opportunity: { ...completeDeal, OpportunityType: "Expansion" } }, { memory });
    await expect(other).rejects.toMatchObject({ failure: { kind: "config" } });
  });

  it("assigns the owner when one is named", async () => {
    const assignee = {
      FirstName: "Ola",
      LastName: "Owner",
      Email: "ola@partner.example.com",
      BusinessTitle: "OpportunityOwner",
    };
    await world.run("co-sell", { ...input, assignee });
    expect(world.partnerCentral.opportunities()[0]).toMatchObject({ OpportunityTeam: [{ FirstName: "Ola" }] });
  });
});
