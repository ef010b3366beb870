import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { demoPortal, otherPortal } from "../settings.ts";
import { startTestPortal, type TestPortal } from "../testing/test-portal.ts";

let world: TestPortal;
beforeEach(async () => {
  world = await startTestPortal({
    limits: true,
    portals: [{ ...demoPortal, tenSecondLimit: 3, dailyLimit: 6, searchesPerSecond: 1 }, otherPortal],
  });
});
afterEach(() => world.close());

const [otherToken = ""] = otherPortal.accessTokens;
const list = (token?: string) => world.call("GET", "/crm/objects/2026-09/deals", undefined, token);

describe("limits", () => {
  it("are each portal's own, and tell what is left", async () => {
    const first = await list();
    expect(first.headers.get("x-hubspot-ratelimit-max")).toBe("3");
    expect(first.headers.get("x-hubspot-ratelimit-remaining")).toBe("2");
    expect(first.headers.get("x-hubspot-ratelimit-daily-remaining")).toBe("5");
    await list();
    await list();
    const refused = await list();
    expect(refused).toMatchObject({
      status: 429,
      body: { errorType: "RATE_LIMIT", policyName: "TEN_SECONDLY_ROLLING" },
    });
    expect((await list(otherToken)).status).toBe(200);
    world.clock.advance(10_000);
    expect((await list()).status).toBe(200);
  });

  it("count searches apart, and everything for the day", async () => {
    const search = () => world.call("POST", "/crm/v3/objects/deals/search", {});
    const first = await search();
    expect(first.status).toBe(200);
    expect(first.headers.get("x-hubspot-ratelimit-max")).toBeNull();
    expect(await search()).toMatchObject({ status: 429, body: { policyName: "SECONDLY" } });
    world.clock.advance(1000);
    expect((await search()).status).toBe(200);
    for (let call = 0; call < 3; call += 1) await list();
    expect(await list()).toMatchObject({ status: 429, body: { policyName: "DAILY" } });
    world.clock.advance(86_400_000);
    expect((await list()).status).toBe(200);
  });
});

describe("tokens", () => {
  const refresh = (token: string) =>
    fetch(`${world.url}/oauth/2026-03/token`, {
      method: "POST",
      body: new URLSearchParams({
        grant_type: "refresh_token",
        client_id: "emulator-client-id",
        client_secret: "emulator-client-secret",
        refresh_token: token,
      }),
    });

  it("tell the portal, and end after half an hour", async () => {
    const [refreshToken = ""] = otherPortal.refreshTokens;
    const answer = (await (await refresh(refreshToken)).json()) as { access_token: string; expires_in: number };
    expect(answer.expires_in).toBe(1800);
    const details = await world.call("GET", "/account-info/v3/details", undefined, answer.access_token);
    expect(details.body).toMatchObject({
      portalId: otherPortal.portalId,
      timeZone: "Europe/Berlin",
      utcOffset: "+01:00",
    });
    expect(details.headers.get("x-hubspot-ratelimit-daily")).toBeNull();
    world.clock.advance(1_800_000);
    expect(await list(answer.access_token)).toMatchObject({
      status: 401,
      body: { category: "EXPIRED_AUTHENTICATION" },
    });
    expect(await list("nobody's")).toMatchObject({ status: 401, body: { category: "INVALID_AUTHENTICATION" } });
    expect((await refresh("nobody's")).status).toBe(400);
  });
});
