import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { project } from "./support/deal.ts";
import { startWorld, type World } from "./support/world.ts";

describe("the workflow prospect", () => {
  let world: World;
  beforeEach(async () => {
    world = await startWorld({ taskDelayMs: 5000 });
  });
  afterEach(() => world.close());

  it("gives what AWS found, and says why where it found nothing", async () => {
    const input = { ClientToken: "one", Title: "T", Description: "D", Contexts: [project] };
    const { Id } = await world.client.call("CreateEngagement", input);
    const unknown = "eng-00000000000000";
    const { outcome, progress } = await world.run("prospect", { engagements: [Id ?? "", unknown], name: "Autumn" });
    expect(outcome).toMatchObject({
      status: "needs-person",
      result: { results: [{ engagement: Id, payload: { ProspectingResult: { Aws: { TaskName: "Autumn" } } } }] },
      next: [expect.stringContaining(unknown)],
    });
    expect(progress).toContainEqual(expect.objectContaining({ kind: "waiting", step: "task" }));

    const alone = await world.run("prospect", { engagements: [Id ?? ""], name: "Again" });
    expect(alone.outcome).toMatchObject({ status: "done", summary: "AWS looked up 1 of 1 customer." });
  });

  it("is patient for so long only, and then looks at the same task again", async () => {
    world.partnerCentral.configure({ taskDelayMs: 3_600_000 });
    const { outcome } = await world.run("prospect", { engagements: ["eng-00000000000000"], name: "Slow" });
    expect(outcome).toMatchObject({ status: "waiting", result: { task: expect.stringMatching(/^task-/) } });
  });
});
