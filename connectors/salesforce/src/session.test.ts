import { type ConnectorContext, failureOf, Secret } from "@cosell/connector";
import {
  memoryTokens,
  testContext,
  type FakeAnswer,
  type FakeServer,
  sendJson,
  startFakeServer,
} from "@cosell/connector/testing";
import { afterEach, describe, expect, it } from "@jest/globals";
import { config } from "./config.ts";
import { createSession, type Session } from "./session.ts";
import { sessionExpired } from "./__fixtures__/session-expired.ts";

let server: FakeServer;
afterEach(() => server.close());

/** A fake that gives out tokens and hands every other call to `answer`. */
async function start(answer: FakeAnswer): Promise<void> {
  let number = 0;
  server = await startFakeServer((call, response) => {
    if (!call.url.startsWith("/services/oauth2/token")) {
      answer(call, response);
      return;
    }
    number += 1;
    const refresh = call.body.includes("refresh_token") ? { refresh_token: `refresh ${number}` } : {};
    sendJson(response, 200, { access_token: `token ${number}`, instance_url: server.url, ...refresh });
  });
}

function open(settings: Readonly<Record<string, unknown>> = {}, context: Partial<ConnectorContext> = {}): Session {
  const way = "accessToken" in settings ? {} : { clientId: "3MVG", clientSecret: new Secret("s3cret") };
  return createSession(config.parse({ instanceUrl: server.url, ...way, ...settings }), {
    ...testContext(),
    ...context,
  });
}

const limits = { method: "GET", path: "/limits" } as const;
const failureFrom = (call: Promise<unknown>): Promise<unknown> => call.then(() => undefined, failureOf);
const callsTo = (path: string): number => server.calls.filter(({ url }) => url.startsWith(path)).length;

describe("session", () => {
  it("sends nothing until the first call, then asks for a token and names itself", async () => {
    await start((_, response) => sendJson(response, 200, {}));
    const session = open();
    expect(server.calls).toHaveLength(0);
    await session.call(limits);
    expect(server.calls.at(-1)).toMatchObject({
      url: "/services/data/v63.0/limits",
      headers: { authorization: "Bearer token 1", "sforce-call-options": "client=cosell" },
    });
  });

  it("renews an expired token once and repeats the call", async () => {
    await start(({ headers }, response) =>
      headers.authorization === "Bearer token 1"
        ? sendJson(response, 401, sessionExpired)
        : sendJson(response, 200, { fine: true }),
    );
    expect(await open().call(limits)).toEqual({ fine: true });
    expect(callsTo("/services/oauth2/token")).toBe(2);
  });

  it("gives up when new tokens are refused too, instead of renewing without end", async () => {
    await start((_, response) => sendJson(response, 401, sessionExpired));
    expect(await failureFrom(open().call(limits))).toMatchObject({ kind: "auth", code: "INVALID_SESSION_ID" });
    expect(callsTo("/services/oauth2/token")).toBe(3);
    expect(callsTo("/services/data")).toBe(3);
  });

  it("asks for one token when many calls find theirs expired at once", async () => {
    await start(({ headers }, response) =>
      headers.authorization === "Bearer token 1"
        ? sendJson(response, 401, sessionExpired)
        : sendJson(response, 200, {}),
    );
    const session = open();
    await Promise.all(Array.from({ length: 8 }, () => session.call(limits)));
    expect(callsTo("/services/oauth2/token")).toBe(2);
  });

  it("says what to do when a token that cannot be renewed is over", async () => {
    await start((_, response) => sendJson(response, 401, sessionExpired));
    const failure = await failureFrom(open({ accessToken: new Secret("old") }).call(limits));
    expect(failure).toMatchObject({ kind: "auth", message: expect.stringContaining("JWT bearer") });
    expect(server.calls).toHaveLength(1);
  });

  it("keeps the refresh token that Salesforce rotates, also for the next run", async () => {
    await start((_, response) => sendJson(response, 401, sessionExpired));
    const tokens = memoryTokens();
    const settings = { accessToken: new Secret("old"), refreshToken: new Secret("refresh 0"), clientId: "3MVG" };
    await failureFrom(open(settings, { tokens }).call(limits));
    await failureFrom(open(settings, { tokens }).call(limits));
    const used = server.calls
      .filter(({ url }) => url.startsWith("/services/oauth2/token"))
      .map(({ body }) => new URLSearchParams(body).get("refresh_token"));
    expect(used).toEqual(["refresh 0", "refresh 1", "refresh 2", "refresh 3"]);
  });

  it("begins anew with a refresh token that was replaced in the configuration", async () => {
    await start((_, response) => sendJson(response, 401, sessionExpired));
    const tokens = memoryTokens();
    const settings = { accessToken: new Secret("old"), clientId: "3MVG" };
    await failureFrom(open({ ...settings, refreshToken: new Secret("first") }, { tokens }).call(limits));
    await failureFrom(open({ ...settings, refreshToken: new Secret("second") }, { tokens }).call(limits));
    expect(server.calls.some(({ body }) => body.includes("refresh_token=second"))).toBe(true);
  });

  it("leaves the org's head-room to others, and looks again after a while", async () => {
    await start((_, response) => sendJson(response, 200, {}, { "sforce-limit-info": "api-usage=80/100" }));
    let now = 1_000_000;
    const session = open({}, { clock: { now: () => now, sleep: () => Promise.resolve() } });
    await session.call(limits);
    expect(session.budget()).toEqual({ used: 80, limit: 100, seenAt: now });
    expect(await failureFrom(session.call(limits))).toMatchObject({ kind: "quota", resetAt: now + 900_000 });
    await session.call({ ...limits, overBudget: true });
    now += 900_000;
    await session.call(limits);
    expect(callsTo("/services/data")).toBe(3);
  });

  it("takes a token answer that is none as a wrong address", async () => {
    server = await startFakeServer((_, response) => response.end("<html>welcome</html>"));
    expect(await failureFrom(open().call(limits))).toMatchObject({ kind: "config" });
  });

  it("takes a token endpoint that does not answer as passing, not as refused", async () => {
    server = await startFakeServer((_, response) => response.destroy());
    expect(await failureFrom(open().call(limits))).toMatchObject({ kind: "transient" });
  });
});
