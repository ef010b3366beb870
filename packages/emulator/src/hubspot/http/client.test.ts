import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { startTestPortal, type TestPortal } from "../testing/test-portal.ts";

let world: TestPortal;
beforeEach(async () => {
  world = await startTestPortal();
});
afterEach(() => world.close());

/** HubSpot's own examples pass plain objects where the client's types name classes. */
const plain = (value: object): never => value as never;

const newDeal = { dealname: "Data lake", dealstage: "qualifiedtobuy" };

describe("HubSpot's own client, with nothing patched", () => {
  it("creates, reads, changes, finds and archives a deal", async () => {
    const { deals } = world.client.crm;
    const { id } = await deals.basicApi.create(plain({ properties: { ...newDeal, amount: "6000" }, associations: [] }));
    await deals.basicApi.update(id, plain({ properties: { hs_next_step: "Call" } }));
    const read = await deals.basicApi.getById(id, ["dealname", "hs_next_step", "amount", "no_such_property"]);
    expect(read.properties).toMatchObject({ dealname: "Data lake", hs_next_step: "Call", amount: "6000" });
    expect(read.properties).not.toHaveProperty("no_such_property");
    const found = await deals.searchApi.doSearch(
      plain({
        filterGroups: [{ filters: [{ propertyName: "dealname", operator: "EQ", value: "data lake" }] }],
        properties: ["dealname"],
        sorts: ["hs_lastmodifieddate"],
        limit: 10,
        after: "0",
      }),
    );
    expect(found).toMatchObject({ total: 1, results: [{ id }] });
    await deals.basicApi.archive(id);
    await expect(deals.basicApi.getById(id)).rejects.toMatchObject({ code: 404 });
    expect((await deals.basicApi.getPage(10, undefined, undefined, undefined, undefined, true)).results).toHaveLength(
      1,
    );
  });

  it("does batches, of which a part fails", async () => {
    const { batchApi } = world.client.crm.deals;
    const created = await batchApi.create(
      plain({ inputs: [1, 2].map(() => ({ properties: newDeal, associations: [] })) }),
    );
    const [one] = created.results;
    const updated = await batchApi.update(
      plain({
        inputs: [
          { id: one?.id ?? "", properties: { dealname: "Lake" } },
          { id: "77", properties: { dealname: "Lake" } },
        ],
      }),
    );
    expect(updated).toMatchObject({
      numErrors: 1,
      errors: [{ category: "OBJECT_NOT_FOUND", context: { ids: ["77"] } }],
    });
    expect(updated.results).toHaveLength(1);
    const upserted = await batchApi.upsert(
      plain({
        inputs: [{ idProperty: "aws_opportunity_id", id: "O1", properties: newDeal }],
      }),
    );
    expect(upserted.results[0]?.properties["aws_opportunity_id"] ?? "O1").toBe("O1");
  });

  it("associates, and tells schema, pipelines, owners and tokens", async () => {
    const { crm, oauth } = world.client;
    const deal = world.portal.create("deals", newDeal);
    const company = world.portal.create("companies", { name: "Octank" });
    const contact = world.portal.create("contacts", { email: "kim@octank.example" });
    await crm.associations.v4.basicApi.createDefault("deals", deal, "contacts", contact);
    await crm.associations.v4.batchApi.create(
      "deals",
      "companies",
      plain({
        inputs: [
          {
            _from: { id: deal },
            to: { id: company },
            types: [{ associationCategory: "HUBSPOT_DEFINED", associationTypeId: 5 }],
          },
        ],
      }),
    );
    const read = await crm.associations.v4.batchApi.getPage("deals", "companies", plain({ inputs: [{ id: deal }] }));
    expect(read.results[0]?.to[0]?.associationTypes.map(({ typeId }) => typeId).sort()).toEqual([341, 5]);
    const whole = await crm.deals.basicApi.getById(deal, [], undefined, ["companies", "contacts"]);
    expect(whole.associations?.["contacts"]?.results).toMatchObject([{ id: contact }]);
    const { results } = await crm.properties.coreApi.getAll("deals");
    expect(results.find(({ name }) => name === "aws_opportunity_id")).toMatchObject({ hasUniqueValue: true });
    expect((await crm.pipelines.pipelinesApi.getAll("deals")).results[0]?.stages).toHaveLength(7);
    expect((await crm.owners.ownersApi.getPage()).results).toEqual([]);
    const token = await oauth.tokensApi.create(
      "refresh_token",
      undefined,
      undefined,
      "emulator-client-id",
      "emulator-client-secret",
      "emulator-hubspot-refresh-token",
    );
    expect(token.expiresIn).toBe(1800);
  });

  it("reaches the dated paths by its plain request", async () => {
    const response = await world.client.apiRequest({
      method: "POST",
      path: "/crm/objects/2026-09/deals",
      body: { properties: newDeal },
    });
    expect(response.status).toBe(201);
    expect(await response.json()).toMatchObject({ properties: { dealname: "Data lake" } });
  });
});
