import { Secret, type WriteOperation, type WriteResult } from "@cosell/connector";
import { sendJson, startFakeServer } from "@cosell/connector/testing";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { type EmulatedCompany, startEmulatedCompany } from "./__fixtures__/emulated-company.ts";

let emulated: EmulatedCompany;
beforeEach(async () => {
  emulated = await startEmulatedCompany();
});
afterEach(() => emulated.close());

const object = "deals";
const create = (title: string): WriteOperation => ({ kind: "create", object, fields: { title } });
const update = (ref: number | string, fields: WriteOperation["fields"]): WriteOperation => {
  return { kind: "update", object, ref: String(ref), fields };
};
const outcomes = (results: readonly WriteResult[]): readonly string[] =>
  results.map((result) => (result.ok ? "ok" : result.failure.kind));
const titles = (): readonly unknown[] => emulated.company.records(object).map(({ title }) => title);
const customOf = (name: string): unknown =>
  emulated.company.records(object)[0]?.custom_fields[emulated.company.keyOf(object, name)];

describe("write", () => {
  it("sends ids for labels, numbers for texts, and an amount with its currency", async () => {
    const { company, connection } = emulated;
    const id = company.create(object, { title: "Data lake" });
    const fields = {
      ...{ aws_co_sell: "Yes", aws_delivery_models: "SaaS or PaaS; Other", stage: "Proposal Made", value: "1500.25" },
      ...{ aws_monthly_spend: "250", aws_review_status: "Approved" },
    };
    expect(outcomes(await connection.write([update(id, fields)]))).toEqual(["ok"]);
    const [yes] =
      company
        .schema()
        .object(object)
        .fields.find(({ name }) => name === "AWS Co-Sell")?.options ?? [];
    expect(customOf("AWS Co-Sell")).toBe(yes?.id);
    expect(customOf("AWS Delivery Models")).toHaveLength(2);
    expect(customOf("AWS Monthly Spend")).toEqual({ value: 250, currency: "USD" });
    const refs = [String(id)];
    const [read] = await connection.read({ object, refs, fields: ["stage", "value", "aws_delivery_models"] });
    expect(read).toMatchObject({
      record: { stage: "Proposal Made", value: 1500.25, aws_delivery_models: "SaaS or PaaS;Other" },
    });
  });

  it("closes a deal and opens it again by its stage, which is what people see: the stage's name, won or lost", async () => {
    const { company, connection } = emulated;
    const id = company.create(object, { title: "Data lake" });
    const stand = async (stage: string, more: object = {}): Promise<unknown> => {
      expect(outcomes(await connection.write([update(id, { stage, ...more })]))).toEqual(["ok"]);
      const [read] = await connection.read({ object, refs: [String(id)], fields: ["stage", "status"] });
      return read?.status === "found" ? read.record : read;
    };
    expect(await stand("Proposal Made")).toEqual({ stage: "Proposal Made", status: "open" });
    const [deal] = company.records(object);
    expect(await stand("won")).toEqual({ stage: "won", status: "won" });
    expect(company.records(object)).toMatchObject([{ stage_id: deal?.["stage_id"] }]);
    expect(await stand("lost", { lost_reason: "Price" })).toEqual({ stage: "lost", status: "lost" });
    expect(await stand("Demo Scheduled")).toEqual({ stage: "Demo Scheduled", status: "open" });
    expect(await stand("Contact Made", { status: "won" })).toEqual({ stage: "won", status: "won" });
    const [made] = await connection.write([{ kind: "create", object, fields: { title: "Launched", stage: "won" } }]);
    expect(made).toMatchObject({ ok: true });
    expect(company.records(object).at(-1)).toMatchObject({ title: "Launched", status: "won" });
  });

  it("takes the currency that is written beside the amount, and none without an amount", async () => {
    const id = emulated.company.create(object, { title: "Data lake" });
    const together = { aws_monthly_spend: 99, aws_monthly_spend_currency: "EUR" };
    const alone = { aws_monthly_spend_currency: "EUR" };
    expect(outcomes(await emulated.connection.write([update(id, together), update(id, alone)]))).toEqual([
      "ok",
      "config",
    ]);
    expect(customOf("AWS Monthly Spend")).toEqual({ value: 99, currency: "EUR" });
  });

  it("clears several choices with null, since Pipedrive refuses an empty list", async () => {
    const id = emulated.company.create(object, { title: "Data lake" });
    const set = update(id, { aws_primary_needs: "Co-Sell - Deal Support" });
    expect(outcomes(await emulated.connection.write([set, update(id, { aws_primary_needs: "" })]))).toEqual([
      "ok",
      "ok",
    ]);
    expect(customOf("AWS Primary Needs")).toBeNull();
  });

  it.each<[string, WriteOperation["fields"], string]>([
    ["a label that is none of the options", { aws_co_sell: "Perhaps" }, "aws_co_sell"],
    ["a stage that there is not", { stage: "Signed" }, "stage"],
    [
      "a text that is too long, by the field's name and not its key",
      { aws_solutions: "S".repeat(300) },
      "aws_solutions",
    ],
    ["a reason for an open deal", { lost_reason: "Too dear" }, "lost_reason"],
    ["an owner that there is not", { owner_id: 999 }, "owner_id"],
  ])("names the field of %s", async (_, fields, target) => {
    const id = emulated.company.create(object, { title: "Data lake" });
    const [result] = await emulated.connection.write([update(id, fields)]);
    expect(result).toMatchObject({
      ok: false,
      failure: { kind: "invalid", message: expect.stringContaining(target), issues: [{ target }] },
    });
  });

  it("writes and reads a field that somebody has added since the fields were looked at", async () => {
    const { company, connection, pipedrive, advance } = emulated;
    pipedrive.configure({ removedFields: ["deals.AWS Competitor"] });
    const id = company.create(object, { title: "Data lake" });
    const fields = { aws_competitor: "No Competition" };
    expect(outcomes(await connection.write([update(id, fields)]))).toEqual(["config"]);
    pipedrive.configure({ removedFields: [] });
    expect(outcomes(await connection.write([update(id, fields)]))).toEqual(["config"]);
    advance(61_000);
    expect(outcomes(await connection.write([update(id, fields)]))).toEqual(["ok"]);
    pipedrive.configure({ removedFields: ["deals.AWS Campaign"] });
    await connection.describe(object);
    pipedrive.configure({ removedFields: [] });
    advance(61_000);
    const [read] = await connection.read({ object, refs: [String(id)], fields: ["aws_campaign"] });
    expect(read).toMatchObject({ status: "found", record: { aws_campaign: null } });
  });

  it("refuses to write what Pipedrive sets itself", async () => {
    const id = emulated.company.create(object, { title: "Data lake" });
    const [result] = await emulated.connection.write([update(id, { update_time: "2026-01-01T00:00:00Z" })]);
    expect(result).toMatchObject({ ok: false, failure: { kind: "config" } });
  });

  it("writes one record twice in the order given", async () => {
    const id = emulated.company.create(object, { title: "Data lake" });
    await emulated.connection.write([
      update(id, { title: "First" }),
      create("New"),
      update(`0${id}`, { title: "Second" }),
    ]);
    expect(titles()).toEqual(["Second", "New"]);
  });

  it.each(["server-error-after-commit", "reset-after-commit", "truncated-body"] as const)(
    "does not know what became of a write after %s, and sends nothing twice",
    async (kind) => {
      const { company, connection, emulators } = emulated;
      const id = company.create(object, { title: "Data lake" });
      await connection.write([update(id, { title: "Warm" })]);
      emulators.faults.add({ server: "pipedrive", operation: "deals.update", kind, times: 1 });
      const results = await connection.write([update(id, { title: "Sent" }), update(id, { title: "Not sent" })]);
      expect(outcomes(results)).toEqual(["unknown-outcome", "transient"]);
      expect(titles()).toEqual(["Sent"]);
    },
  );
});

