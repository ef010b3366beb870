import { Client } from "@hubspot/api-client";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { demoPortal, otherPortal } from "../settings.ts";
import { startTestPortal, type TestPortal } from "../testing/test-portal.ts";

interface Entry {
  readonly url: string;
  readonly expiresAt: string;
  readonly currentOffset: string;
}

interface File {
  readonly offset: string;
  readonly publishedAt: string;
  readonly journalEvents: readonly Readonly<Record<string, unknown>>[];
}

let world: TestPortal;
let token: string;
beforeEach(async () => {
  world = await startTestPortal();
  token = await world.appToken();
});
afterEach(() => world.close());

const minute = 60_000;
const day = 86_400_000;
const newDeal = { dealname: "Data lake", dealstage: "qualifiedtobuy" };
const local = (rest: string, portalId = demoPortal.portalId) =>
  world.call("GET", `/webhooks-journal/journal-local/2026-03/${rest}?installPortalId=${portalId}`, undefined, token);
const subscriptions = "/webhooks-journal/subscriptions/2026-03";
const subscribe = (more: object) =>
  world.call("POST", subscriptions, { portalId: demoPortal.portalId, objectTypeId: "0-3", ...more }, token);
const toDeals = () =>
  subscribe({
    subscriptionType: "OBJECT",
    actions: ["CREATE", "UPDATE", "DELETE", "MERGE", "RESTORE"],
    properties: ["dealname"],
  });
const entryOf = (answer: { readonly body: unknown }): Entry => answer.body as Entry;
const fileOf = async ({ url }: Entry): Promise<File> => (await (await fetch(url)).json()) as File;
const actionsOf = ({ journalEvents }: File): readonly unknown[] => journalEvents.map(({ action }) => action);

describe("the journal", () => {
  it("tells what happened to the records that a subscription is about, file by file, to the app's own token", async () => {
    await toDeals();
    const id = world.portal.create("deals", newDeal);
    world.portal.edit("deals", id, { dealname: "Data warehouse", hs_next_step: "Call" });
    const first = entryOf(await local("earliest"));
    expect(await fileOf(first)).toEqual({
      offset: first.currentOffset,
      publishedAt: "2026-03-02T09:30:15.250Z",
      journalEvents: [
        {
          ...{ type: "crmObject", portalId: demoPortal.portalId, occurredAt: "2026-03-02T09:30:15.250Z" },
          ...{ action: "CREATE", objectTypeId: "0-3", objectId: Number(id) },
        },
        expect.objectContaining({ action: "UPDATE", propertyChanges: { dealname: "Data warehouse" } }),
      ],
    });
    expect((await local(`offset/${first.currentOffset}/next`)).status).toBe(204);
    world.clock.advance(minute);
    world.portal.archive("deals", id);
    world.portal.restore("deals", id);
    const second = entryOf(await local(`offset/${first.currentOffset}/next`));
    expect(actionsOf(await fileOf(second))).toEqual(["DELETE", "RESTORE"]);
    expect(entryOf(await local("latest")).currentOffset).toBe(second.currentOffset);
    // Whoever comes again from an offset finds the same file.
    expect(entryOf(await local(`offset/${first.currentOffset}/next`)).currentOffset).toBe(second.currentOffset);
  });

  it("tells a merge with all its ids, and associations from both ends' subscriptions", async () => {
    await toDeals();
    await subscribe({
      subscriptionType: "ASSOCIATION",
      actions: ["ASSOCIATION_ADDED"],
      associatedObjectTypeIds: ["0-2"],
    });
    const [one, two] = [world.portal.create("deals", newDeal), world.portal.create("deals", newDeal)];
    const company = world.portal.create("companies", { name: "Octank" });
    world.portal.associate({ object: "companies", id: company }, { object: "deals", id: one });
    world.portal.dissociate({ object: "companies", id: company }, { object: "deals", id: one });
    const survivor = world.portal.merge("deals", one, two);
    const { journalEvents } = await fileOf(entryOf(await local("earliest")));
    expect(journalEvents.slice(2)).toMatchObject([
      { action: "ASSOCIATION_ADDED", fromObjectTypeId: "0-2", fromObjectId: Number(company), toObjectId: Number(one) },
      {
        ...{ action: "MERGE", objectId: Number(survivor), newObjectId: Number(survivor) },
        ...{ primaryObjectId: Number(one), mergedObjectIds: [Number(two)] },
      },
    ]);
  });

  it("keeps portals apart in local journals, and together in the app's", async () => {
    await toDeals();
    await subscribe({
      ...{ subscriptionType: "OBJECT", portalId: otherPortal.portalId, actions: ["CREATE"] },
    });
    world.portal.create("deals", newDeal);
    world.hubspot.portal(otherPortal.portalId).create("deals", newDeal);
    expect((await fileOf(entryOf(await local("earliest", otherPortal.portalId)))).journalEvents).toHaveLength(1);
    const whole = await world.call("GET", "/webhooks-journal/journal/2026-03/earliest", undefined, token);
    expect((await fileOf(entryOf(whole))).journalEvents.map(({ portalId }) => portalId)).toEqual([
      demoPortal.portalId,
      otherPortal.portalId,
    ]);
  });

  it("cuts files, publishes late, tells twice and forgets as its settings say", async () => {
    await toDeals();
    world.hubspot.configure({ journalFileEvents: 2, journalLagMs: minute, journalTellsTwice: true });
    for (let count = 0; count < 3; count += 1) world.portal.create("deals", newDeal);
    expect((await local("earliest")).status).toBe(204);
    world.clock.advance(minute);
    const first = entryOf(await local("earliest"));
    const batch = await local(`batch/${first.currentOffset}/next/100`);
    expect(batch.body["results"]).toHaveLength(2);
    expect((await local("batch/latest/1")).body["results"]).toMatchObject([
      { currentOffset: entryOf(await local("latest")).currentOffset },
    ]);
    world.clock.advance(3 * day);
    token = await world.appToken();
    expect((await local("earliest")).status).toBe(204);
    expect((await local(`offset/${first.currentOffset}/next`)).status).toBe(404);
    world.hubspot.configure({ journalLostOffset: "bad-request" });
    expect((await local(`offset/${first.currentOffset}/next`)).status).toBe(400);
    world.hubspot.configure({ journalLostOffset: "empty" });
    expect((await local(`offset/${first.currentOffset}/next`)).status).toBe(204);
  });

  it("gives addresses that end, and takes no other", async () => {
    await toDeals();
    world.portal.create("deals", newDeal);
    const { url, expiresAt } = entryOf(await local("earliest"));
    expect(Date.parse(expiresAt) - world.clock.now()).toBe(600_000);
    expect((await fetch(url.replace(/Signature=.{4}/, "Signature=0000"))).status).toBe(403);
    world.clock.advance(600_000);
    const over = await fetch(url);
    expect([over.status, await over.text()]).toEqual([403, expect.stringContaining("Request has expired")]);
  });

  it("stands in the state, and comes back with it", async () => {
    await toDeals();
    world.portal.create("deals", newDeal);
    const { currentOffset } = entryOf(await local("earliest"));
    const state = JSON.parse(JSON.stringify(world.hubspot.state())) as ReturnType<typeof world.hubspot.state>;
    world.hubspot.load({ portals: {} });
    expect((await local(`offset/${currentOffset}/next`)).status).toBe(404);
    world.hubspot.load(state);
    expect(entryOf(await local("earliest")).currentOffset).toBe(currentOffset);
    for (const journal of [7, {}, { ...state.journal, views: { app: {} } }])
      expect(() => world.hubspot.load({ portals: {}, journal: journal as never })).toThrow(RangeError);
  });
});

