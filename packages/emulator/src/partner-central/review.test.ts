import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { isJsonObject, type JsonObject } from "../kernel/index.ts";
import { withValue } from "../partner-central-shared/paths.ts";
import { echoOf, emulatePartnerCentral, type EmulatedPartnerCentral } from "./testing/emulated-partner-central.ts";

let world: EmulatedPartnerCentral;
beforeEach(async () => {
  world = await emulatePartnerCentral({ inReviewAfterMs: 60_000 });
});
afterEach(() => world.close());

const read = (id: string) => world.client.getOpportunity({ Catalog: "Sandbox", Identifier: id });
const statusOf = async (id: string) => (await read(id)).LifeCycle?.ReviewStatus;

/** Changes one member of what AWS holds and gives the answer's status and body. */
async function change(id: string, path: string, value: string): Promise<{ status: number; body: JsonObject }> {
  const response = await world.post("UpdateOpportunity", withValue(await echoOf(world, id), path, value));
  const body: unknown = await response.json();
  return { status: response.status, body: isJsonObject(body) ? body : {} };
}

const notPermitted = (path: string) => ({
  status: 400,
  body: {
    __type: "com.amazonaws.partnercentralselling#ValidationException",
    Reason: "BUSINESS_VALIDATION_FAILED",
    ErrorList: [{ FieldName: path, Code: "ACTION_NOT_PERMITTED" }],
  },
});

describe("the review of a submission", () => {
  it("goes from Submitted to In review with time, and changes the opportunity's version", async () => {
    const id = await world.submitted();
    expect(await statusOf(id)).toBe("Submitted");
    const { LastModifiedDate: before } = await read(id);

    world.clock.advance(60_000);

    expect(await statusOf(id)).toBe("In review");
    expect((await read(id)).LastModifiedDate?.getTime()).toBeGreaterThan(before?.getTime() ?? Infinity);
  });

  it("is approved by a person at AWS, who then shows up on AWS's side", async () => {
    const id = await world.submitted();

    world.partnerCentral.review({ opportunity: id, status: "Approved" });

    expect(await statusOf(id)).toBe("Approved");
    const summary = await world.client.getAwsOpportunitySummary({
      Catalog: "Sandbox",
      RelatedOpportunityIdentifier: id,
    });
    expect(summary).toMatchObject({
      InvolvementType: "Co-Sell",
      Visibility: "Full",
      Origin: "Partner Referral",
      LifeCycle: { Stage: "Qualified" },
      RelatedEntityIds: { Solutions: ["S-0001111"] },
    });
    expect(summary.OpportunityTeam?.map(({ BusinessTitle }) => BusinessTitle)).toEqual(["PDM", "AWSSalesRep"]);
    expect(summary.OpportunityTeam?.every(({ Email }) => Email?.endsWith("@example.com"))).toBe(true);
  });

  it("approves by itself after the time that the settings give", async () => {
    world.partnerCentral.configure({ approveAfterMs: 3_600_000 });
    const id = await world.submitted();

    world.clock.advance(3_599_999);
    expect(await statusOf(id)).toBe("In review");
    world.clock.advance(1);
    expect(await statusOf(id)).toBe("Approved");
  });

  it("asks for a correction, takes it, and begins again", async () => {
    const id = await world.submitted();
    world.partnerCentral.review({ opportunity: id, status: "Action Required", comments: "Say more." });
    expect((await read(id)).LifeCycle).toMatchObject({ ReviewStatus: "Action Required", ReviewComments: "Say more." });

    const better = "The shop's data centre closes in December, and nobody knows the old system.";
    expect((await change(id, "Project.CustomerBusinessProblem", better)).status).toBe(200);

    expect(await statusOf(id)).toBe("Submitted");
    world.clock.advance(60_000);
    expect(await statusOf(id)).toBe("In review");
  });

  it("is played by an update in the Sandbox, from any open status", async () => {
    const id = await world.submitted();

    expect((await change(id, "LifeCycle.ReviewStatus", "Action Required")).status).toBe(200);
    expect(await statusOf(id)).toBe("Action Required");
    expect((await change(id, "LifeCycle.ReviewStatus", "Approved")).status).toBe(200);
    expect(await statusOf(id)).toBe("Approved");
    expect(await change(id, "LifeCycle.ReviewStatus", "Rejected")).toMatchObject(
      notPermitted("LifeCycle.ReviewStatus"),
    );
  });

  it("cannot be played on a draft, nor set to a status that only AWS sets", async () => {
    const draft = await world.draft();
    const submitted = await world.submitted();

    expect((await change(draft, "LifeCycle.ReviewStatus", "Approved")).status).toBe(400);
    expect((await change(submitted, "LifeCycle.ReviewStatus", "In review")).status).toBe(400);
  });

  it("refuses a review of what nobody reviews", async () => {
    const id = await world.draft();
    expect(() => world.partnerCentral.review({ opportunity: id, status: "Approved" })).toThrow(RangeError);
    expect(() => world.partnerCentral.review({ opportunity: "O1", status: "Approved" })).toThrow("O1");
  });
});

