import { Secret } from "@cosell/connector";
import { memoryTokens } from "@cosell/connector/testing";
import { demoHubspotPortal, otherHubspotPortal } from "@cosell/emulator";
import { Client } from "@hubspot/api-client";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { accessToken, type EmulatedPortal, otherToken, startEmulatedPortal } from "./__fixtures__/emulated-portal.ts";

let emulated: EmulatedPortal;
beforeEach(async () => {
  emulated = await startEmulatedPortal();
});
afterEach(() => emulated.close());

const object = "deals";
const newDeal = { dealname: "Data lake", dealstage: "qualifiedtobuy" };
const operations = (): readonly string[] => emulated.emulators.requests.since().map(({ operation }) => operation);
const oauth = {
  clientId: "emulator-client-id",
  clientSecret: new Secret("emulator-client-secret"),
  refreshToken: new Secret("emulator-hubspot-refresh-token"),
};

describe("two portals in one process", () => {
  it("keeps their records, versions and limits apart", async () => {
    await emulated.close();
    emulated = await startEmulatedPortal({
      limits: true,
      portals: [
        { ...demoHubspotPortal, tenSecondLimit: 20 },
        { ...otherHubspotPortal, tenSecondLimit: 1000 },
      ],
    });
    const { emulators, clock } = emulated;
    const small = await emulated.connect({ accessToken, callsPerTenSeconds: 20 });
    const large = await emulated.connect({ accessToken: otherToken, callsPerTenSeconds: 1000 });
    const [one, two] = [
      emulators.hubspot.portal(demoHubspotPortal.portalId).create(object, newDeal),
      emulators.hubspot.portal(otherHubspotPortal.portalId).create(object, { ...newDeal, dealname: "Other" }),
    ];
    const begun = clock.now();
    const reads = Array.from({ length: 100 }, () => large.read({ object, refs: [two], fields: ["dealname"] }));
    expect((await Promise.all(reads)).flat().every(({ status }) => status === "found")).toBe(true);
    // Nobody waited, though the small portal would have had to.
    expect(clock.now()).toBe(begun);
    for (let time = 0; time < 30; time += 1) await small.read({ object, refs: [one], fields: ["dealname"] });
    expect(clock.now()).toBeGreaterThan(begun);
    expect(await small.read({ object, refs: [two], fields: [] })).toEqual([{ status: "missing", ref: two }]);
    expect(emulators.requests.since().filter(({ status }) => status === 429)).toEqual([]);
    expect([await small.quota(), await large.quota()]).toMatchObject([{ limit: 650_000 }, { limit: 250_000 }]);
  });

  it("is not touched by what another client of HubSpot's sets for the whole process", async () => {
    const { emulators, connection } = emulated;
    // Retries and a limiter of this client are everybody's.
    new Client({
      accessToken: "x",
      basePath: emulators.hubspot.url,
      numberOfApiCallRetries: 3,
      limiterOptions: { minTime: 60_000 },
    });
    try {
      emulators.faults.add({ server: "hubspot", operation: "deals.batchRead", kind: "server-error" });
      const ref = emulated.portal.create(object, newDeal);
      await expect(connection.read({ object, refs: [ref], fields: [] })).rejects.toMatchObject({
        failure: { kind: "transient" },
      });
      expect(operations().filter((operation) => operation === "deals.batchRead")).toHaveLength(1);
    } finally {
      new Client({});
    }
  });
});

