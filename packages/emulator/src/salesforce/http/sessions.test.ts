import { generateKeyPairSync, sign } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { Connection } from "@jsforce/jsforce-node";
import { startTestOrg, type TestOrg } from "../testing/test-org.ts";

const keys = generateKeyPairSync("rsa", { modulusLength: 2048 });
const publicKey = keys.publicKey.export({ type: "spki", format: "pem" }).toString();
let org: TestOrg;

beforeEach(async () => {
  org = await startTestOrg({ settings: { publicKey, clientId: "app", clientSecret: "secret" } });
});

afterEach(() => org.close());

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");

const assertion = (claims: object, { privateKey } = keys): string => {
  const exp = org.clock.now() / 1000 + 180;
  const unsigned = `${encode({ alg: "RS256" })}.${encode({ iss: "app", sub: "integration@example.com", aud: org.url, exp, ...claims })}`;
  return `${unsigned}.${sign("RSA-SHA256", Buffer.from(unsigned), privateKey).toString("base64url")}`;
};

const authorize = async (parameters: Record<string, string>): Promise<Connection> => {
  const connection = new Connection({
    loginUrl: org.url,
    version: "63.0",
    oauth2: { loginUrl: org.url, clientId: "app", clientSecret: "secret" },
  });
  await connection.authorize(parameters as { grant_type: string });
  return connection;
};

const grant_type = "urn:ietf:params:oauth:grant-type:jwt-bearer";

describe("the token endpoint", () => {
  it("takes a signed assertion for a known user, and tells who that is", async () => {
    const connection = await authorize({ grant_type, assertion: assertion({}) });

    expect(connection.instanceUrl).toBe(org.url);
    expect(await connection.identity()).toMatchObject({
      username: "integration@example.com",
      user_id: connection.userInfo?.id,
    });
    expect(await connection.request("/services/oauth2/userinfo")).toMatchObject({
      preferred_username: "integration@example.com",
    });
  });

  it.each([
    ["issuer", { iss: "other" }],
    ["user", { sub: "nobody@example.com" }],
    ["end in the past", { exp: 1 }],
    ["end too far away", { exp: 9_999_999_999 }],
  ])("refuses an assertion with a wrong %s", async (_what, claims) => {
    await expect(authorize({ grant_type, assertion: assertion(claims) })).rejects.toMatchObject({
      name: expect.stringMatching(/^invalid_/),
    });
  });

  it("refuses an assertion that another key signed", async () => {
    const other = generateKeyPairSync("rsa", { modulusLength: 2048 });

    await expect(authorize({ grant_type, assertion: assertion({}, other) })).rejects.toMatchObject({
      name: "invalid_grant",
    });
  });

  it("takes client credentials", async () => {
    const connection = await authorize({ grant_type: "client_credentials" });

    expect(await connection.query("SELECT Id FROM Organization")).toMatchObject({ totalSize: 1 });
  });

  it("replaces a refresh token at each use, and ends the family when one is used twice", async () => {
    const { oauth2 } = new Connection({ oauth2: { loginUrl: org.url, clientId: "app" } });
    const first = "emulator-refresh-token";

    const second = (await oauth2.refreshToken(first)).refresh_token ?? "";
    expect(second).not.toBe(first);
    await expect(oauth2.refreshToken(first)).rejects.toMatchObject({ name: "invalid_grant" });
    await expect(oauth2.refreshToken(second)).rejects.toMatchObject({ name: "invalid_grant" });
  });
});

describe("an access token", () => {
  it("is refused when it is over, unknown, or ended by hand", async () => {
    const grant = async (): Promise<string> =>
      (await authorize({ grant_type: "client_credentials" })).accessToken ?? "";
    const overByTime = await grant();
    org.clock.advance(7_200_000);
    const endedByHand = await grant();
    const isRefused = async (accessToken: string): Promise<void> => {
      const connection = new Connection({ ...org.connection, accessToken });
      await expect(connection.query("SELECT Id FROM User")).rejects.toMatchObject({ errorCode: "INVALID_SESSION_ID" });
    };

    await isRefused(overByTime);
    await isRefused("unknown");
    await new Connection({ ...org.connection, accessToken: endedByHand }).query("SELECT Id FROM User");
    org.salesforce.expireTokens();
    await isRefused(endedByHand);
  });

  it("is asked for again by jsforce", async () => {
    const connection = new Connection({
      ...org.connection,
      accessToken: "over",
      refreshFn: (_connection, callback) => {
        callback(null, org.connection.accessToken);
      },
    });

    expect(await connection.query("SELECT Id FROM User")).toMatchObject({ totalSize: 1 });
  });
});

describe("the daily budget", () => {
  it("is told with each answer, refuses what exceeds it, and comes back after a day", async () => {
    org.salesforce.configure({ dailyApiRequests: 2 });
    const connection = new Connection(org.connection);
    await connection.query("SELECT Id FROM User");
    expect(await connection.limits()).toEqual({ DailyApiRequests: { Max: 2, Remaining: 0 } });
    expect(connection.limitInfo.apiUsage).toEqual({ used: 2, limit: 2 });

    await expect(connection.query("SELECT Id FROM User")).rejects.toMatchObject({
      errorCode: "REQUEST_LIMIT_EXCEEDED",
    });
    org.clock.advance(86_400_000);
    expect(await connection.query("SELECT Id FROM User")).toMatchObject({ totalSize: 1 });
  });
});
