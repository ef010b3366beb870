import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { Connection } from "@jsforce/jsforce-node";
import { startTestOrg, type TestOrg } from "../testing/test-org.ts";

let org: TestOrg;

beforeEach(async () => {
  org = await startTestOrg();
});

afterEach(() => org.close());

const get = (path: string): Promise<Response> =>
  fetch(`${org.url}${path}`, { headers: { authorization: `Bearer ${org.connection.accessToken}` } });

describe("the server", () => {
  it.each([
    ["/services/data/v63.0/nope", 404, "NOT_FOUND"],
    ["/services/data/v63.0/sobjects/Nope", 404, "NOT_FOUND"],
    ["/services/data/v63.0/sobjects/Opportunity/Nope__c/1", 404, "NOT_FOUND"],
    ["/services/data/v63.0/query", 400, "MALFORMED_QUERY"],
  ])("answers %s with %i %s", async (path, status, errorCode) => {
    const answer = await get(path);

    expect(answer.status).toBe(status);
    expect(await answer.json()).toMatchObject([{ errorCode }]);
  });

  it("tells its versions to everybody and the rest to those with a token", async () => {
    expect((await fetch(`${org.url}/services/data`)).status).toBe(200);
    expect((await fetch(`${org.url}/services/data/v63.0/sobjects`)).status).toBe(401);
  });

  // Node's own limit for address and headers together is the 16,384 bytes that Salesforce documents for status 431.
  it("refuses an address that is too long for Salesforce", async () => {
    const soql = encodeURIComponent(`SELECT Id FROM Account WHERE Name = '${"x".repeat(16_384)}'`);

    expect((await get(`/services/data/v63.0/query?q=${soql}`)).status).toBe(431);
  });

  it.each([
    ["throttle", 429, "REQUEST_LIMIT_EXCEEDED"],
    ["server-error", 503, "SERVER_UNAVAILABLE"],
    ["expired-token", 401, "INVALID_SESSION_ID"],
  ] as const)("gives Salesforce's own answer to the fault %s, then goes on", async (kind, status, errorCode) => {
    org.faults.add({ server: "salesforce", operation: "limits", kind, times: 1, retryAfterSeconds: 7 });

    const refused = await get("/services/data/v63.0/limits");

    expect(refused.status).toBe(status);
    expect(refused.headers.get("retry-after")).toBe(kind === "expired-token" ? null : "7");
    expect(await refused.json()).toMatchObject([{ errorCode }]);
    expect((await get("/services/data/v63.0/limits")).status).toBe(200);
  });

  it("has written the record when the connection is lost after the commit", async () => {
    org.faults.add({ operation: "create", kind: "reset-after-commit", times: 1 });

    await expect(new Connection(org.connection).sobject("Account").create({ Name: "Acme" })).rejects.toThrow();

    expect(org.salesforce.records("Account")).toMatchObject([{ Name: "Acme" }]);
  });
});
