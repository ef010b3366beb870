import { Secret } from "@cosell/connector";
import { describe, expect, it } from "@jest/globals";
import { config } from "./config.ts";

const secret = new Secret("s");
const problems = (given: unknown): readonly string[] =>
  config.safeParse(given).error?.issues.map(({ message }) => message) ?? [];

describe("config", () => {
  it("takes a private app's token, with the app's secret for webhooks", () => {
    expect(config.parse({ accessToken: secret, clientSecret: secret, portalId: 12 })).toMatchObject({
      credentials: { kind: "access-token" },
      webhookSecret: secret,
      portalId: "12",
      baseUrl: "https://api.hubapi.com",
    });
  });

  it("takes an OAuth app", () => {
    const given = { clientId: "id", clientSecret: secret, refreshToken: secret };
    expect(config.parse(given).credentials.kind).toBe("oauth");
  });

  it("takes the app whose Webhooks Journal tells of changes, beside either way in", () => {
    const given = { accessToken: secret, journalClientId: "id", journalClientSecret: secret };
    expect(config.parse(given)).toMatchObject({
      credentials: { kind: "access-token" },
      journal: { kind: "client-credentials", clientId: "id", clientSecret: secret },
    });
    expect(config.parse({ accessToken: secret }).journal).toBeUndefined();
  });

  it.each([
    [{}, "No credentials"],
    [{ accessToken: secret, refreshToken: secret }, "Two ways in are mixed: accessToken with refreshToken"],
    [{ clientId: "id" }, "also needs clientSecret, refreshToken"],
    [{ accessToken: "plain" }, "must be a secret"],
    [{ accessToken: secret, journalClientId: "id" }, "The Webhooks Journal also needs journalClientSecret"],
    [{ accessToken: secret, journalClientSecret: secret }, "The Webhooks Journal also needs journalClientId"],
    [{ accessToken: secret, journalClientId: "id", journalClientSecret: "plain" }, "must be a secret"],
    [{ accessToken: secret, baseUrl: "http://hubspot.example" }, "must begin with https://"],
    [{ accessToken: secret, apiKey: "k" }, "apiKey"],
  ])("refuses %p", (given, message) => {
    expect(problems(given).join(" ")).toContain(message);
  });
});
