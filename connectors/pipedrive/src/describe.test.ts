import { readFileSync } from "node:fs";
import { type ObjectSchema, type SchemaSnapshot, Secret } from "@cosell/connector";
import { demoPipedriveCompany, otherPipedriveCompany } from "@cosell/emulator";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { type EmulatedCompany, startEmulatedCompany } from "./__fixtures__/emulated-company.ts";

let emulated: EmulatedCompany;
let schema: ObjectSchema;
beforeAll(async () => {
  emulated = await startEmulatedCompany();
  schema = await emulated.connection.describe("deals");
});
afterAll(() => emulated.close());

const otherToken = new Secret(otherPipedriveCompany.apiTokens[0] ?? "");

/** The schema that shipped mappings are checked against without a company. */
const snapshot = JSON.parse(
  readFileSync(new URL("../../../mappings/snapshots/pipedrive.deals.json", import.meta.url), "utf8"),
) as SchemaSnapshot;

describe("describe", () => {
  it.each(Object.entries(snapshot.objects))("tells of %s what the shipped snapshot says", async (object, described) => {
    expect(await emulated.connection.describe(object)).toEqual(described);
  });

  it.each([
    ["title", { type: "string", length: 255, required: true, creatable: true, updatable: true }],
    ["value", { type: "currency" }],
    ["expected_close_date", { type: "date", updatable: true }],
    ["update_time", { type: "datetime", updatable: false }],
    ["id", { type: "id", creatable: false }],
    ["owner_id", { type: "reference" }],
    ["pipeline", { type: "picklist", updatable: false }],
    ["aws_opportunity_id", { type: "string", length: 255, required: false, label: "AWS Opportunity Id" }],
    ["aws_review_comments", { type: "text", length: 65_000 }],
    ["aws_monthly_spend", { type: "currency", updatable: true }],
    ["aws_monthly_spend_currency", { type: "string", updatable: true }],
    ["aws_delivery_models", { type: "multipicklist", restricted: true }],
  ])("tells what %s is", (name, expected) => {
    expect(schema.fields.find((field) => field.name === name)).toMatchObject(expected);
  });

  it("tells choices by their labels, which people and mappings know, and stages by their names, won and lost after them", () => {
    const valuesOf = (name: string): unknown =>
      schema.fields.find((field) => field.name === name)?.picklist?.map(({ value }) => value);
    expect(valuesOf("aws_co_sell")).toEqual(["Yes", "No"]);
    expect(valuesOf("status")).toEqual(["open", "won", "lost"]);
    expect(valuesOf("stage")).toEqual([
      "Qualified",
      "Contact Made",
      "Demo Scheduled",
      "Proposal Made",
      ...["Negotiations Started", "won", "lost"],
    ]);
  });

  it("calls fields alike in two companies, whose keys differ, and the stages of a second pipeline by both names", async () => {
    const other = await (await emulated.connect({ apiToken: otherToken })).describe("deals");
    const keyed = (name: string): unknown => other.fields.find((field) => field.name === name);
    expect(other.fields.map(({ name }) => name)).toEqual(schema.fields.map(({ name }) => name));
    expect(keyed("stage")).toMatchObject({
      picklist: expect.arrayContaining([
        expect.objectContaining({ value: "Qualified" }),
        expect.objectContaining({ value: "Renewals / Qualified" }),
      ]),
    });
  });

  it("tells a stage that is called as a status by its pipeline too", async () => {
    const pipelines = [{ name: "Sales", stages: ["Qualified", "won"] }];
    const own = await startEmulatedCompany({ companies: [{ ...demoPipedriveCompany, pipelines }] });
    const { company, connection } = own;
    const stages = company.schema().pipelines.flatMap((pipeline) => pipeline.stages);
    const id = company.create("deals", { title: "Data lake", stage_id: stages[1]?.id });
    const { fields } = await connection.describe("deals");
    expect(fields.find(({ name }) => name === "stage")?.picklist?.map(({ value }) => value)).toEqual([
      "Qualified",
      "Sales / won",
      "won",
      "lost",
    ]);
    expect(await connection.read({ object: "deals", refs: [String(id)], fields: ["stage"] })).toMatchObject([
      { record: { stage: "Sales / won" } },
    ]);
    await own.close();
  });

  it("tells where records lead, and of persons their primary e-mail address", async () => {
    expect(schema.relations).toEqual([
      { path: "organization", objects: ["organizations"], kind: "one" },
      { path: "person", objects: ["persons"], kind: "one" },
      { path: "owner", objects: ["users"], kind: "one" },
    ]);
    const { fields } = await emulated.connection.describe("persons");
    expect(fields.find(({ name }) => name === "email")).toMatchObject({ type: "email", updatable: false });
    expect((await emulated.connection.describe("users")).fields.map(({ name }) => name)).toContain("last_name");
  });

  it("sees a field that was removed at once, and names it to whoever reads it", async () => {
    const { pipedrive, connection } = emulated;
    const read = (): Promise<unknown> => connection.read({ object: "deals", refs: [], fields: ["aws_competitor"] });
    await read();
    pipedrive.configure({ removedFields: ["deals.AWS Competitor"] });
    const { fields } = await connection.describe("deals");
    expect(fields.map(({ name }) => name)).not.toContain("aws_competitor");
    await expect(read()).rejects.toMatchObject({
      failure: { kind: "config", message: expect.stringContaining("aws_competitor") },
    });
    pipedrive.configure({ removedFields: [] });
  });

  it("knows a custom field by its key too, and helps who spells a name as people see it", async () => {
    const { connection, company } = emulated;
    await connection.describe("deals");
    const ref = String(
      company.create("deals", {
        title: "Data lake",
        custom_fields: { [company.keyOf("deals", "AWS Campaign")]: "Days" },
      }),
    );
    const [read] = await connection.read({
      object: "deals",
      refs: [ref],
      fields: [company.keyOf("deals", "AWS Campaign")],
    });
    expect(read).toMatchObject({ record: { aws_campaign: "Days" } });
    await expect(connection.read({ object: "deals", refs: [ref], fields: ["AWS Campaign"] })).rejects.toMatchObject({
      failure: { message: expect.stringContaining("Write 'aws_campaign'") },
    });
  });
});
