import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { isJsonObject } from "../kernel/index.ts";
import { textAt, valueAt } from "../partner-central-shared/paths.ts";
import {
  completeInput,
  echoOf,
  emulatePartnerCentral,
  type EmulatedPartnerCentral,
} from "./testing/emulated-partner-central.ts";

let world: EmulatedPartnerCentral;
beforeEach(async () => {
  world = await emulatePartnerCentral();
});
afterEach(() => world.close());

const get = (id: string) => world.client.getOpportunity({ Catalog: "Sandbox", Identifier: id });

describe("CreateOpportunity", () => {
  it("creates a draft that waits for its submission and reads back as it was sent", async () => {
    const created = await world.client.createOpportunity(completeInput);

    const read = await get(created.Id ?? "");
    expect(created.PartnerOpportunityIdentifier).toBe("crm-1");
    expect(created.LastModifiedDate).toEqual(read.LastModifiedDate);
    expect(read.LifeCycle).toEqual({ ...completeInput.LifeCycle, ReviewStatus: "Pending Submission" });
    expect(read.Project).toEqual(completeInput.Project);
    expect(read.Customer).toEqual(completeInput.Customer);
    expect(read.OpportunityTeam?.[0]?.BusinessTitle).toBe("OpportunityOwner");
    expect(read.Arn).toBe(`arn:aws:partnercentral:us-east-1:111122223333:catalog/Sandbox/opportunity/${read.Id ?? ""}`);
  });

  it("answers the same for the same token and body, and creates one opportunity only", async () => {
    const first = await world.client.createOpportunity({ ...completeInput, ClientToken: "token-1" });
    world.clock.advance(5000);
    const second = await world.client.createOpportunity({ ...completeInput, ClientToken: "token-1" });

    expect(second.Id).toBe(first.Id);
    expect(second.LastModifiedDate).toEqual(first.LastModifiedDate);
    expect(world.partnerCentral.opportunities()).toHaveLength(1);
  });

  it("refuses a token that stood for another body", async () => {
    await world.client.createOpportunity({ ...completeInput, ClientToken: "token-1" });

    const again = world.client.createOpportunity({ Catalog: "Sandbox", ClientToken: "token-1" });
    await expect(again).rejects.toMatchObject({ name: "ConflictException", $metadata: { httpStatusCode: 409 } });
  });

  it("does not remember the token of a refused call", async () => {
    const broken = { ...completeInput, LifeCycle: { TargetCloseDate: "2020-01-01" }, ClientToken: "token-1" };
    await expect(world.client.createOpportunity(broken)).rejects.toMatchObject({
      Reason: "BUSINESS_VALIDATION_FAILED",
    });

    await expect(world.client.createOpportunity({ ...completeInput, ClientToken: "token-1" })).resolves.toMatchObject({
      Id: expect.stringMatching(/^O\d+$/),
    });
  });

  it("tells everything that is wrong with the input at once", async () => {
    const refused = world.client.createOpportunity({
      Catalog: "Sandbox",
      Customer: { Account: { CompanyName: "X", Industry: "Baking" as never, Duns: "12" } },
      Project: { CustomerBusinessProblem: "too short" },
    });

    await expect(refused).rejects.toMatchObject({
      name: "ValidationException",
      Reason: "REQUEST_VALIDATION_FAILED",
      ErrorList: expect.arrayContaining([
        expect.objectContaining({ FieldName: "Customer.Account.Industry", Code: "INVALID_ENUM_VALUE" }),
        expect.objectContaining({ FieldName: "Customer.Account.Duns", Code: "INVALID_STRING_FORMAT" }),
        expect.objectContaining({ FieldName: "Project.CustomerBusinessProblem", Code: "VALUE_OUT_OF_RANGE" }),
      ]),
    });
    expect(world.partnerCentral.opportunities()).toEqual([]);
  });

  it("ignores members that it does not know", async () => {
    const response = await world.post("CreateOpportunity", { Catalog: "Sandbox", ClientToken: "t", PartnerId: "p" });
    expect(response.status).toBe(200);
  });
});

