import { type ConnectorContext, failureOf, Secret } from "@cosell/connector";
import { memoryTokens, type FakeServer, sendJson, startFakeServer } from "@cosell/connector/testing";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { type EmulatedCompany, startEmulatedCompany } from "./__fixtures__/emulated-company.ts";

let emulated: EmulatedCompany;
beforeEach(async () => {
  emulated = await startEmulatedCompany();
});
afterEach(() => emulated.close());

const app = {
  clientId: "emulator-client-id",
  clientSecret: new Secret("emulator-client-secret"),
  refreshToken: new Secret("emulator-pipedrive-refresh-token"),
};
const tokensAsked = (): number =>
  emulated.emulators.requests.since().filter(({ operation }) => operation === "token").length;
const open = (settings: object = {}, context: Partial<ConnectorContext> = {}): ReturnType<EmulatedCompany["connect"]> =>
  emulated.connect({ ...app, ...settings }, context);

describe("the way in by OAuth", () => {
  it("goes to the address that the token's answer tells", async () => {
    const { connect, pipedrive } = emulated;
    const connection = await connect({ ...app, instanceUrl: undefined, loginUrl: pipedrive.url });
    expect(await connection.check()).toMatchObject({ ok: true, organization: "Example Partner" });
    expect(connection.recordUrl?.("deals", "7")).toBe(`${pipedrive.url}/deal/7`);
  });

  it.each([
    [60, "this machine's clock is 60 minutes ahead of Pipedrive"],
    [-7, "this machine's clock is 7 minutes behind Pipedrive"],
    [1, undefined],
  ])("tells, when checked, of a clock that is %i minutes ahead: %s", async (minutes, warning) => {
    const { clock } = emulated;
    const wrong = { ...clock, now: () => clock.now() + minutes * 60_000 };
    const check = await (await open({}, { clock: wrong })).check();
    expect(check.ok ? check.warning?.slice(0, warning?.length) : check.failure).toBe(warning);
  });

  it("asks for one token when many calls need one at once, and for another when it has expired", async () => {
    const connection = await open();
    await Promise.all(Array.from({ length: 6 }, () => connection.check()));
    expect(tokensAsked()).toBe(1);
    emulated.advance(3_600_000);
    await Promise.all(Array.from({ length: 6 }, () => connection.check()));
    expect(tokensAsked()).toBe(2);
  });

  it("renews a token that is refused before its time, and repeats the call", async () => {
    const connection = await open();
    await connection.check();
    emulated.pipedrive.expireTokens();
    expect(await connection.check()).toMatchObject({ ok: true });
  });

  it("keeps the refresh token that Pipedrive rotates for the next run", async () => {
    const tokens = memoryTokens();
    for (let run = 0; run < 3; run += 1) expect(await (await open({}, { tokens })).check()).toMatchObject({ ok: true });
    expect(await (await open()).check()).toMatchObject({ ok: false, failure: { kind: "auth" } });
  });

  it("begins anew with a refresh token that was replaced in the configuration", async () => {
    const tokens = memoryTokens();
    await (await open({}, { tokens })).check();
    const other = { refreshToken: new Secret("emulator-other-pipedrive-refresh-token") };
    expect(await (await open(other, { tokens })).check()).toMatchObject({ ok: true, organization: "Other Partner" });
  });

  it.each([
    ["a wrong client secret", { clientSecret: new Secret("wrong") }],
    ["a refresh token that nobody has", { refreshToken: new Secret("wrong") }],
  ])("answers %s with what to do", async (_, settings) => {
    const check = await (await open(settings)).check();
    expect(check).toMatchObject({ ok: false, failure: { kind: "auth" } });
    expect(check.ok ? "" : check.failure.message).toMatch(/clientId and clientSecret/);
  });

  it("takes a token endpoint that does not answer as passing", async () => {
    emulated.emulators.faults.add({ server: "pipedrive", operation: "token", kind: "reset-after-commit", times: 1 });
    expect(await (await open()).check()).toMatchObject({ ok: false, failure: { kind: "transient" } });
  });
});

