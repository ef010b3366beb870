import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { startTestPortal, type TestPortal } from "../testing/test-portal.ts";

let world: TestPortal;
beforeEach(async () => {
  world = await startTestPortal();
});
afterEach(() => world.close());

const newDeal = { dealname: "Data lake", dealstage: "qualifiedtobuy" };

interface Found {
  readonly status: number;
  readonly total: number;
  readonly ids: readonly string[];
  readonly next: string | undefined;
}

async function search(body: object, object = "deals"): Promise<Found> {
  const { status, body: answer } = await world.call("POST", `/crm/objects/2026-09/${object}/search`, body);
  const {
    total = 0,
    results = [],
    paging,
  } = answer as {
    readonly total?: number;
    readonly results?: readonly { readonly id: string }[];
    readonly paging?: { readonly next: { readonly after: string } };
  };
  return { status, total, ids: results.map(({ id }) => id), next: paging?.next.after };
}

const where = (
  propertyName: string,
  operator: string,
  value: string | readonly string[],
  highValue?: string,
): object => ({
  filterGroups: [
    {
      filters: [
        {
          propertyName,
          operator,
          ...(Array.isArray(value) ? { values: value } : { value }),
          ...(highValue !== undefined && { highValue }),
        },
      ],
    },
  ],
});

describe("search", () => {
  it.each([
    ["amount", "EQ", "100", ["a"]],
    ["amount", "GT", "99", ["a", "b"]],
    ["amount", "LTE", "100", ["a"]],
    ["amount", "HAS_PROPERTY", "", ["a", "b"]],
    ["amount", "NOT_HAS_PROPERTY", "", ["c"]],
    ["dealname", "EQ", "DATA LAKE", ["a"]],
    ["dealname", "NEQ", "data lake", ["b", "c"]],
    ["dealname", "IN", ["data lake", "shop"], ["a", "c"]],
    ["dealname", "IN", ["Data Lake"], []],
    ["dealname", "NOT_IN", ["shop"], ["a", "b"]],
    ["dealname", "CONTAINS_TOKEN", "lake", ["a"]],
    ["dealname", "CONTAINS_TOKEN", "*lake*", ["a", "b"]],
    ["dealname", "NOT_CONTAINS_TOKEN", "lake", ["b", "c"]],
  ])("%s %s %p", async (property, operator, value, expected) => {
    const { portal } = world;
    const ids = {
      a: portal.create("deals", { ...newDeal, amount: "100" }),
      b: portal.create("deals", { ...newDeal, dealname: "Lakehouse", amount: "2000" }),
      c: portal.create("deals", { ...newDeal, dealname: "Shop" }),
    };
    const found = (await search(where(property, operator, value))).ids;
    expect([...found].sort()).toEqual(expected.map((name) => ids[name as keyof typeof ids]));
  });

  it("compares instants in milliseconds, both ends included", async () => {
    const id = world.portal.create("deals", newDeal);
    const now = world.clock.now();
    expect((await search(where("hs_lastmodifieddate", "BETWEEN", String(now), String(now)))).ids).toEqual([id]);
    expect((await search(where("hs_lastmodifieddate", "LT", String(now)))).ids).toEqual([]);
  });

  it("pages by an offset, up to 200 a page and 10,000 in all", async () => {
    for (let number = 0; number < 7; number += 1) world.portal.create("deals", newDeal);
    const first = await search({ limit: 5 });
    expect(first).toMatchObject({ total: 7, next: "5" });
    expect(await search({ limit: 5, after: "5" })).toMatchObject({
      ids: [expect.any(String), expect.any(String)],
      next: undefined,
    });
    expect((await search({ limit: 201 })).status).toBe(400);
    expect((await search({ limit: 100, after: "9900" })).status).toBe(200);
    expect((await search({ limit: 100, after: "9901" })).status).toBe(400);
  });

  it("orders ids as texts", async () => {
    world.hubspot.configure({ firstId: "9" });
    const ids = [1, 2, 3].map(() => world.portal.create("deals", newDeal));
    expect(ids).toEqual(["9", "10", "11"]);
    const sorts = [{ propertyName: "hs_object_id", direction: "ASCENDING" }];
    expect((await search({ sorts })).ids).toEqual(["10", "11", "9"]);
    expect((await search({ ...where("hs_object_id", "GT", "11"), sorts })).ids).toEqual(["9"]);
  });

  it("shows neither archived nor merged records, and knows of changes late when it is told to", async () => {
    const { portal, hubspot, clock } = world;
    const [one, two, three] = [1, 2, 3].map(() => portal.create("deals", newDeal));
    portal.archive("deals", one ?? "");
    const survivor = portal.merge("deals", two ?? "", three ?? "");
    expect((await search({})).ids).toEqual([survivor]);
    clock.advance(10_000);
    hubspot.configure({ searchLagMs: 5000 });
    portal.edit("deals", survivor, { dealname: "Warehouse" });
    expect((await search(where("dealname", "EQ", "warehouse"))).ids).toEqual([]);
    clock.advance(5001);
    expect((await search(where("dealname", "EQ", "warehouse"))).ids).toEqual([survivor]);
  });

  it("refuses a property that the object does not have: contacts call their date of modification differently", async () => {
    const body = where("hs_lastmodifieddate", "GTE", "0");
    expect((await search(body, "contacts")).status).toBe(400);
    expect((await search(where("lastmodifieddate", "GTE", "0"), "contacts")).status).toBe(200);
    expect((await search({ sorts: ["dealname", "amount"] })).status).toBe(400);
  });
});
