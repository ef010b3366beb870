import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { startTestPortal, type TestPortal } from "../testing/test-portal.ts";

let world: TestPortal;
beforeAll(async () => {
  world = await startTestPortal();
});
afterAll(() => world.close());

const deep = "[".repeat(100_000);
const bodies: readonly string[] = [
  ...["", "{", "null", "[]", "1", '"x"', deep, '{"inputs":', "{}"],
  ...[
    '{"inputs":1}',
    '{"inputs":[null]}',
    '{"inputs":[{}]}',
    '{"inputs":[{"id":{}}]}',
    '{"inputs":[{"id":"1","properties":1}]}',
  ],
  ...[
    '{"inputs":[{"id":"1","properties":{"dealname":{"a":1}}}]}',
    '{"inputs":[{"idProperty":7,"id":"1","properties":{}}]}',
  ],
  ...['{"inputs":[{"from":1,"to":{},"types":[1]}]}', '{"inputs":[{"from":{"id":"1"},"to":{"id":"2"},"types":[null]}]}'],
  ...['{"properties":{"__proto__":1,"constructor":2}}', '{"properties":{"dealname":[]},"associations":[{"to":1}]}'],
  ...[
    '{"filterGroups":[null]}',
    '{"filterGroups":[{"filters":[null]}]}',
    '{"filterGroups":[{"filters":[{"propertyName":"dealname","operator":"constructor"}]}]}',
  ],
  ...[
    '{"sorts":[null]}',
    '{"sorts":[7]}',
    '{"after":{}}',
    '{"limit":-1}',
    '{"filterGroups":[{"filters":[{"propertyName":"dealname","operator":"IN","values":[{}]}]}]}',
  ],
  ...['{"filterGroups":[{"filters":[{"propertyName":"dealname","operator":"CONTAINS_TOKEN","value":"(*a*)+["}]}]}'],
  '{"primaryObjectId":1,"objectIdToMerge":1}',
];
const paths: readonly (readonly [string, string])[] = [
  ...["search", "merge", "batch/read", "batch/create", "batch/update", "batch/upsert", "batch/archive", ""].map(
    (end) => ["POST", `/crm/objects/2026-09/deals/${end}`] as const,
  ),
  ...["read", "create", "archive", "associate/default"].map(
    (end) => ["POST", `/crm/associations/2026-09/deals/companies/batch/${end}`] as const,
  ),
  ["PATCH", "/crm/objects/2026-09/deals/1"],
  ["PUT", "/crm/objects/2026-09/deals/1/associations/companies/2"],
  ["PUT", "/crm/objects/2026-09/deals/1/associations/default/companies/2"],
  ["POST", "/crm/objects/2026-09/__proto__/search"],
  ["POST", "/oauth/2026-03/token"],
  ["POST", "//"],
];

describe("HubSpot", () => {
  it("answers whatever is sent with a refusal in its own words", async () => {
    const wrong: string[] = [];
    for (const [method, path] of paths)
      for (const body of bodies) {
        const headers = { authorization: "Bearer emulator-hubspot-token", "content-type": "application/json" };
        const response = await fetch(`${world.url}${path}`, { method, headers, body });
        const text = await response.text();
        if (response.status >= 500) wrong.push(`${method} ${path} ${body.slice(0, 100)}: ${text.slice(0, 300)}`);
      }
    expect(wrong).toEqual([]);
  });

  it("answers odd addresses", async () => {
    for (const path of [
      "/crm/objects/2026-09/deals?limit=x",
      "/crm/objects/2026-09/deals/%E0%A4%A",
      "/crm/owners/2026-09?after=x",
    ]) {
      const { status } = await world.call("GET", path);
      expect(status).toBeLessThan(500);
    }
  });
});
