import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import {
  completeInput,
  emulatePartnerCentral,
  type EmulatedPartnerCentral,
} from "./testing/emulated-partner-central.ts";

let world: EmulatedPartnerCentral;
beforeEach(async () => {
  world = await emulatePartnerCentral();
});
afterEach(() => world.close());

const submission = { InvolvementType: "Co-Sell", Visibility: "Full" } as const;
const start = (id: string, ClientToken = `start-${id}`) =>
  world.client.startEngagementFromOpportunityTask({
    Catalog: "Sandbox",
    Identifier: id,
    ClientToken,
    AwsSubmission: submission,
  });
const reviewStatus = async (id: string) =>
  (await world.client.getOpportunity({ Catalog: "Sandbox", Identifier: id })).LifeCycle?.ReviewStatus;

describe("StartEngagementFromOpportunityTask", () => {
  it("submits, and gives the engagement, the invitation and the job", async () => {
    const id = await world.draft();

    const task = await start(id);

    expect(task).toMatchObject({
      TaskStatus: "COMPLETE",
      OpportunityId: id,
      TaskId: expect.stringMatching(/^task-[0-9a-z]{13}$/),
      EngagementId: expect.stringMatching(/^eng-[0-9a-z]{14}$/),
      EngagementInvitationId: expect.stringMatching(/^engi-[0-9a-z]{13}$/),
      ResourceSnapshotJobId: expect.stringMatching(/^job-[0-9a-z]{13}$/),
    });
    expect(await reviewStatus(id)).toBe("Submitted");
  });

  it("sends nanoseconds, which a Date cannot hold", async () => {
    const Identifier = await world.draft();
    const body = { Catalog: "Sandbox", Identifier, ClientToken: "raw", AwsSubmission: submission };
    const answer: unknown = await (await world.post("StartEngagementFromOpportunityTask", body)).json();
    expect(answer).toMatchObject({ StartTime: expect.stringMatching(/\.\d{9}Z$/) });
  });

  it("takes its time when the settings say so; the same token tells how far it is", async () => {
    world.partnerCentral.configure({ taskDelayMs: 10_000 });
    const id = await world.draft();

    const first = await start(id);
    expect(first.TaskStatus).toBe("IN_PROGRESS");
    expect(await reviewStatus(id)).toBe("Pending Submission");
    world.clock.advance(10_000);

    expect(await start(id)).toMatchObject({ TaskId: first.TaskId, TaskStatus: "COMPLETE" });
    expect(await reviewStatus(id)).toBe("Submitted");
  });

  it("fails with the rules that the opportunity breaks, and leaves it a draft", async () => {
    const { Id: id = "" } = await world.client.createOpportunity({
      ...completeInput,
      LifeCycle: { Stage: "Qualified" },
      Marketing: undefined,
    });

    const task = await start(id);

    expect(task).toMatchObject({ TaskStatus: "FAILED", ReasonCode: "OpportunityValidationFailed" });
    expect(task.Message).toContain("RelatedEntityIdentifiers.Solutions");
    expect(task.Message).toContain("LifeCycle.TargetCloseDate");
    expect(task.Message).toContain("Marketing.Source");
    expect(await reviewStatus(id)).toBe("Pending Submission");
  });

  it("submits a prospect too, as AWS does", async () => {
    const id = await world.draft({ LifeCycle: { ...completeInput.LifeCycle, Stage: "Prospect" } });
    expect((await start(id)).TaskStatus).toBe("COMPLETE");
  });

  it("refuses what is not a draft any more, and a token used for another opportunity", async () => {
    const [one, two] = [await world.draft(), await world.draft()];
    await start(one, "token");

    await expect(start(one, "another token")).rejects.toMatchObject({
      Reason: "BUSINESS_VALIDATION_FAILED",
      ErrorList: [{ Code: "INVALID_RESOURCE_STATE" }],
    });
    await expect(start(two, "token")).rejects.toMatchObject({ name: "ConflictException" });
  });
});

describe("SubmitOpportunity", () => {
  it("refuses with every broken rule at once", async () => {
    const { Id: id = "" } = await world.client.createOpportunity({ Catalog: "Sandbox" });
    const refused = world.client.submitOpportunity({ Catalog: "Sandbox", Identifier: id, ...submission });
    await expect(refused).rejects.toMatchObject({
      Reason: "BUSINESS_VALIDATION_FAILED",
      ErrorList: expect.arrayContaining([
        expect.objectContaining({ FieldName: "Customer.Account.CompanyName", Code: "REQUIRED_FIELD_MISSING" }),
        expect.objectContaining({ FieldName: "Project.Title", Code: "REQUIRED_FIELD_MISSING" }),
      ]),
    });
  });

  it("needs no reason for co-selling when AWS is only to see it", async () => {
    const id = await world.draft({ PrimaryNeedsFromAws: undefined });
    const submit = (InvolvementType: "Co-Sell" | "For Visibility Only") =>
      world.client.submitOpportunity({ Catalog: "Sandbox", Identifier: id, InvolvementType });

    await expect(submit("Co-Sell")).rejects.toMatchObject({ ErrorList: [{ FieldName: "PrimaryNeedsFromAws" }] });
    await submit("For Visibility Only");
    expect(await reviewStatus(id)).toBe("Submitted");
  });
});

describe("ListEngagementFromOpportunityTasks", () => {
  it("lists the newest first, by page, and by opportunity and status", async () => {
    const ids = [await world.draft(), await world.draft(), await world.draft()];
    for (const id of ids) {
      world.clock.advance(1000);
      await start(id);
    }
    const list = async (input: object) => {
      const page = await world.client.listEngagementFromOpportunityTasks({ Catalog: "Sandbox", ...input });
      return { ids: page.TaskSummaries?.map(({ OpportunityId }) => OpportunityId), next: page.NextToken };
    };

    const first = await list({ MaxResults: 2 });
    expect(first.ids).toEqual([ids[2], ids[1]]);
    expect((await list({ MaxResults: 2, NextToken: first.next })).ids).toEqual([ids[0]]);
    expect((await list({ OpportunityIdentifier: [ids[1]] })).ids).toEqual([ids[1]]);
    expect((await list({ TaskStatus: ["FAILED"] })).ids).toEqual([]);
  });
});
