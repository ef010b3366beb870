import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { echoOf, emulatePartnerCentral, type EmulatedPartnerCentral } from "./testing/emulated-partner-central.ts";

const Catalog = "Sandbox";
let world: EmulatedPartnerCentral;
let opportunity: string;
let engagement: string;
beforeEach(async () => {
  world = await emulatePartnerCentral();
  opportunity = await world.draft();
  const { Id = "" } = await world.client.createEngagement({ Catalog, Title: "Shop" });
  engagement = Id;
});
afterEach(() => world.close());

const subject = () =>
  ({
    Catalog,
    EngagementIdentifier: engagement,
    ResourceType: "Opportunity",
    ResourceIdentifier: opportunity,
    ResourceSnapshotTemplateIdentifier: "OpportunitySummaryView",
  }) as const;
const take = () => world.client.createResourceSnapshot(subject());
const rename = async (Title: string): Promise<void> => {
  const echo = await echoOf(world, opportunity);
  await world.post("UpdateOpportunity", { ...echo, Project: { ...(echo.Project as object), Title } });
};
const revisions = async () =>
  (
    await world.client.listResourceSnapshots({ Catalog, EngagementIdentifier: engagement })
  ).ResourceSnapshotSummaries?.map(({ Revision }) => Revision);

describe("resource snapshots", () => {
  it("keep the opportunity as it was, revision by revision", async () => {
    expect((await take()).Revision).toBe(1);
    world.partnerCentral.edit({ object: "Opportunity", id: opportunity, fields: { "LifeCycle.Stage": "Committed" } });
    expect((await take()).Arn).toMatch(/\/template\/OpportunitySummaryView\/snapshot\/2$/);

    const stage = async (Revision?: number) => {
      const read = await world.client.getResourceSnapshot({ ...subject(), Revision });
      return read.Payload?.OpportunitySummary?.Lifecycle?.Stage;
    };
    expect(await stage(1)).toBe("Qualified");
    expect(await stage()).toBe("Committed");
    expect(await revisions()).toEqual([1, 2]);
    await expect(stage(3)).rejects.toMatchObject({ name: "ResourceNotFoundException" });
  });

  it("show AWS's side with the template for it, and refuse templates that are none", async () => {
    const of = (ResourceSnapshotTemplateIdentifier: string) => ({ ...subject(), ResourceSnapshotTemplateIdentifier });
    await world.client.createResourceSnapshot(of("AwsOpportunitySummaryFullView"));
    const read = await world.client.getResourceSnapshot(of("AwsOpportunitySummaryFullView"));
    expect(read.Payload?.AwsOpportunitySummaryFullView?.RelatedOpportunityId).toBe(opportunity);
    await expect(world.client.createResourceSnapshot(of("Poster"))).rejects.toMatchObject({
      ErrorList: [{ FieldName: "ResourceSnapshotTemplateIdentifier" }],
    });
  });

  it("are taken by the owner only", async () => {
    const theirs = world.clientOf({ accessKeyId: "AKIACOSELLPARTNERTWO" });
    await expect(theirs.createResourceSnapshot(subject())).rejects.toMatchObject({ name: "ResourceNotFoundException" });
  });
});

describe("resource snapshot jobs", () => {
  const create = async (): Promise<string> => {
    const { Id = "" } = await world.client.createResourceSnapshotJob({
      ...subject(),
      Tags: [{ Key: "team", Value: "north" }],
    });
    return Id;
  };
  const get = (ResourceSnapshotJobIdentifier: string) =>
    world.client.getResourceSnapshotJob({ Catalog, ResourceSnapshotJobIdentifier });

  it("take a snapshot per change once they are started and the account has a role", async () => {
    const job = { Catalog, ResourceSnapshotJobIdentifier: await create() } as const;
    expect(await get(job.ResourceSnapshotJobIdentifier)).toMatchObject({ Status: "Stopped" });
    await world.client.startResourceSnapshotJob(job);
    expect((await get(job.ResourceSnapshotJobIdentifier)).LastFailure).toContain("role");

    await world.client.putSellingSystemSettings({ Catalog, ResourceSnapshotJobRoleIdentifier: "Snapshots" });
    expect(await revisions()).toEqual([1]);
    await rename("Another title");
    expect(await revisions()).toEqual([1, 2]);
    expect(await revisions()).toEqual([1, 2]);
    expect(await get(job.ResourceSnapshotJobIdentifier)).toMatchObject({
      LastSuccessfulExecutionDate: expect.any(Date),
    });

    await world.client.stopResourceSnapshotJob(job);
    await rename("A third title");
    expect(await revisions()).toEqual([1, 2]);
  });

  it("are listed, tagged, one per subject, and deleted when they are stopped", async () => {
    const ResourceSnapshotJobIdentifier = await create();
    await expect(create()).rejects.toMatchObject({ name: "ConflictException" });
    const { Arn: ResourceArn = "" } = await get(ResourceSnapshotJobIdentifier);
    expect((await world.client.listTagsForResource({ ResourceArn })).Tags).toEqual([{ Key: "team", Value: "north" }]);
    const list = async (Status: "Running" | "Stopped") =>
      (await world.client.listResourceSnapshotJobs({ Catalog, Status })).ResourceSnapshotJobSummaries;
    expect(await list("Running")).toEqual([]);
    expect(await list("Stopped")).toMatchObject([{ Id: ResourceSnapshotJobIdentifier, EngagementId: engagement }]);

    const job = { Catalog, ResourceSnapshotJobIdentifier } as const;
    await world.client.startResourceSnapshotJob(job);
    await expect(world.client.deleteResourceSnapshotJob(job)).rejects.toMatchObject({ name: "ConflictException" });
    await world.client.stopResourceSnapshotJob(job);
    await world.client.deleteResourceSnapshotJob(job);
    await expect(get(ResourceSnapshotJobIdentifier)).rejects.toMatchObject({ name: "ResourceNotFoundException" });
  });

  it("come with a submission: a first snapshot and a running job", async () => {
    const AwsSubmission = { InvolvementType: "Co-Sell", Visibility: "Full" } as const;
    const start = { Catalog, Identifier: opportunity, AwsSubmission } as const;
    const task = await world.client.startEngagementFromOpportunityTask(start);
    engagement = task.EngagementId ?? "";

    expect(await revisions()).toEqual([1]);
    expect(await get(task.ResourceSnapshotJobId ?? "")).toMatchObject({ Status: "Running", ResourceId: opportunity });
  });
});

describe("selling system settings", () => {
  it("keep the role by name or ARN, per catalog, until it is left out", async () => {
    const put = (ResourceSnapshotJobRoleIdentifier?: string) =>
      world.client.putSellingSystemSettings({ Catalog, ResourceSnapshotJobRoleIdentifier });
    const role = async (of = Catalog) =>
      (await world.client.getSellingSystemSettings({ Catalog: of })).ResourceSnapshotJobRoleArn;

    expect(await role()).toBeUndefined();
    await put("Snapshots");
    expect(await role()).toBe("arn:aws:iam::111122223333:role/Snapshots");
    expect(await role("AWS")).toBeUndefined();
    await put();
    expect(await role()).toBeUndefined();
  });
});
