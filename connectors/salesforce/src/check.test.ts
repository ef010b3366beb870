import { generateKeyPairSync } from "node:crypto";
import { Secret } from "@cosell/connector";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { type EmulatedOrg, startEmulatedOrg } from "./__fixtures__/emulated-org.ts";

const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const pem = new Secret(privateKey.export({ type: "pkcs8", format: "pem" }).toString());

let emulated: EmulatedOrg;
beforeEach(async () => {
  const certificate = publicKey.export({ type: "spki", format: "pem" }).toString();
  emulated = await startEmulatedOrg({ clientId: "3MVG", clientSecret: "s3cret", publicKey: certificate });
});
afterEach(() => emulated.close());

describe("check", () => {
  it("goes in by a signed assertion, by client credentials and by a token", async () => {
    const username = String(emulated.org.records("User")[0]?.["Username"]);
    const organization = emulated.org.records("Organization")[0]?.["Id"];
    const waysIn = [
      { clientId: "3MVG", privateKey: pem, username },
      { clientId: "3MVG", clientSecret: new Secret("s3cret") },
      { accessToken: new Secret("emulator-access-token") },
    ];
    for (const way of waysIn) {
      const connection = await emulated.connect(way);
      expect(await connection.check()).toMatchObject({ ok: true, user: username, organization });
    }
  });

  it.each([
    [60, "this machine's clock is 60 minutes ahead of Salesforce"],
    [-7, "this machine's clock is 7 minutes behind Salesforce"],
    [1, undefined],
  ])("tells of a clock that is %i minutes ahead: %s", async (minutes, warning) => {
    const { clock, connect } = emulated;
    const wrong = { ...clock, now: () => clock.now() + minutes * 60_000 };
    const connection = await connect({ accessToken: new Secret("emulator-access-token") }, { clock: wrong });
    const check = await connection.check();
    expect(check.ok ? check.warning?.slice(0, warning?.length) : check.failure).toBe(warning);
  });

  it.each([
    [
      "a key that is not the app's",
      { privateKey: new Secret(otherKey()), username: "nobody@example.com" },
      /certificate in the app must belong to privateKey/,
    ],
    [
      "a user that did not approve the app",
      { privateKey: pem, username: "nobody@example.com" },
      /approve the app for the user/,
    ],
    ["a wrong client secret", { clientSecret: new Secret("wrong") }, /clientId is the app's consumer key/],
    ["an unknown app", { clientId: "other", clientSecret: new Secret("s3cret") }, /clientId is the app's consumer key/],
  ])("answers %s with what to do", async (_, way, message) => {
    const connection = await emulated.connect({ clientId: "3MVG", ...way });
    const check = await connection.check();
    expect(check).toMatchObject({ ok: false, failure: { kind: "auth" } });
    expect(check.ok ? "" : check.failure.message).toMatch(message);
  });

  it("answers a refused token without throwing", async () => {
    const connection = await emulated.connect({ accessToken: new Secret("stolen") });
    expect(await connection.check()).toMatchObject({ ok: false, failure: { kind: "auth" } });
  });

  it("still answers when the org's API calls are used up to the head-room", async () => {
    emulated.org.configure({ dailyApiRequests: 10 });
    const connection = await emulated.connect({ accessToken: new Secret("emulator-access-token"), quotaHeadroom: 0.9 });
    await connection.check();
    await expect(connection.describe("Account")).rejects.toMatchObject({ failure: { kind: "quota" } });
    expect(await connection.check()).toMatchObject({ ok: true });
  });

  it("tells the use of the org's API calls", async () => {
    expect(await emulated.connection.quota()).toBeUndefined();
    const check = await emulated.connection.check();
    const quota = await emulated.connection.quota();
    expect(quota).toMatchObject({ limit: 1_000_000, period: "rolling-day" });
    expect(check.ok && check.detail).toContain(`${quota?.used ?? "?"} of 1000000`);
  });
});

function otherKey(): string {
  return generateKeyPairSync("rsa", { modulusLength: 2048 })
    .privateKey.export({ type: "pkcs8", format: "pem" })
    .toString();
}
