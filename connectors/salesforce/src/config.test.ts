import { generateKeyPairSync } from "node:crypto";
import { inspect } from "node:util";
import { Secret } from "@cosell/connector";
import { describe, expect, it } from "@jest/globals";
import { config } from "./config.ts";

const pem = generateKeyPairSync("rsa", { modulusLength: 2048 })
  .privateKey.export({ type: "pkcs1", format: "pem" })
  .toString();
const privateKey = new Secret(pem);
const clientSecret = new Secret("s3cret");
const accessToken = new Secret("00D!token");
const instanceUrl = "https://acme.my.salesforce.com";

function messageOf(settings: unknown): string {
  const result = config.safeParse(settings);
  return result.success
    ? "accepted"
    : result.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`).join("\n");
}

describe("config", () => {
  it.each([
    ["jwt", { clientId: "3MVG", privateKey, username: "sync@acme.com" }],
    ["client-credentials", { clientId: "3MVG", clientSecret, instanceUrl }],
    ["access-token", { accessToken, instanceUrl }],
    ["access-token", { accessToken, instanceUrl, refreshToken: new Secret("5Aep"), clientId: "3MVG" }],
  ])("takes the way in by %s", (kind, settings) => {
    expect(config.parse(settings)).toMatchObject({
      credentials: { kind },
      apiVersion: "63.0",
      timeoutMs: 60_000,
      quotaHeadroom: 0.2,
    });
  });

  it.each([
    [{}, /No credentials\. Give one way in/],
    [{ clientId: "3MVG", username: "sync@acme.com" }, /No credentials/],
    [{ clientId: "3MVG", privateKey }, /also needs username/],
    [{ privateKey }, /also needs clientId, username/],
    [{ clientSecret, clientId: "3MVG" }, /client credentials also needs instanceUrl/],
    [{ accessToken }, /access token also needs instanceUrl/],
    [{ privateKey, clientId: "3MVG", username: "u", clientSecret }, /mixed: privateKey with clientSecret/],
    [{ accessToken, instanceUrl, username: "u" }, /mixed: accessToken with username/],
    [{ accessToken, instanceUrl, refreshToken: accessToken }, /give both or neither/],
    [
      { privateKey: new Secret("not a key"), clientId: "3MVG", username: "u" },
      /privateKey is no RSA private key in PEM/,
    ],
    [{ accessToken: "plain text", instanceUrl }, /accessToken: must be a secret: write it as !env/],
    [
      { accessToken, instanceUrl: "https://acme.lightning.force.com" },
      /instanceUrl: is the address of the user interface/,
    ],
    [{ accessToken, instanceUrl: "http://acme.my.salesforce.com" }, /instanceUrl: must begin with https/],
    [{ accessToken, instanceUrl, apiVersion: "v63" }, /apiVersion: must be a version/],
    [{ accessToken, instanceUrl, instanceURL: instanceUrl }, /instanceURL/],
  ])("refuses %# and says what to do", (settings, message) => {
    expect(messageOf(settings)).toMatch(message);
  });

  it.each([
    [{ clientId: "3MVG", privateKey, username: "u" }, "https://login.salesforce.com"],
    [
      { clientId: "3MVG", privateKey, username: "u", instanceUrl: "https://acme--uat.sandbox.my.salesforce.com" },
      "https://test.salesforce.com",
    ],
    [{ clientId: "3MVG", clientSecret, instanceUrl: `${instanceUrl}/` }, instanceUrl],
    [{ clientId: "3MVG", privateKey, username: "u", instanceUrl: "http://127.0.0.1:8080" }, "http://127.0.0.1:8080"],
  ])("asks the right door for tokens (%#)", (settings, loginUrl) => {
    expect(config.parse(settings).loginUrl).toBe(loginUrl);
  });

  it("takes a key whose line ends are written as \\n, as environment variables hold them", () => {
    const flat = new Secret(pem.replaceAll("\n", "\\n"));
    expect(messageOf({ clientId: "3MVG", privateKey: flat, username: "u" })).toBe("accepted");
  });

  it("prints no secret", () => {
    const printed = inspect(config.parse({ clientId: "3MVG", privateKey, username: "u" }), { depth: 9 });
    expect(printed).not.toContain(pem.slice(40, 80));
    expect(messageOf({ accessToken, instanceUrl, username: "u" })).not.toContain("00D!token");
  });
});