describe("the company's budget", () => {
  it("is told in tokens, and kept where Pipedrive leaves its headers out for a while", async () => {
    const { connection, pipedrive } = emulated;
    expect(await connection.quota()).toBeUndefined();
    await connection.check();
    const quota = await connection.quota();
    expect(quota).toEqual({ used: 2, limit: 1_500_000, period: "day" });
    pipedrive.configure({ budgetHeaders: false });
    await connection.check();
    expect(await connection.quota()).toEqual(quota);
  });

  it("leaves the head-room to others, and looks again after a while", async () => {
    const { pipedrive, connect, advance } = emulated;
    const [company, ...others] = pipedrive.settings().companies;
    if (!company) throw new Error("no company");
    pipedrive.configure({ companies: [{ ...company, dailyTokens: 25 }, ...others] });
    const connection = await connect({ apiToken: new Secret(company.apiTokens[0] ?? ""), quotaHeadroom: 0.5 });
    await connection.describe("persons");
    await connection.check();
    await connection.check();
    await expect(connection.describe("persons")).rejects.toMatchObject({ failure: { kind: "quota" } });
    expect(await connection.check()).toMatchObject({ ok: true });
    advance(15 * 60_000);
    await connection.describe("persons");
  });
});

describe("answers that the client alone would not tell apart", () => {
  let server: FakeServer;
  afterEach(() => server.close());
  const failureOfAnswer = async (
    status: number,
    body: string,
    headers: Record<string, string> = {},
  ): Promise<unknown> => {
    server = await startFakeServer((_, response) => {
      response.writeHead(status, { "content-type": "application/json", ...headers });
      response.end(body);
    });
    const connection = await emulated.connect({ instanceUrl: server.url, apiToken: new Secret("token") });
    return connection.read({ object: "organizations", refs: ["1"], fields: [] }).then(() => undefined, failureOf);
  };

  it.each<[string, number, string, Record<string, string>, object]>([
    [
      "a burst",
      429,
      "{}",
      { "x-ratelimit-reset": "1", "x-daily-ratelimit-token-remaining": "12" },
      { kind: "throttled", retryAfterMs: 1000 },
    ],
    ["a burst without headers", 429, "", {}, { kind: "throttled", retryAfterMs: 2000 }],
    [
      "a used-up day",
      429,
      "{}",
      { "x-daily-ratelimit-token-limit": "30000", "x-daily-ratelimit-token-remaining": "0" },
      { kind: "quota" },
    ],
    ["the wall after too many calls", 403, "<html>Access denied</html>", {}, { kind: "throttled" }],
    ["a user without rights", 403, '{"success":false,"error":"Forbidden"}', {}, { kind: "permission" }],
    ["an unpaid account", 402, '{"success":false,"error":"Payment required"}', {}, { kind: "permission" }],
    ["an address that moved", 302, "", { location: "https://elsewhere.example.com" }, { kind: "config" }],
    [
      "an answer without success",
      200,
      '{"success":false,"error":"unauthorized access","errorCode":401}',
      {},
      { kind: "auth" },
    ],
    ["an answer of another shape", 200, '{"data":"none"}', {}, { kind: "transient" }],
  ])("tells %s for what it is", async (_, status, body, headers, expected) => {
    expect(await failureOfAnswer(status, body, headers)).toMatchObject(expected);
    expect(server.calls).toHaveLength(1);
  });

  it("takes a list of null for an empty one", async () => {
    expect(await failureOfAnswer(200, '{"success":true,"data":null}')).toMatchObject({ kind: "transient" });
    expect(server.calls.map(({ url }) => url.split("?")[0])).toEqual([
      "/api/v2/organizations",
      "/api/v2/organizations/1",
    ]);
  });

  it("sends the token in its header, and nothing of it in the address", async () => {
    server = await startFakeServer((_, response) => sendJson(response, 200, { success: true, data: [] }));
    const connection = await emulated.connect({ instanceUrl: server.url, apiToken: new Secret("t0ken") });
    await connection.changes({ object: "persons" });
    expect(server.calls[0]?.headers).toMatchObject({ "x-api-token": "t0ken" });
    expect(server.calls.some(({ url }) => url.includes("t0ken"))).toBe(false);
  });
});
