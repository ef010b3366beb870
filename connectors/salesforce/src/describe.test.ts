import type { ObjectSchema } from "@cosell/connector";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { schemaOf } from "./describe.ts";
import { type EmulatedOrg, startEmulatedOrg } from "./__fixtures__/emulated-org.ts";

let emulated: EmulatedOrg;
let schema: ObjectSchema;
beforeAll(async () => {
  emulated = await startEmulatedOrg();
  schema = await emulated.connection.describe("Opportunity");
});
afterAll(() => emulated.close());

describe("describe", () => {
  it.each([
    ["Name", { type: "string", length: 120, required: true, creatable: true, updatable: true }],
    ["CloseDate", { type: "date", required: true }],
    ["Amount", { type: "currency", required: false }],
    ["Description", { type: "text", required: false }],
    ["AWS_Cosell__c", { type: "boolean", required: false }],
    ["AWS_Opportunity_Id__c", { type: "string", length: 20, unique: true }],
    ["AWS_Delivery_Models__c", { type: "multipicklist" }],
    ["AccountId", { type: "reference" }],
    ["Id", { type: "id", creatable: false, updatable: false }],
    ["SystemModstamp", { type: "datetime", creatable: false, updatable: false, required: false }],
  ])("tells what %s is", (name, expected) => {
    expect(schema.fields.find((field) => field.name === name)).toMatchObject(expected);
  });

  it("tells a picklist's values and whether others are refused", () => {
    const stage = schema.fields.find(({ name }) => name === "StageName");
    expect(stage?.picklist).toContainEqual({ value: "Closed Won", label: "Closed Won", active: true });
    const useCase = schema.fields.find(({ name }) => name === "AWS_Use_Case__c");
    expect(useCase).toMatchObject({ type: "picklist", restricted: true });
    expect(useCase?.picklist).toHaveLength(39);
  });

  it("tells where records lead", () => {
    expect(schema.relations).toEqual(
      expect.arrayContaining([
        { path: "Account", objects: ["Account"], kind: "one" },
        { path: "Owner", objects: ["User"], kind: "one" },
        { path: "OpportunityContactRoles.records", objects: ["OpportunityContactRole"], kind: "many" },
      ]),
    );
  });

  it("sees a change of the schema at once", async () => {
    emulated.org.configure({ retiredValues: [{ field: "Opportunity.Type", value: "New Customer" }] });
    const { fields } = await emulated.connection.describe("Opportunity");
    expect(
      fields.find(({ name }) => name === "Type")?.picklist?.find(({ value }) => value === "New Customer")?.active,
    ).toBe(false);
  });

  it("makes the connection forget the schema that it kept", async () => {
    const { org, connection } = emulated;
    const read = (): Promise<unknown> => connection.read({ object: "Contact", refs: [], fields: ["Title"] });
    await read();
    org.configure({ removedFields: ["Contact.Title"] });
    await connection.describe("Contact");
    await expect(read()).rejects.toMatchObject({ failure: { kind: "config" } });
  });

  it("does not keep a failure", async () => {
    const { connection, emulators } = emulated;
    emulators.faults.add({ server: "salesforce", operation: "describe", kind: "server-error", times: 1 });
    const read = (): Promise<unknown> => connection.read({ object: "Campaign", refs: [], fields: ["Name"] });
    await expect(read()).rejects.toMatchObject({ failure: { kind: "transient" } });
    expect(await read()).toEqual([]);
  });

  it("calls rich text html, and a type that it does not know other", () => {
    const plain = {
      label: "",
      length: 0,
      nillable: true,
      createable: true,
      updateable: true,
      defaultedOnCreate: false,
      htmlFormatted: false,
      externalId: false,
      idLookup: false,
      unique: false,
      restrictedPicklist: false,
    };
    const { fields } = schemaOf({
      name: "Deal",
      label: "Deal",
      childRelationships: [],
      recordTypeInfos: [],
      fields: [
        { ...plain, name: "Rich__c", type: "textarea", htmlFormatted: true },
        { ...plain, name: "Place__c", type: "location" },
      ],
    });
    expect(fields.map(({ type }) => type)).toEqual(["html", "other"]);
  });
});