describe("limits", () => {
  it("waits for its turn instead of being refused", async () => {
    emulated.emulators.hubspot.configure({ limits: true });
    const connection = await emulated.connect({ accessToken, searchesPerSecond: 4 });
    const begun = emulated.clock.now();
    for (let time = 0; time < 20; time += 1)
      await connection.find({ object, field: "dealname", match: { equals: [`deal ${time}`] } });
    expect(emulated.clock.now() - begun).toBeGreaterThanOrEqual(3000);
    expect(emulated.emulators.requests.since().filter(({ status }) => status === 429)).toEqual([]);
  });

  it("leaves the head-room of the portal's day to others", async () => {
    await emulated.close();
    emulated = await startEmulatedPortal({ limits: true, portals: [{ ...demoHubspotPortal, dailyLimit: 20 }] });
    const read = (): Promise<unknown> => emulated.connection.read({ object, refs: ["77"], fields: [] });
    let failure: unknown;
    for (let time = 0; time < 20 && failure === undefined; time += 1)
      await read().catch((error: unknown) => (failure = error));
    expect(failure).toMatchObject({ failure: { kind: "quota", resetAt: expect.any(Number) } });
    expect(await emulated.connection.quota()).toMatchObject({ limit: 20, period: "day" });
    expect((await emulated.connection.check()).ok).toBe(true);
  });

  it.each([
    [60, "this machine's clock is 60 minutes ahead of HubSpot"],
    [-7, "this machine's clock is 7 minutes behind HubSpot"],
    [1, undefined],
  ])("tells, when checked, of a clock that is %i minutes ahead: %s", async (minutes, warning) => {
    const { clock, connect } = emulated;
    const wrong = { ...clock, now: () => clock.now() + minutes * 60_000 };
    const check = await (await connect({ accessToken }, { clock: wrong })).check();
    expect(check.ok ? check.warning?.slice(0, warning?.length) : check.failure).toBe(warning);
  });

  it("takes the end of the day's budget as quota", async () => {
    await emulated.close();
    emulated = await startEmulatedPortal({
      limits: true,
      portals: [{ ...demoHubspotPortal, dailyLimit: 1 }],
    });
    const connection = await emulated.connect({ accessToken, quotaHeadroom: 0 });
    await expect(connection.describe(object)).rejects.toMatchObject({ failure: { kind: "quota", code: "DAILY" } });
  });
});

describe("OAuth", () => {
  it("asks for a token, keeps it between runs, and renews it before it ends", async () => {
    const tokens = memoryTokens();
    const first = await emulated.connect(oauth, { tokens });
    expect(await first.check()).toMatchObject({ ok: true, organization: "24680135", user: "app emulator-client-id" });
    const second = await emulated.connect(oauth, { tokens });
    expect((await second.check()).ok).toBe(true);
    expect(operations().filter((operation) => operation === "token")).toHaveLength(1);
    emulated.advance(1_800_000);
    expect((await second.check()).ok).toBe(true);
    expect(operations().filter((operation) => operation === "token")).toHaveLength(2);
    expect(emulated.emulators.requests.since().filter(({ status }) => status === 401)).toEqual([]);
    // HubSpot tells an app no limit of the day.
    expect(await second.quota()).toMatchObject({ period: "ten-seconds" });
  });

  it("renews once for all calls that find their token ended, and stores a refresh token that changes", async () => {
    emulated.emulators.hubspot.configure({ rotateRefreshTokens: true });
    const tokens = memoryTokens();
    const connection = await emulated.connect(oauth, { tokens });
    emulated.emulators.hubspot.expireTokens();
    const ref = emulated.portal.create(object, newDeal);
    const reads = await Promise.all([1, 2, 3].map(() => connection.read({ object, refs: [ref], fields: [] })));
    expect(reads.flat().every(({ status }) => status === "found")).toBe(true);
    expect(operations().filter((operation) => operation === "token")).toHaveLength(2);
    emulated.emulators.hubspot.expireTokens();
    const later = await emulated.connect(oauth, { tokens });
    expect((await later.check()).ok).toBe(true);
  });

  it("says what to do when HubSpot refuses the app", async () => {
    const connection = await emulated.connect({ ...oauth, refreshToken: new Secret("of-another-app") });
    expect(await connection.check()).toMatchObject({
      ok: false,
      failure: { kind: "auth", code: "BAD_REFRESH_TOKEN", message: expect.stringContaining("install the app") },
    });
  });
});

describe("check", () => {
  it("finds out that the token opens another portal than the configuration means", async () => {
    const connection = await emulated.connect({ accessToken, portalId: 13_579_246 });
    expect(await connection.check()).toMatchObject({
      ok: false,
      failure: { kind: "config", message: expect.stringContaining("24680135") },
    });
  });
});
