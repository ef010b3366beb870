import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { SchemaSnapshot } from "@cosell/connector";
import { checkMapping } from "@cosell/core";
import { partnerCentralTarget } from "@cosell/partner-central";
import { loadShippedMapping, startWorld, type World } from "./support/world.ts";

const root = join(import.meta.dirname, "../..");
const snapshot = JSON.parse(
  readFileSync(join(root, "mappings/snapshots/salesforce.Opportunity.json"), "utf8"),
) as SchemaSnapshot;

describe("the shipped mapping for Salesforce", () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld();
  });
  afterAll(async () => {
    await world.close();
  });

  it("checks clean against the shipped snapshot, and maps or leaves out every field that AWS takes", () => {
    const { document, findings } = loadShippedMapping();
    expect(findings).toEqual([]);
    expect(document && checkMapping(document, { target: partnerCentralTarget, schema: snapshot })).toEqual([]);
  });

  it("has a snapshot that is what a connection describes", async () => {
    for (const [name, schema] of Object.entries(snapshot.objects)) {
      expect(await world.connection.describe(name)).toEqual(schema);
    }
  });

  it("has every field of its own in the documentation", () => {
    const documentation = readFileSync(join(root, "docs/salesforce-fields.md"), "utf8");
    const own = Object.values(snapshot.objects)
      .flatMap(({ fields }) => fields.map(({ name }) => name))
      .filter((name) => name.endsWith("__c"));
    expect(own.filter((name) => !documentation.includes(`\`${name}\``))).toEqual([]);
  });
});
