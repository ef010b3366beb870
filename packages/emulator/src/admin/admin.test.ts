import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { manualClock } from "../kernel/index.ts";
import { startPartnerCentral } from "../start-partner-central.ts";
import { startEmulators, type RunningEmulators } from "../start.ts";

let world: RunningEmulators;
beforeEach(async () => {
  world = await startEmulators({ clock: manualClock(Date.parse("2026-01-15T09:00:00Z")) });
});
afterEach(() => world.close());

async function ask(method: string, path: string, body?: unknown): Promise<{ status: number; body: unknown }> {
  const init = body === undefined ? { method } : { method, body: JSON.stringify(body) };
  const response = await fetch(world.admin.url + path, init);
  return { status: response.status, body: await response.json() };
}

async function selling(operation: string, body: object): Promise<Record<string, unknown>> {
  const url = `${world.partnerCentralSelling.url}/${operation}`;
  const response = await fetch(url, { method: "POST", body: JSON.stringify({ Catalog: "Sandbox", ...body }) });
  return (await response.json()) as Record<string, unknown>;
}

const opportunity = async (): Promise<string> => {
  const { Id } = await selling("CreateOpportunity", { ClientToken: crypto.randomUUID() });
  return String(Id);
};

describe("the admin face", () => {
  it("gives the whole world and takes it back", async () => {
    const id = await opportunity();
    const { body: state } = await ask("GET", "/state");
    await ask("POST", "/reset");
    expect(world.partnerCentral.opportunities()).toEqual([]);

    expect((await ask("PUT", "/state", state)).status).toBe(200);

    expect(world.partnerCentral.opportunities()).toMatchObject([{ Id: id }]);
    expect((await ask("GET", "/state")).body).toEqual(state);
  });

  it("tells every call that came after a sequence, its own not among them", async () => {
    await opportunity();
    const { last } = (await ask("GET", "/requests")).body as { last: number };
    await selling("ListOpportunities", {});

    const { body } = await ask("GET", `/requests?since=${last}`);
    expect(body).toMatchObject({
      requests: [
        { server: "partnerCentralSelling", operation: "ListOpportunities", status: 200, account: "111122223333" },
      ],
    });
  });

  it("plays people on AWS's side", async () => {
    const id = await opportunity();
    const edit = {
      server: "partnerCentralSelling",
      object: "Opportunity",
      id,
      fields: { "LifeCycle.ReviewStatus": "In review" },
    };
    expect((await ask("POST", "/edit", edit)).status).toBe(200);
    await ask("POST", "/review", { opportunity: id, status: "Rejected", comments: "A duplicate." });

    expect(await selling("GetOpportunity", { Identifier: id })).toMatchObject({
      LifeCycle: { ReviewStatus: "Rejected", ReviewComments: "A duplicate." },
    });
  });

  it("refers deals and leads as AWS does", async () => {
    const lead = {
      Customer: { CompanyName: "Example Bakery" },
      Interactions: [{ Contact: { BusinessTitle: "Baker", Email: "b@example.com", FirstName: "B", LastName: "B" } }],
    };
    const { body: deal } = await ask("POST", "/refer", { opportunity: { Project: { Title: "Bake in the cloud" } } });
    await ask("POST", "/refer", { account: "444455556666", lead });

    const list = { ParticipantType: "RECEIVER" };
    expect(await selling("ListEngagementInvitations", list)).toMatchObject({
      EngagementInvitationSummaries: [{ Id: (deal as { invitation: string }).invitation, Status: "PENDING" }],
    });
    const [, invitation] = Object.values(world.partnerCentral.state().invitations);
    expect(invitation).toMatchObject({ receiver: "444455556666", payloadType: "LeadInvitation" });
  });

  it("edits a record of the CRM", async () => {
    const id = world.salesforce.create("Account", { Name: "Example" });
    await ask("POST", "/edit", { server: "salesforce", object: "Account", id, fields: { Name: "Renamed" } });
    expect(world.salesforce.records("Account")).toMatchObject([{ Name: "Renamed" }]);
  });

  it("moves time", async () => {
    expect((await ask("POST", "/time", { advance: 3_600_000 })).body).toMatchObject({
      now: "2026-01-15T10:00:00.000Z",
    });
    await ask("POST", "/time", { set: "2026-02-01T00:00:00Z" });
    expect(world.clock.now()).toBe(Date.parse("2026-02-01T00:00:00Z"));
    expect((await ask("GET", "/time")).body).toEqual({ now: "2026-02-01T00:00:00.000Z", movable: true });
  });

  it("sets faults and settings", async () => {
    await ask("PUT", "/faults", [{ kind: "throttle", operation: "ListOpportunities", times: 1 }]);
    expect(await selling("ListOpportunities", {})).toMatchObject({ __type: expect.stringContaining("Throttling") });
    expect((await ask("GET", "/faults")).body).toEqual([]);

    await ask("PUT", "/settings", { partnerCentralSelling: { unsigned: "never" } });
    expect((await ask("GET", "/settings")).body).toMatchObject({ partnerCentralSelling: { unsigned: "never" } });
    expect(await selling("ListOpportunities", {})).toMatchObject({
      __type: expect.stringContaining("UnrecognizedClient"),
    });
  });

  it("tells every event, and keeps what is under way and in queues with the state", async () => {
    await ask("PUT", "/settings", { events: { delayMs: 1000 }, sqs: { visibilityClock: "emulator" } });
    const id = await opportunity();
    const { body: state } = await ask("GET", "/state");
    expect((await ask("GET", "/events")).body).toMatchObject({
      last: 1,
      events: [{ sequence: 1, fate: "sent", event: { detail: { opportunity: { identifier: id } } } }],
    });
    expect((await ask("GET", "/events?since=1")).body).toEqual({ last: 1, events: [] });

    await ask("POST", "/reset");
    await ask("POST", "/time", { advance: 1000 });
    const messages = () => world.sqs.state().flatMap((queue) => queue.messages);
    expect(messages()).toEqual([]);

    await ask("PUT", "/state", state);
    await ask("POST", "/time", { advance: 1 });
    expect(messages()).toHaveLength(1);
    const { body: full } = await ask("GET", "/state");
    await ask("POST", "/reset");
    await ask("PUT", "/state", full);
    expect(messages()).toHaveLength(1);
  });

  it("never tells the webhook's key, and takes its own settings back", async () => {
    await ask("PUT", "/settings", { events: { webhookHeaderValue: "a-secret" } });
    const { body } = await ask("GET", "/settings");
    expect(JSON.stringify(body)).not.toContain("a-secret");
    const { events, sqs } = body as { events: object; sqs: object };
    expect((await ask("PUT", "/settings", { events, sqs })).status).toBe(200);

    await ask("PUT", "/settings", { partnerCentralSelling: { secretKeys: { AKIA: "another-secret" } } });
    const told = (await ask("GET", "/settings")).body;
    expect(JSON.stringify(told)).not.toContain("another-secret");
    const { partnerCentralSelling } = told as Record<string, object>;
    expect((await ask("PUT", "/settings", { partnerCentralSelling })).status).toBe(200);
    expect(world.partnerCentral.settings().secretKeys).toEqual({ AKIA: "another-secret" });
    expect(world.events.settings().webhookHeaderValue).toBe("a-secret");
  });

  it("seeds the CRM and empties Partner Central", async () => {
    await opportunity();
    const { body } = await ask("POST", "/seed", { deals: 20, seed: 3 });
    expect(body).toEqual({ opportunities: 20 });
    expect(world.partnerCentral.opportunities()).toEqual([]);
  });

  it.each([
    ["GET", "/nothing", undefined, "Known: GET /state"],
    ["PUT", "/faults", [{ kind: "thunder" }], "latency"],
    ["PUT", "/faults", [{ kind: "stall", tmies: 1 }], "tmies"],
    ["PUT", "/settings", { partnerCentralSelling: { quota: true } }, "quotas"],
    ["PUT", "/settings", { partnerCentralSelling: { unsigned: "sometimes" } }, "plain"],
    ["PUT", "/settings", { salesforce: { colour: 1 } }, "colour"],
    ["PUT", "/state", { partnerCentralSelling: {} }, "GET /state"],
    ["PUT", "/state", { partnerCentralSelling: { issued: 1, spaces: {}, engagements: 5 } }, "engagements"],
    ["PUT", "/state", { partnerCentralSelling: { issued: 1, spaces: { a: null } } }, "spaces"],
    ["PUT", "/state", { partnerCentralAccount: { issued: 1, spaces: {}, emailCodes: {} } }, "emailCodes"],
    ["POST", "/review", { opportunity: "O1", status: "Approved" }, "O1"],
    ["POST", "/review", { opportunity: "O1", status: "Great" }, "Action Required"],
    ["POST", "/edit", { server: "zoho", object: "a", id: "b", fields: {} }, "salesforce"],
    ["POST", "/time", {}, "advance"],
    ["POST", "/time", { set: 1e300 }, "advance"],
    ["GET", "/events?since=x", undefined, "whole number"],
    ["PUT", "/settings", { events: { lossProbability: 7 } }, "from 0 to 1"],
    ["PUT", "/settings", { sqs: { visibilityClock: "sun" } }, "machine"],
    ["PUT", "/state", { sqs: { queues: [{}] } }, "GET /state"],
    ["PUT", "/state", { events: {} }, "GET /state"],
    ["GET", "/requests?since=x", undefined, "whole number"],
    ["POST", "/refer", {}, "either opportunity or lead"],
    ["POST", "/refer", { opportunity: { OpportunityType: "Gift" } }, "OpportunityType"],
    ["POST", "/refer", { lead: { Customer: {} } }, "CompanyName"],
    ["POST", "/refer", { account: "1", lead: {} }, "12 digits"],
  ])("says what is wrong with %s %s %j", async (method, path, body, words) => {
    const answer = await ask(method, path, body);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.body).toEqual({ error: { message: expect.stringContaining(words) } });
  });
});

describe("startEmulators", () => {
  it("leaves nothing listening when a port is taken", async () => {
    const taken = Number(new URL(world.admin.url).port);
    const other = await startPartnerCentral();
    const free = Number(new URL(other.url).port);
    await other.close();

    const started = startEmulators({ ports: { partnerCentralSelling: free, admin: taken } });

    await expect(started).rejects.toMatchObject({ code: "EADDRINUSE" });
    await expect(fetch(other.url)).rejects.toThrow();
  });
});
