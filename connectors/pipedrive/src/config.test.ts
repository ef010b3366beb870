import { inspect } from "node:util";
import { Secret } from "@cosell/connector";
import { describe, expect, it } from "@jest/globals";
import { config } from "./config.ts";

const apiToken = new Secret("t0ken");
const clientSecret = new Secret("s3cret");
const refreshToken = new Secret("refresh");
const instanceUrl = "https://acme.pipedrive.com";

function messageOf(settings: unknown): string {
  const result = config.safeParse(settings);
  return result.success
    ? "accepted"
    : result.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`).join("\n");
}

describe("config", () => {
  it.each([
    ["api-token", { apiToken, instanceUrl }],
    ["oauth", { clientId: "app", clientSecret, refreshToken }],
    ["oauth", { clientId: "app", clientSecret, refreshToken, instanceUrl }],
  ])("takes the way in by %s", (kind, settings) => {
    expect(config.parse(settings)).toMatchObject({
      credentials: { kind },
      ...{ loginUrl: "https://oauth.pipedrive.com", timeoutMs: 60_000, quotaHeadroom: 0.2, webhook: undefined },
    });
  });

  it.each([
    [{}, /No credentials\. Give one way in/],
    [{ apiToken }, /apiToken also needs instanceUrl/],
    [{ apiToken, instanceUrl, refreshToken }, /mixed: apiToken with refreshToken/],
    [{ clientId: "app", refreshToken }, /OAuth also needs clientSecret/],
    [{ apiToken: "plain text", instanceUrl }, /apiToken: must be a secret: write it as !env/],
    [{ apiToken, instanceUrl: "http://acme.pipedrive.com" }, /instanceUrl: must begin with https/],
    [{ apiToken, instanceUrl, webhookUser: "cosell" }, /webhookUser \+ webhookPassword: give both or neither/],
    [{ apiToken, instanceUrl, instanceURL: instanceUrl }, /instanceURL/],
  ])("refuses %# and says what to do", (settings, message) => {
    expect(messageOf(settings)).toMatch(message);
  });

  it("asks a local server for tokens where the instance is local", () => {
    const local = "http://127.0.0.1:8080";
    expect(config.parse({ clientId: "app", clientSecret, refreshToken, instanceUrl: local }).loginUrl).toBe(local);
  });

  it("prints no secret", () => {
    const webhookPassword = new Secret("hook s3cret");
    const parsed = config.parse({ apiToken, instanceUrl, webhookUser: "cosell", webhookPassword });
    expect(inspect(parsed, { depth: 9 })).not.toMatch(/t0ken|hook s3cret/);
  });
});
