import type { JsonObject } from "@cosell/connector";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { type EmulatedPortal, startEmulatedPortal } from "./__fixtures__/emulated-portal.ts";

let emulated: EmulatedPortal;
beforeEach(async () => {
  emulated = await startEmulatedPortal();
});
afterEach(() => emulated.close());

const object = "deals";
const newDeal = { dealname: "Data lake", dealstage: "qualifiedtobuy" };

async function recordOf(ref: string, fields: readonly string[]): Promise<JsonObject> {
  const [result] = await emulated.connection.read({ object, refs: [ref], fields });
  if (result?.status !== "found") throw new Error(`${ref} is ${result?.status ?? "not answered"}`);
  return result.record;
}

describe("read", () => {
  it("gives a deal with its primary company, its contacts in a steady order, and its owner", async () => {
    const { portal } = emulated;
    const stamp = "2026-01-01T00:00:00.000Z";
    const owner = {
      id: "71",
      email: "dana@partner.example",
      firstName: "Dana",
      lastName: "Reyes",
      userId: 1,
      createdAt: stamp,
      updatedAt: stamp,
    };
    portal.putOwner({ ...owner, archived: true });
    const ref = portal.create(object, { ...newDeal, hubspot_owner_id: "71" });
    const [other, primary] = [
      portal.create("companies", { name: "Other" }),
      portal.create("companies", { name: "Octank" }),
    ];
    portal.associate({ object, id: ref }, { object: "companies", id: other });
    portal.associate({ object, id: ref }, { object: "companies", id: primary }, [5]);
    const contacts = ["a", "b", "c"].map((name) => portal.create("contacts", { email: `${name}@octank.example` }));
    for (const id of contacts.toReversed()) portal.associate({ object, id: ref }, { object: "contacts", id });
    const fields = ["dealname", "company.name", "company.domain", "contacts[].email", "owner.email", "owner.firstName"];
    expect(await recordOf(ref, fields)).toEqual({
      dealname: "Data lake",
      company: { name: "Octank", domain: null },
      contacts: ["a", "b", "c"].map((name) => ({ email: `${name}@octank.example` })),
      owner: { email: "dana@partner.example", firstName: "Dana" },
    });
    expect(await recordOf(portal.create(object, newDeal), fields)).toMatchObject({
      company: null,
      contacts: [],
      owner: null,
    });
  });

  it("gives one form of a value, however HubSpot tells it", async () => {
    const { portal, emulators } = emulated;
    emulators.hubspot.configure({ floatNoise: true });
    const choices = { aws_delivery_models: "Managed Services;SaaS or PaaS;BYOL or AMI" };
    const ref = portal.create(object, { ...newDeal, ...choices, amount: "0.4", hs_next_step: "" });
    const fields = ["aws_delivery_models", "amount", "hs_next_step", "aws_cosell"];
    const first = await recordOf(ref, fields);
    // The choices come in another order at each read.
    for (let time = 0; time < 3; time += 1) expect(await recordOf(ref, fields)).toEqual(first);
    expect(first).toEqual({
      aws_delivery_models: "SaaS or PaaS;BYOL or AMI;Managed Services",
      amount: "0.4",
      hs_next_step: null,
      aws_cosell: null,
    });
  });

  it("gives the day that people in the portal see, as noon in UTC", async () => {
    // New York: what the API was given as a day shows as the day before, what a person chose as that day.
    const byApi = emulated.portal.create(object, { ...newDeal, closedate: "2026-12-31" });
    const byPerson = emulated.portal.create(object, { ...newDeal, closedate: "2026-12-31T05:00:00Z" });
    expect(await recordOf(byApi, ["closedate"])).toEqual({ closedate: "2026-12-30T12:00:00.000Z" });
    expect(await recordOf(byPerson, ["closedate"])).toEqual({ closedate: "2026-12-31T12:00:00.000Z" });
  });

  it.each([true, false])(
    "tells merged from archived records (a batch follows merges: %p)",
    async (batchReadFollowsMerges) => {
      const { portal, emulators, connection } = emulated;
      emulators.hubspot.configure({ batchReadFollowsMerges });
      const [one, two, archived, kept] = [1, 2, 3, 4].map(() => portal.create(object, newDeal));
      const survivor = portal.merge(object, one ?? "", two ?? "");
      portal.archive(object, archived ?? "");
      const refs = [one, two, archived, kept, "77"].map((ref) => ref ?? "");
      const results = await connection.read({ object, refs, fields: ["dealname"] });
      expect(results.map(({ status }) => status)).toEqual(["merged", "merged", "deleted", "found", "missing"]);
      expect(results[0]).toEqual({ status: "merged", ref: one, survivor });
    },
  );

  it("names the records that went into one, those too that went into them", async () => {
    const { portal, connection } = emulated;
    const [one, two, three, kept] = [1, 2, 3, 4].map(() => portal.create(object, newDeal));
    const first = portal.merge(object, one ?? "", two ?? "");
    const survivor = portal.merge(object, first, three ?? "");
    const [left, other] = await connection.read({ object, refs: [survivor, kept ?? ""], fields: ["dealname"] });
    const absorbed = left?.status === "found" ? (left.absorbed ?? []) : [];
    expect(absorbed.toSorted()).toEqual([one, two, three, first].toSorted());
    expect(other).not.toHaveProperty("absorbed");
  });

  it("tells who changed a record last, and when, by name where the token may see names", async () => {
    const { portal, connection, advance, emulators } = emulated;
    const stamp = "2026-01-01T00:00:00.000Z";
    const owner = { id: "71", email: "dana@partner.example", firstName: "Dana", lastName: "Reyes", userId: 9 };
    portal.putOwner({ ...owner, createdAt: stamp, updatedAt: stamp, archived: false });
    const [known = "", stranger = "", app = ""] = [1, 2, 3].map(() => portal.create(object, newDeal));
    advance(60_000);
    portal.edit(object, known, { dealname: "A", hs_updated_by_user_id: "9" });
    portal.edit(object, stranger, { dealname: "B", hs_updated_by_user_id: "10" });
    const before = emulators.requests.last;
    const results = await connection.read({ object, refs: [known, stranger, app], fields: ["dealname"] });
    const changed = results.map((result) => (result.status === "found" ? result.changed : undefined));
    const at = "2026-03-02T09:31:15.250Z";
    expect(changed).toEqual([{ at, by: "Dana Reyes" }, { at, by: "user 10" }, { at: "2026-03-02T09:30:15.250Z" }]);
    expect(results[0]?.status === "found" && results[0].record).toEqual({ dealname: "A" });
    const first = emulators.requests.last - before;
    await connection.read({ object, refs: [known], fields: ["dealname"] });
    expect(emulators.requests.last - before - first).toBe(1);
  });

  it("keeps ids that are longer than a JavaScript number", async () => {
    emulated.emulators.hubspot.configure({ firstId: "9007199254740993" });
    const { portal } = emulated;
    const [ref, company] = [portal.create(object, newDeal), portal.create("companies", { name: "Octank" })];
    portal.associate({ object, id: ref }, { object: "companies", id: company });
    expect(ref).toBe("9007199254740993");
    expect(await recordOf(ref, ["company.name", "hs_object_id"])).toEqual({
      hs_object_id: ref,
      company: { name: "Octank" },
    });
  });
});
