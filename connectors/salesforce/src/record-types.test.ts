import { Secret } from "@cosell/connector";
import { sendJson, startFakeServer } from "@cosell/connector/testing";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { type EmulatedOrg, startEmulatedOrg } from "./__fixtures__/emulated-org.ts";

let emulated: EmulatedOrg;
beforeEach(async () => {
  emulated = await startEmulatedOrg();
});
afterEach(() => emulated.close());

const object = "Opportunity";
const deal = { Name: "Data lake", StageName: "Qualification", CloseDate: "2026-09-30" };
const process = (developerName: string, isDefault: boolean, ...StageName: readonly string[]) => ({
  ...{ object, developerName, isDefault, picklists: { StageName } },
});
const activeStages = async (): Promise<readonly string[]> => {
  const { fields } = await emulated.connection.describe(object);
  const stages = fields.find(({ name }) => name === "StageName")?.picklist ?? [];
  expect(stages).toHaveLength(10);
  return stages.filter(({ active }) => active).map(({ value }) => value);
};

describe("record types", () => {
  it("leave active the stages that one of them offers", async () => {
    expect(await activeStages()).toHaveLength(10);
    emulated.org.configure({
      recordTypes: [
        process("New", true, "Qualification", "Closed Won"),
        process("Renewal", false, "Closed Won", "Closed Lost"),
      ],
    });
    expect(await activeStages()).toEqual(["Qualification", "Closed Won", "Closed Lost"]);
  });

  it("take nothing away where new records are of none", async () => {
    emulated.org.configure({ recordTypes: [process("Renewal", false, "Closed Won")] });
    expect(await activeStages()).toHaveLength(10);
  });

  it("fail with the org, and do not keep the failure", async () => {
    emulated.org.configure({ recordTypes: [process("New", true, "Qualification")] });
    const { faults } = emulated.emulators;
    faults.add({ server: "salesforce", operation: "picklistValues", kind: "server-error", times: 1 });
    await expect(emulated.connection.describe(object)).rejects.toMatchObject({ failure: { kind: "transient" } });
    expect(await activeStages()).toEqual(["Qualification"]);
  });

  it("take nothing away where the user may not ask for their picklists", async () => {
    const field = {
      name: "StageName",
      label: "Stage",
      type: "picklist",
      picklistValues: [{ value: "Won", active: true }],
    };
    const recordTypeInfos = [{ recordTypeId: "012000000000001AAA", developerName: "New" }];
    const server = await startFakeServer(({ url }, response) =>
      url.endsWith("/describe")
        ? sendJson(response, 200, { name: object, label: "", fields: [field], recordTypeInfos })
        : sendJson(response, 403, [{ errorCode: "INSUFFICIENT_ACCESS", message: "no" }]),
    );
    const connection = await emulated.connect({ instanceUrl: server.url, accessToken: new Secret("token") });
    const { fields } = await connection.describe(object);
    expect(fields).toMatchObject([{ picklist: [{ value: "Won", active: true }] }]);
    expect(server.calls.map(({ url }) => url)).toContainEqual(expect.stringContaining("/picklist-values/012"));
    await server.close();
  });

  it("are read by name, and refuse a stage of another process in words", async () => {
    emulated.org.configure({ recordTypes: [process("New", true, "Qualification")] });
    const { connection } = emulated;
    const [made, refused] = await connection.write([
      { kind: "create", object, fields: deal },
      { kind: "create", object, fields: { ...deal, StageName: "Closed Lost" } },
    ]);
    const refs = made?.ok ? [made.ref] : [];
    expect(await connection.read({ object, refs, fields: ["RecordType.DeveloperName"] })).toMatchObject([
      { status: "found", record: { RecordType: { DeveloperName: "New" } } },
    ]);
    expect(refused).toMatchObject({
      failure: {
        kind: "invalid",
        issues: [{ target: "StageName" }],
        message: expect.stringContaining("for this record type"),
      },
    });
  });

  it("that the org does not have are missing for a reason", async () => {
    const read = emulated.connection.read({ object, refs: [], fields: ["RecordType.DeveloperName"] });
    await expect(read).rejects.toMatchObject({
      failure: { kind: "config", message: expect.stringContaining("no record types") },
    });
  });
});

describe("currencies", () => {
  const read = (refs: readonly string[]) => emulated.connection.read({ object, refs, fields: ["CurrencyIsoCode"] });

  it("are described and read where the org has several", async () => {
    emulated.org.configure({ currencies: [{ isoCode: "USD" }, { isoCode: "EUR" }] });
    const ref = emulated.org.create(object, { ...deal, CurrencyIsoCode: "EUR" });
    const { fields } = await emulated.connection.describe(object);
    expect(fields.find(({ name }) => name === "CurrencyIsoCode")).toMatchObject({ restricted: true, required: false });
    expect(await read([ref])).toMatchObject([{ record: { CurrencyIsoCode: "EUR" } }]);
  });

  it("are no field where the org has one, and the message says what to write instead", async () => {
    const { fields } = await emulated.connection.describe(object);
    expect(fields.some(({ name }) => name === "CurrencyIsoCode")).toBe(false);
    await expect(read([])).rejects.toMatchObject({
      failure: { kind: "config", code: "INVALID_FIELD", message: expect.stringContaining("{ const: USD }") },
    });
  });
});
