import { failureOf, type WriteOperation, type WriteResult } from "@cosell/connector";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { type EmulatedPortal, startEmulatedPortal } from "./__fixtures__/emulated-portal.ts";

let emulated: EmulatedPortal;
beforeEach(async () => {
  emulated = await startEmulatedPortal();
});
afterEach(() => emulated.close());

const object = "deals";
const newDeal = { dealname: "Data lake", dealstage: "qualifiedtobuy" };

const update = (ref: string, fields: WriteOperation["fields"]): WriteOperation => ({
  kind: "update",
  object,
  ref,
  fields,
});
const held = (ref: string, property: string): string | null | undefined =>
  emulated.portal.records(object).find(({ id }) => id === ref)?.properties[property];
const kinds = (results: readonly WriteResult[]): readonly string[] =>
  results.map((result) => (result.ok ? "ok" : result.failure.kind));

describe("write", () => {
  it.each(["partial", "whole"] as const)(
    "lets one bad record fail alone, when a batch tells errors %s",
    async (batchErrors) => {
      emulated.emulators.hubspot.configure({ batchErrors });
      const refs = [1, 2, 3, 4, 5].map(() => emulated.portal.create(object, newDeal));
      const results = await emulated.connection.write(
        refs.map((ref, index) => update(ref, index === 3 ? { dealtype: "Jane's secret" } : { hs_next_step: "Call" })),
      );
      expect(kinds(results)).toEqual(["ok", "ok", "ok", "invalid", "ok"]);
      expect(results[3]).toMatchObject({ failure: { issues: [{ code: "INVALID_OPTION", target: "dealtype" }] } });
      expect(JSON.stringify(results[3])).not.toContain("Jane");
      expect(refs.map((ref) => held(ref, "hs_next_step") ?? null)).toEqual(["Call", "Call", "Call", null, "Call"]);
    },
  );

  it("names every property that the portal's own rules want, deal by deal", async () => {
    const when = { property: "dealstage", value: "closedlost" };
    emulated.emulators.hubspot.configure({
      validationRules: ["closed_lost_reason", "description"].map((property) => ({ object, property, when })),
    });
    const ref = emulated.portal.create(object, newDeal);
    const [result] = await emulated.connection.write([update(ref, { dealstage: "closedlost" })]);
    expect(result).toMatchObject({
      failure: { kind: "invalid", issues: [{ target: "closed_lost_reason" }, { target: "description" }] },
    });
  });

  it("writes one record twice in one call, in order", async () => {
    const ref = emulated.portal.create(object, newDeal);
    const results = await emulated.connection.write([
      update(ref, { hs_next_step: "One" }),
      update(ref, { hs_next_step: "Two" }),
    ]);
    expect(kinds(results)).toEqual(["ok", "ok"]);
    expect(held(ref, "hs_next_step")).toBe("Two");
  });

  it("sends every value as HubSpot takes it", async () => {
    const ref = emulated.portal.create(object, { ...newDeal, hs_next_step: "Call", dealtype: "newbusiness" });
    const fields = {
      aws_cosell: true,
      amount: 1e-7,
      hs_next_step: null,
      aws_delivery_models: ["BYOL or AMI", "Other"],
    };
    expect(kinds(await emulated.connection.write([update(ref, fields)]))).toEqual(["ok"]);
    const names = ["aws_cosell", "amount", "hs_next_step", "aws_delivery_models", "dealtype"];
    expect(names.map((name) => held(ref, name))).toEqual([
      "true",
      "0.0000001",
      null,
      "BYOL or AMI;Other",
      "newbusiness",
    ]);
  });

  it("writes a close date as noon of that day in the portal's time zone, and reads back what was written", async () => {
    const ref = emulated.portal.create(object, newDeal);
    await emulated.connection.write([update(ref, { closedate: "2026-12-31T12:00:00.000Z" })]);
    expect(held(ref, "closedate")).toBe("2026-12-31T17:00:00Z");
    const [result] = await emulated.connection.read({ object, refs: [ref], fields: ["closedate"] });
    expect(result).toMatchObject({ record: { closedate: "2026-12-31T12:00:00.000Z" } });
  });

  it("refuses, as far as it can see, what a person changed since it was read", async () => {
    const { portal, connection, advance } = emulated;
    const [one, two] = [portal.create(object, newDeal), portal.create(object, newDeal)];
    const read = await connection.read({ object, refs: [one, two], fields: ["dealname"] });
    const versions = read.map((result) => (result.status === "found" ? result.version : ""));
    advance(1000);
    portal.edit(object, one, { hs_next_step: "A person's" });
    const results = await connection.write(
      [one, two].map((ref, index) => ({ ...update(ref, { hs_next_step: "Ours" }), ifVersion: versions[index] ?? "" })),
    );
    expect(kinds(results)).toEqual(["conflict", "ok"]);
    expect([held(one, "hs_next_step"), held(two, "hs_next_step")]).toEqual(["A person's", "Ours"]);
    const [again] = await connection.read({ object, refs: [two], fields: [] });
    expect(results[1]).toMatchObject({ version: again?.status === "found" ? again.version : "" });
  });

  it("does not create by a property that is not unique", async () => {
    const key = { field: "hs_next_step", value: "O1" };
    const [result] = await emulated.connection.write([
      { kind: "create", object, fields: newDeal, idempotencyKey: key },
    ]);
    expect(result).toMatchObject({ failure: { kind: "config", message: expect.stringContaining("hs_next_step") } });
  });

  it("tells a value that another record has as a conflict of that property", async () => {
    emulated.portal.create(object, { ...newDeal, aws_opportunity_id: "O1" });
    const ref = emulated.portal.create(object, newDeal);
    const [result] = await emulated.connection.write([update(ref, { aws_opportunity_id: "o1" })]);
    expect(result).toMatchObject({
      failure: { kind: "conflict", message: expect.stringContaining("aws_opportunity_id") },
    });
  });

  it("sends a create once, whatever becomes of it, and says that the outcome is unknown", async () => {
    const { faults, requests } = emulated.emulators;
    faults.add({ server: "hubspot", operation: "deals.batchCreate", kind: "server-error-after-commit" });
    const [result] = await emulated.connection.write([{ kind: "create", object, fields: newDeal }]);
    expect(result).toMatchObject({ failure: { kind: "unknown-outcome" } });
    expect(requests.since().filter(({ operation }) => operation === "deals.batchCreate")).toHaveLength(1);
    expect(emulated.portal.records(object)).toHaveLength(1);
  });

  it("finds no failure for what it is not asked", async () => {
    expect(await emulated.connection.write([]).catch(failureOf)).toEqual([]);
  });
});