describe("subscriptions of the journal", () => {
  it("are made, listed and ended, also with HubSpot's own client", async () => {
    const client = new Client({ accessToken: token, basePath: world.url });
    const body = {
      ...{ subscriptionType: "OBJECT", portalId: demoPortal.portalId, objectTypeId: "0-2" },
      ...{ actions: ["UPDATE"], properties: ["name"] },
    };
    const made = (await (await client.apiRequest({ method: "POST", path: subscriptions, body })).json()) as {
      readonly id: number;
    };
    expect(made).toMatchObject({ ...body, id: expect.any(Number), createdAt: "2026-03-02T09:30:15.250Z" });
    const { body: again } = await subscribe({ ...body, properties: ["name", "domain"] });
    expect(again).toMatchObject({ id: made.id, properties: ["name", "domain"] });
    world.hubspot.configure({ journalSubscribing: "add" });
    await subscribe(body);
    const list = async () => (await world.call("GET", subscriptions, undefined, token)).body["results"];
    expect(await list()).toHaveLength(2);
    expect((await world.call("DELETE", `${subscriptions}/${made.id}`, undefined, token)).status).toBe(204);
    expect(
      (await world.call("DELETE", `${subscriptions}/portals/${demoPortal.portalId}`, undefined, token)).status,
    ).toBe(204);
    expect(await list()).toEqual([]);
  });

  it.each([
    [{ subscriptionType: "SOMETHING", actions: ["CREATE"] }],
    [{ subscriptionType: "OBJECT", actions: [] }],
    [{ subscriptionType: "OBJECT", actions: ["CREATE"], portalId: 1 }],
    [{ subscriptionType: "OBJECT", actions: ["CREATE"], objectTypeId: "deals" }],
    [{ subscriptionType: "ASSOCIATION", actions: ["ASSOCIATION_ADDED"] }],
  ])("refuse %p", async (given) => {
    expect(await subscribe(given)).toMatchObject({ status: 400, body: { category: "VALIDATION_ERROR" } });
  });
});

describe("the app's token", () => {
  it("opens the journal with its scopes alone, and no portal's records", async () => {
    const reader = await world.appToken("developer.webhooks_journal.read");
    expect(await world.call("GET", subscriptions, undefined, reader)).toMatchObject({
      status: 403,
      body: {
        category: "MISSING_SCOPES",
        errors: [{ context: { requiredGranularScopes: ["developer.webhooks_journal.subscriptions.read"] } }],
      },
    });
    expect((await world.call("GET", "/crm/objects/2026-09/deals", undefined, token)).status).toBe(401);
    expect((await world.call("GET", subscriptions)).status).toBe(403);
    world.hubspot.configure({ journalScopes: [] });
    expect(await world.appToken()).toBe("");
  });

  it("ends after half an hour, and has a limit of its own instead of the portals'", async () => {
    world.hubspot.configure({ limits: true });
    const answers = await Promise.all(Array.from({ length: 101 }, () => local("latest")));
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(1);
    const { headers } = await world.call("GET", "/crm/objects/2026-09/deals");
    expect(headers.get("x-hubspot-ratelimit-remaining")).toBe(String(demoPortal.tenSecondLimit - 1));
    world.clock.advance(1_800_000);
    expect((await local("latest")).status).toBe(401);
  });
});