describe("write to a busy Pipedrive", () => {
  it("has no more than four calls under way, and sends no further one after 429", async () => {
    const waiting: (() => void)[] = [];
    let most = 0;
    const server = await startFakeServer(({ url, method }, response) => {
      if (method === "GET") {
        sendJson(response, 200, { success: true, data: url.includes("dealFields") ? titleField : [] });
        return;
      }
      waiting.push(() => {
        sendJson(response, 429, { success: false, error: "request over limit" }, { "x-ratelimit-reset": "1" });
      });
      most = Math.max(most, waiting.length);
      // Nobody is answered before the fourth call is there, and a fifth has had its time to come.
      if (waiting.length >= 4)
        setTimeout(() => {
          for (const answer of waiting.splice(0)) answer();
        }, 20);
    });
    try {
      const connection = await emulated.connect({ instanceUrl: server.url, apiToken: new Secret("token") });
      const results = await connection.write(Array.from({ length: 12 }, (_, number) => create(`Deal ${number}`)));
      expect(new Set(outcomes(results))).toEqual(new Set(["throttled"]));
      expect(most).toBe(4);
      expect(server.calls.filter(({ method }) => method === "POST")).toHaveLength(4);
    } finally {
      await server.close();
    }
  });
});

const titleField = [{ field_name: "Title", field_code: "title", field_type: "varchar", is_custom_field: false }];