describe("locks", () => {
  it.each(["Submitted", "In review"])("refuse every change while it is %s", async (status) => {
    const id = await world.submitted();
    if (status === "In review") world.clock.advance(60_000);
    expect(await statusOf(id)).toBe(status);

    expect(await change(id, "Project.Title", "New")).toMatchObject(notPermitted("Project.Title"));
    expect((await world.post("UpdateOpportunity", await echoOf(world, id))).status).toBe(400);
    world.partnerCentral.configure({ errorWhenLocked: "conflict" });
    expect((await change(id, "Project.Title", "New")).status).toBe(409);
  });

  it("leave the stage of a draft open, unless the setting plays what was seen in the Sandbox", async () => {
    const id = await world.draft();
    expect((await change(id, "LifeCycle.Stage", "Prospect")).status).toBe(200);
    world.partnerCentral.configure({ sandboxDraftStageIsFixed: true });
    expect(await change(id, "LifeCycle.Stage", "Qualified")).toMatchObject(notPermitted("LifeCycle.Stage"));
    expect((await change(id, "Project.Title", "New")).status).toBe(200);
  });

  it("let only the documented fields through while a correction is asked for, and name each refused one", async () => {
    const id = await world.submitted();
    world.partnerCentral.review({ opportunity: id, status: "Action Required" });
    const echo = await echoOf(world, id);
    const both = withValue(withValue(echo, "Project.Title", "New"), "Customer.Account.CompanyName", "New");

    const refused = await world.post("UpdateOpportunity", both);

    expect(await refused.json()).toMatchObject({
      ErrorList: expect.arrayContaining([
        expect.objectContaining({ FieldName: "Project.Title" }),
        expect.objectContaining({ FieldName: "Customer.Account.CompanyName" }),
      ]),
    });
    expect((await change(id, "LifeCycle.TargetCloseDate", "2027-01-31")).status).toBe(200);
  });

  it("keep the title of an approved opportunity and let its next steps change", async () => {
    const id = await world.submitted();
    world.partnerCentral.review({ opportunity: id, status: "Approved" });

    expect(await change(id, "Project.Title", "New")).toMatchObject(notPermitted("Project.Title"));
    expect((await change(id, "LifeCycle.NextSteps", "Sign")).status).toBe(200);
    expect((await read(id)).LifeCycle?.NextSteps).toBe("Sign");
  });

  it("take nothing any more when it is rejected", async () => {
    const id = await world.submitted();
    world.partnerCentral.review({ opportunity: id, status: "Rejected" });
    expect(await change(id, "LifeCycle.NextSteps", "Sign")).toMatchObject(notPermitted("LifeCycle.NextSteps"));
  });

  it("drop changes of a launched opportunity without a word", async () => {
    const id = await world.submitted();
    world.partnerCentral.review({ opportunity: id, status: "Approved" });
    expect((await change(id, "LifeCycle.Stage", "Launched")).status).toBe(200);

    expect((await change(id, "LifeCycle.NextSteps", "Party")).status).toBe(200);
    expect((await change(id, "Project.AdditionalComments", "Well done")).status).toBe(200);

    expect((await read(id)).LifeCycle?.NextSteps).toBe("Call on Monday");
    expect((await read(id)).Project?.AdditionalComments).toBe("Well done");
  });
});

describe("a person at AWS", () => {
  it("edits the partner's part past all locks", async () => {
    const id = await world.submitted();
    world.partnerCentral.edit({ object: "Opportunity", id, fields: { "Project.Title": "As AWS sees it" } });
    expect((await read(id)).Project?.Title).toBe("As AWS sees it");
  });

  it("edits AWS's side without moving the opportunity's version, unless the switch says so", async () => {
    const id = await world.submitted();
    const { LastModifiedDate: before } = await read(id);
    const edit = () =>
      world.partnerCentral.edit({ object: "AwsOpportunitySummary", id, fields: { "LifeCycle.Stage": "Committed" } });

    edit();
    expect(world.partnerCentral.summary(id).LifeCycle).toMatchObject({ Stage: "Committed" });
    expect((await read(id)).LastModifiedDate).toEqual(before);
    world.partnerCentral.configure({ summaryEditTouchesOpportunity: true });
    edit();
    expect((await read(id)).LastModifiedDate).not.toEqual(before);
  });

  it("is told about a member that does not exist", async () => {
    const id = await world.draft();
    const edit = () => world.partnerCentral.edit({ object: "Opportunity", id, fields: { "Project.Tilte": "x" } });
    expect(edit).toThrow("Project.Tilte");
  });
});
