import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { emulatePartnerCentral, type EmulatedPartnerCentral } from "./testing/emulated-partner-central.ts";

const Catalog = "Sandbox";
let world: EmulatedPartnerCentral;
let engagement: string;
beforeEach(async () => {
  world = await emulatePartnerCentral();
  const { engagement: id, invitation } = world.partnerCentral.refer({
    lead: {
      Customer: { CompanyName: "Example Bakery", Industry: "Retail" },
      Interactions: [{ Contact: { BusinessTitle: "Baker", Email: "b@example.com", FirstName: "B", LastName: "B" } }],
    },
  });
  await world.client.acceptEngagementInvitation({ Catalog, Identifier: invitation });
  engagement = id;
});
afterEach(() => world.close());

const start = (Identifiers: string[], TaskName = "Spring", ClientToken = TaskName) =>
  world.client.startProspectingFromEngagementTask({ Catalog, Identifiers, TaskName, ClientToken });
const unknown = "eng-00000000000000";

describe("prospecting", () => {
  it("adds what AWS knows to each engagement, and tells which it could not", async () => {
    world.partnerCentral.configure({ taskDelayMs: 1000 });
    const task = await start([engagement, unknown]);
    expect(task).toMatchObject({ TaskStatus: "IN_PROGRESS", TaskId: expect.stringMatching(/^task-[0-9a-z]{14}$/) });
    world.clock.advance(1000);

    const done = await world.client.getProspectingFromEngagementTask({ Catalog, TaskIdentifier: task.TaskId });
    expect(done.EndTime).toEqual(new Date(world.clock.now()));
    expect(done.Engagements).toMatchObject([
      { EngagementIdentifier: engagement, Status: "COMPLETED", EngagementContextId: "2" },
      { EngagementIdentifier: unknown, Status: "FAILED", ReasonCode: "EngagementAccessDenied" },
    ]);
    const { Contexts } = await world.client.getEngagement({ Catalog, Identifier: engagement });
    expect(Contexts?.[1]).toMatchObject({
      Type: "ProspectingResult",
      Payload: { ProspectingResult: { Aws: { TaskId: task.TaskId, Customer: { AccountName: "Example Bakery" } } } },
    });
    expect(await start([engagement, unknown])).toMatchObject({ TaskId: task.TaskId, TaskStatus: "COMPLETED" });
  });

  it("is listed by name, by time, and sorted by failures", async () => {
    await start([engagement], "Good");
    world.clock.advance(60_000);
    await start([unknown], "Bad");
    const names = async (input: object) => {
      const page = await world.client.listProspectingFromEngagementTasks({ Catalog, ...input });
      return page.TaskSummaries?.map(({ TaskName }) => TaskName);
    };

    expect(await names({})).toEqual(["Bad", "Good"]);
    expect(await names({ TaskName: ["Good"] })).toEqual(["Good"]);
    expect(await names({ StartAfter: new Date(world.clock.now() - 1000) })).toEqual(["Bad"]);
    const Sort = { SortBy: "FailedEngagementCount", SortOrder: "ASCENDING" };
    expect(await names({ Sort })).toEqual(["Good", "Bad"]);
    await expect(start([], "Nothing")).rejects.toMatchObject({ ErrorList: [{ FieldName: "Identifiers" }] });
  });
});
