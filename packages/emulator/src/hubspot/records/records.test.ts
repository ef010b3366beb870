import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { loadSeed } from "../../seed/index.ts";
import { companyOfSeed } from "../company-of-seed.ts";
import { startTestPortal, type TestPortal } from "../testing/test-portal.ts";

let world: TestPortal;
beforeEach(async () => {
  world = await startTestPortal();
});
afterEach(() => world.close());

const objects = "/crm/objects/2026-09/deals";
const newDeal = { dealname: "Data lake", dealstage: "qualifiedtobuy" };
const create = (properties: object) => world.call("POST", objects, { properties });

describe("values", () => {
  it("are texts, cleared by empty text, and days at midnight in UTC", async () => {
    const { status, body } = await create({
      ...newDeal,
      amount: 6000,
      closedate: "2026-12-31",
      aws_cosell: true,
      hs_next_step: "",
    });
    expect(status).toBe(201);
    const [record] = world.portal.records("deals");
    expect(body["id"]).toBe(record?.id);
    expect(record?.properties).toMatchObject({
      amount: "6000",
      amount_in_home_currency: "6000",
      closedate: "2026-12-31T00:00:00Z",
      aws_cosell: "true",
      hs_next_step: null,
      hs_is_closed: "false",
      pipeline: "default",
    });
  });

  it.each([
    [{ aws_thing: "x" }, "PROPERTY_DOESNT_EXIST"],
    [{ dealtype: "x" }, "INVALID_OPTION"],
    [{ aws_delivery_models: "Resell;x" }, "INVALID_OPTION"],
    [{ dealstage: "x" }, "INVALID_OPTION"],
    [{ amount: "much" }, "INVALID_NUMBER"],
    [{ closedate: "soon" }, "INVALID_DATE"],
    [{ hs_lastmodifieddate: "2026-01-01" }, "READ_ONLY_VALUE"],
    [{ dealname: "x".repeat(70_000) }, "PROPERTY_VALUE_TOO_LONG"],
  ])("are refused: %j", async (values, code) => {
    const { status, body } = await create({ ...newDeal, ...values });
    expect({ status, body }).toMatchObject({ status: 400, body: { category: "VALIDATION_ERROR", errors: [{ code }] } });
    expect(world.portal.records("deals")).toEqual([]);
  });

  it("must be there, and unique where the property says so", async () => {
    expect(await create({ dealname: "x" })).toMatchObject({
      status: 400,
      body: { errors: [{ context: { propertyName: ["dealstage"] } }] },
    });
    await create({ ...newDeal, aws_opportunity_id: "O1" });
    expect(await create({ ...newDeal, aws_opportunity_id: "o1" })).toMatchObject({
      status: 409,
      body: { category: "CONFLICT" },
    });
    const contact = (email: string) => world.call("POST", "/crm/v3/objects/contacts", { properties: { email } });
    await contact("kim@octank.example");
    expect((await contact("Kim@octank.example")).body["message"]).toMatch(/^Contact already exists. Existing ID: \d+$/);
  });
});

describe("batches", () => {
  it("do nothing at all when they refuse the whole", async () => {
    world.hubspot.configure({ batchErrors: "whole" });
    const inputs = [{ properties: newDeal }, { properties: { ...newDeal, dealtype: "x" } }];
    expect((await world.call("POST", `${objects}/batch/create`, { inputs })).status).toBe(400);
    expect(world.portal.records("deals")).toEqual([]);
  });

  it("create or find by a unique property, and refuse one that is not", async () => {
    const upsert = (idProperty: string) =>
      world.call("POST", `${objects}/batch/upsert`, { inputs: [{ idProperty, id: "O/1?a#b", properties: newDeal }] });
    expect((await upsert("aws_opportunity_id")).body).toMatchObject({ results: [{ new: true }] });
    expect((await upsert("aws_opportunity_id")).body).toMatchObject({ results: [{ new: false }] });
    expect((await upsert("dealname")).body).toMatchObject({ errors: [{ category: "VALIDATION_ERROR" }] });
  });
});

describe("a record's life", () => {
  it("ends in the archive, from which it comes back with its id", async () => {
    const id = world.portal.create("deals", newDeal);
    expect((await world.call("DELETE", `${objects}/${id}`)).status).toBe(204);
    expect((await world.call("GET", `${objects}/${id}`)).status).toBe(404);
    expect((await world.call("GET", `${objects}/${id}?archived=true`)).body).toMatchObject({ id, archived: true });
    world.portal.restore("deals", id);
    expect((await world.call("GET", `${objects}/${id}`)).body).toMatchObject({ id, archived: false });
  });

  it("goes on after a merge under a third id, which the old ones lead to", async () => {
    const [one, two] = [
      world.portal.create("deals", newDeal),
      world.portal.create("deals", { ...newDeal, amount: "5" }),
    ];
    const company = world.portal.create("companies", { name: "Octank" });
    world.portal.associate({ object: "deals", id: two }, { object: "companies", id: company });
    const { body } = await world.call("POST", `${objects}/merge`, { primaryObjectId: one, objectIdToMerge: two });
    const id = String(body["id"]);
    expect([one, two]).not.toContain(id);
    const old = await world.call(
      "GET",
      `${objects}/${two}?properties=hs_merged_object_ids,amount&associations=companies`,
    );
    expect(old.body).toMatchObject({
      id,
      properties: { hs_merged_object_ids: `${one};${two}`, amount: "5" },
      associations: { companies: { results: [{ id: company }, { id: company }] } },
    });
    expect((await world.call("GET", `${objects}?archived=true`)).body["results"]).toEqual([]);
  });
});

describe("the seeded company", () => {
  it("is the same as Salesforce's, and comes back from its document", () => {
    const seed = loadSeed({ deals: 50, seed: 3, asOf: "2026-03-02" });
    world.portal.load(companyOfSeed(seed));
    expect(world.portal.records("deals").map(({ properties }) => properties["dealname"])).toEqual(
      seed.records["Opportunity"]?.map(({ Name }) => Name),
    );
    const before = world.hubspot.state();
    world.hubspot.load(before);
    expect(world.hubspot.state()).toEqual(before);
    expect(() => world.hubspot.load({ portals: { 1: { objects: {} } } })).toThrow("There is no portal 1.");
  });
});