describe("UpdateOpportunity", () => {
  it("replaces everything: what is left out is null", async () => {
    const id = await world.draft();
    const { LastModifiedDate } = await get(id);
    world.clock.advance(1000);

    const updated = await world.client.updateOpportunity({
      Catalog: "Sandbox",
      Identifier: id,
      LastModifiedDate,
      LifeCycle: { Stage: "Qualified", ReviewStatus: "Pending Submission", TargetCloseDate: "2026-11-30" },
      Project: { Title: "Another title" },
    });

    const read = await get(id);
    expect(read.LastModifiedDate).toEqual(updated.LastModifiedDate);
    expect(read.Project).toEqual({ Title: "Another title" });
    expect(read.Customer).toBeUndefined();
    expect(read.LifeCycle?.NextSteps).toBeUndefined();
    expect(read.RelatedEntityIdentifiers?.Solutions).toEqual(["S-0001111"]);
  });

  it("keeps the contract duration that is left out, and drops it for an explicit null", async () => {
    const id = await world.draft({
      Project: { ...completeInput.Project, ExpectedContractDuration: { Term: "Months", Value: "12" } },
    });
    const duration = async () => valueAt(await echoOf(world, id), "Project.ExpectedContractDuration");
    const update = async (change: Record<string, null>) => {
      const echo = await echoOf(world, id);
      const project = Object.entries(isJsonObject(echo.Project) ? echo.Project : {});
      const others = Object.fromEntries(project.filter(([member]) => member !== "ExpectedContractDuration"));
      return world.post("UpdateOpportunity", { ...echo, Project: { ...others, ...change } });
    };

    expect((await update({})).status).toBe(200);
    expect(await duration()).toEqual({ Term: "Months", Value: "12" });
    expect((await update({ ExpectedContractDuration: null })).status).toBe(200);
    expect(await duration()).toBeNull();
  });

  it("compares LastModifiedDate as an instant", async () => {
    const id = await world.draft();
    const echo = await echoOf(world, id);
    const stamp = new Date(textAt(echo, "LastModifiedDate") ?? "");
    const spelledOtherwise = stamp.toISOString().replace("Z", "+00:00");

    const response = await world.post("UpdateOpportunity", { ...echo, LastModifiedDate: spelledOtherwise });
    expect(response.status).toBe(200);
  });

  it("refuses a version that is out of date, even while the clock stands still", async () => {
    const id = await world.draft();
    const stale = await echoOf(world, id);
    expect((await world.post("UpdateOpportunity", stale)).status).toBe(200);

    const response = await world.post("UpdateOpportunity", stale);
    expect(response.status).toBe(409);
    expect(await response.json()).toMatchObject({ __type: "com.amazonaws.partnercentralselling#ConflictException" });
  });

  it("orphans the opportunity when the review status is left out, unless the switch says otherwise", async () => {
    const id = await world.draft();
    const without = async () => ({ ...(await echoOf(world, id)), LifeCycle: { Stage: "Qualified" } });

    await world.post("UpdateOpportunity", await without());
    expect((await get(id)).LifeCycle?.ReviewStatus).toBeUndefined();
    const refused = await world.post("UpdateOpportunity", {
      ...(await echoOf(world, id)),
      Project: { Title: "Too late" },
    });
    expect(refused.status).toBe(400);

    world.partnerCentral.edit({
      object: "Opportunity",
      id,
      fields: { "LifeCycle.ReviewStatus": "Pending Submission" },
    });
    world.partnerCentral.configure({ omittedReviewStatusResets: false });
    await world.post("UpdateOpportunity", await without());
    expect((await get(id)).LifeCycle?.ReviewStatus).toBe("Pending Submission");
  });

  it("drops changes of the members that a setting names without a word, and takes the others", async () => {
    const id = await world.draft();
    const echo = await echoOf(world, id);
    const before = await get(id);
    world.partnerCentral.configure({ ignoredMembers: ["Project.Title"] });
    const Project = {
      ...(isJsonObject(echo.Project) ? echo.Project : {}),
      Title: "Dropped",
      AdditionalComments: "Taken",
    };
    const response = await world.post("UpdateOpportunity", { ...echo, Project });
    expect(response.status).toBe(200);
    expect((await get(id)).Project).toMatchObject({ Title: before.Project?.Title, AdditionalComments: "Taken" });
  });

  it("wants a reason for a lost deal", async () => {
    const id = await world.draft();
    const echo = await echoOf(world, id);
    const LifeCycle = { ...(isJsonObject(echo.LifeCycle) ? echo.LifeCycle : {}), Stage: "Closed Lost" };

    const response = await world.post("UpdateOpportunity", { ...echo, LifeCycle });
    expect(await response.json()).toMatchObject({
      Reason: "BUSINESS_VALIDATION_FAILED",
      ErrorList: [{ FieldName: "LifeCycle.ClosedLostReason", Code: "REQUIRED_FIELD_MISSING" }],
    });
  });

  it("knows no opportunity of another account or catalog", async () => {
    const id = await world.draft();
    const other = world.clientOf({ accessKeyId: "AKIACOSELLPARTNERTWO" });

    await expect(other.getOpportunity({ Catalog: "Sandbox", Identifier: id })).rejects.toMatchObject({
      name: "ResourceNotFoundException",
    });
    await expect(world.client.getOpportunity({ Catalog: "AWS", Identifier: id })).rejects.toMatchObject({
      name: "ResourceNotFoundException",
    });
  });
});

