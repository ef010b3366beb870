import { failureOf } from "@cosell/connector";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { type EmulatedPortal, startEmulatedPortal } from "./__fixtures__/emulated-portal.ts";

let emulated: EmulatedPortal;
beforeEach(async () => {
  emulated = await startEmulatedPortal();
});
afterEach(() => emulated.close());

const object = "deals";
const newDeal = { dealname: "Data lake", dealstage: "qualifiedtobuy" };
const find = (field: string, ...equals: string[]): Promise<readonly string[]> =>
  emulated.connection.find({ object, field, match: { equals } });

describe("find", () => {
  it("looks into related records", async () => {
    const { portal, connection } = emulated;
    const stamp = "2026-01-01T00:00:00.000Z";
    const name = { email: "Dana@partner.example", firstName: "Dana", lastName: "Reyes" };
    portal.putOwner({ id: "71", ...name, userId: 1, createdAt: stamp, updatedAt: stamp, archived: false });
    const company = portal.create("companies", { name: "Octank", website: "https://www.octank.example/shop" });
    const ref = portal.create(object, { ...newDeal, hubspot_owner_id: "71" });
    portal.create(object, newDeal);
    portal.associate({ object, id: ref }, { object: "companies", id: company });
    expect(await find("company.name", "OCTANK")).toEqual([ref]);
    expect(await connection.find({ object, field: "company.website", match: { contains: "octank.example" } })).toEqual([
      ref,
    ]);
    expect(await find("owner.email", "dana@PARTNER.example")).toEqual([ref]);
  });

  it("writes a value as the property's type wants it, and passes over what no such property can hold", async () => {
    const ref = emulated.portal.create(object, {
      ...newDeal,
      amount: "1200.5",
      aws_cosell: "true",
      dealtype: "newbusiness",
    });
    expect(await find("amount", "1200.5", "much")).toEqual([ref]);
    expect(await find("hs_object_id", ref, "nobody")).toEqual([ref]);
    expect(await find("aws_cosell", "TRUE", "perhaps")).toEqual([ref]);
    expect(await find("dealtype", "NewBusiness")).toEqual([ref]);
    expect(await find("amount", "much")).toEqual([]);
  });

  it("believes the record and not the index that lags behind it", async () => {
    const ref = emulated.portal.create(object, newDeal);
    emulated.advance(60_000);
    emulated.emulators.hubspot.configure({ searchLagMs: 30_000 });
    emulated.portal.edit(object, ref, { dealname: "Data warehouse" });
    expect(await find("dealname", "data lake")).toEqual([]);
  });

  it("finds a part of a word", async () => {
    const ref = emulated.portal.create(object, { ...newDeal, dealname: "Multi-region data-lakehouse" });
    const match = { contains: "egion data-lakeh" };
    expect(await emulated.connection.find({ object, field: "dealname", match })).toEqual([ref]);
  });

  it("does not find by a list", async () => {
    const failure = await find("contacts[].email", "kim@octank.example").catch(failureOf);
    expect(failure).toMatchObject({ kind: "config", message: expect.stringContaining("contacts") });
  });
});