describe("ListOpportunities", () => {
  const ids = async (input: object): Promise<string[]> => {
    const { OpportunitySummaries = [] } = await world.client.listOpportunities({ Catalog: "Sandbox", ...input });
    return OpportunitySummaries.map(({ Id }) => Id ?? "");
  };

  it("pages through everything in the order asked for, every row once", async () => {
    const created: string[] = [];
    for (let count = 0; count < 5; count++) {
      world.clock.advance(1000);
      created.push(await world.draft());
    }
    const Sort = { SortBy: "LastModifiedDate", SortOrder: "ASCENDING" } as const;

    const seen: string[] = [];
    let NextToken: string | undefined;
    do {
      const page = await world.client.listOpportunities({
        Catalog: "Sandbox",
        MaxResults: 2,
        Sort,
        ...(NextToken !== undefined && { NextToken }),
      });
      expect(page.OpportunitySummaries?.length).toBeLessThanOrEqual(2);
      seen.push(...(page.OpportunitySummaries ?? []).map(({ Id }) => Id ?? ""));
      NextToken = page.NextToken;
    } while (NextToken !== undefined);
    expect(seen).toEqual(created);
    expect(await ids({})).toEqual(created.reverse());
  });

  it("gives what changed after an instant, without the instant or with it", async () => {
    const first = await world.draft();
    world.clock.advance(60_000);
    const second = await world.draft();
    const { LastModifiedDate } = await get(first);
    const filter = { LastModifiedDate: { AfterLastModifiedDate: LastModifiedDate } };

    expect(await ids(filter)).toEqual([second]);
    world.partnerCentral.configure({ afterIsInclusive: true });
    expect(await ids(filter)).toEqual([second, first]);
  });

  it("filters by id, stage, review status, company and close date", async () => {
    const prospect = await world.draft({ LifeCycle: { Stage: "Prospect", TargetCloseDate: "2026-03-01" } });
    const submitted = await world.submitted();

    expect(await ids({ Identifier: [prospect] })).toEqual([prospect]);
    expect(await ids({ LifeCycleStage: ["Prospect"] })).toEqual([prospect]);
    expect(await ids({ LifeCycleReviewStatus: ["Submitted"] })).toEqual([submitted]);
    expect(await ids({ CustomerCompanyName: ["Nobody"] })).toEqual([]);
    expect(await ids({ TargetCloseDate: { BeforeTargetCloseDate: "2026-04-01" } })).toEqual([prospect]);
  });

  it("refuses a token of another operation", async () => {
    const NextToken = Buffer.from("ListSolutions:2").toString("base64url");
    await expect(world.client.listOpportunities({ Catalog: "Sandbox", NextToken })).rejects.toMatchObject({
      ErrorList: [{ FieldName: "NextToken", Code: "INVALID_VALUE" }],
    });
  });
});
