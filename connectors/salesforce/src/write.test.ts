import { Secret, type WriteOperation, type WriteResult } from "@cosell/connector";
import { sendJson, startFakeServer } from "@cosell/connector/testing";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { type EmulatedOrg, startEmulatedOrg } from "./__fixtures__/emulated-org.ts";

let emulated: EmulatedOrg;
beforeEach(async () => {
  emulated = await startEmulatedOrg();
});
afterEach(() => emulated.close());

const object = "Opportunity";
const newDeal = { Name: "Data lake", StageName: "Prospecting", CloseDate: "2026-09-30" };

const create = (Name: string): WriteOperation => ({ kind: "create", object, fields: { ...newDeal, Name } });
const rename = (ref: string, Name: string, ifVersion?: string): WriteOperation => {
  return { kind: "update", object, ref, fields: { Name }, ...(ifVersion !== undefined && { ifVersion }) };
};
const outcomes = (results: readonly WriteResult[]): readonly string[] =>
  results.map((result) => (result.ok ? "ok" : result.failure.kind));
const names = (): readonly unknown[] => emulated.org.records(object).map(({ Name }) => Name);
const operationsSince = (start: number): readonly string[] =>
  emulated.emulators.requests.since(start).map(({ operation }) => operation);

describe("write", () => {
  it("sends 200 records a call, and 25 where each has its own condition", async () => {
    const { org, connection } = emulated;
    const refs = Array.from({ length: 60 }, () => org.create(object, newDeal));
    const [read] = await connection.read({ object, refs: refs.slice(0, 1), fields: [] });
    const version = read?.status === "found" ? read.version : "";
    const start = emulated.emulators.requests.last;
    const results = await connection.write(refs.map((ref) => rename(ref, "New", version)));
    expect(new Set(outcomes(results))).toEqual(new Set(["ok"]));
    expect(operationsSince(start)).toEqual(["composite", "composite", "composite"]);
    await connection.write(Array.from({ length: 250 }, (_, number) => create(`deal ${number}`)));
    expect(operationsSince(start + 3)).toEqual(["createMany", "createMany"]);
    expect(names()).toHaveLength(310);
  });

  it.each(["server-error-after-commit", "reset-after-commit", "truncated-body"] as const)(
    "does not know what became of a write after %s, and sends neither it nor the rest",
    async (kind) => {
      const { org, connection, emulators } = emulated;
      const ref = org.create(object, newDeal);
      emulators.faults.add({ server: "salesforce", operation: "updateMany", kind, times: 1 });
      const results = await connection.write([rename(ref, "Sent"), create("Not sent"), rename("nonsense", "Bad")]);
      expect(outcomes(results)).toEqual(["unknown-outcome", "transient", "invalid"]);
      expect(names()).toEqual(["Sent"]);
    },
  );

  it("takes a lost answer to a read as passing", async () => {
    const { org, connection, emulators } = emulated;
    const ref = org.create(object, newDeal);
    emulators.faults.add({ server: "salesforce", operation: "query", kind: "reset-after-commit", times: 1 });
    await expect(connection.read({ object, refs: [ref], fields: ["Name"] })).rejects.toMatchObject({
      failure: { kind: "transient" },
    });
  });

  it("tells each record's conflict in a call with conditions", async () => {
    const { org, connection, advance } = emulated;
    const stale = org.create(object, newDeal);
    const fresh = org.create(object, newDeal);
    const reads = await connection.read({ object, refs: [stale, fresh], fields: [] });
    const [staleVersion, freshVersion] = reads.map((read) => (read.status === "found" ? read.version : ""));
    advance(5000);
    org.edit(object, stale, { NextStep: "A person was here" });
    const results = await connection.write([
      rename(stale, "Ours", staleVersion),
      rename(fresh, "Ours", freshVersion),
      rename("006000000000001", "Ours", freshVersion),
    ]);
    expect(outcomes(results)).toEqual(["conflict", "ok", "missing"]);
    expect(names()).toEqual(["Data lake", "Ours"]);
  });

  it("carries an idempotency key that an address could not", async () => {
    const { connection } = emulated;
    const key = { field: "AWS_Opportunity_Id__c", value: "O/1?a#b&c%" };
    const operation: WriteOperation = {
      ...create("Once"),
      kind: "create",
      fields: { ...newDeal },
      idempotencyKey: key,
    };
    const [first] = await connection.write([operation]);
    const [second] = await connection.write([operation]);
    expect(first).toEqual(second);
    expect(emulated.org.records(object).map((record) => record["AWS_Opportunity_Id__c"])).toEqual(["O/1?a#b&c%"]);
  });

  it("refuses an idempotency key by a field that Salesforce does not keep unique", async () => {
    const idempotencyKey = { field: "NextStep", value: "1" };
    const [result] = await emulated.connection.write([{ kind: "create", object, fields: newDeal, idempotencyKey }]);
    expect(result).toMatchObject({
      ok: false,
      failure: { kind: "config", message: expect.stringContaining("NextStep") },
    });
    expect(names()).toEqual([]);
  });

  it("writes one record twice in the order given, in calls of their own, since one call may not name it twice", async () => {
    const ref = emulated.org.create(object, newDeal);
    const start = emulated.emulators.requests.last;
    const results = await emulated.connection.write([rename(ref, "First"), rename(ref.slice(0, 15), "Second")]);
    expect(outcomes(results)).toEqual(["ok", "ok"]);
    expect(operationsSince(start)).toEqual(["updateMany", "updateMany"]);
    expect(names()).toEqual(["Second"]);
  });

  it("quotes the org's own validation rule, for the one record that it refuses", async () => {
    const { org, connection } = emulated;
    const message = "Say how you won it";
    org.configure({ validationRules: [{ object, message, condition: "StageName = 'Closed Won'", field: "NextStep" }] });
    const results = await connection.write([
      create("Fine"),
      { kind: "create", object, fields: { ...newDeal, StageName: "Closed Won" } },
    ]);
    expect(results).toMatchObject([
      { ok: true },
      {
        ok: false,
        failure: { kind: "invalid", issues: [{ target: "NextStep", message: expect.stringContaining(message) }] },
      },
    ]);
  });
});

describe("write to a Salesforce that refuses a whole list for one record", () => {
  it("finds the record by halving, and tells the others' results", async () => {
    const server = await startFakeServer(({ body }, response) => {
      const { records } = JSON.parse(body) as { records: readonly { Id: string; Name: string }[] };
      if (records.some(({ Name }) => Name === "bad"))
        sendJson(response, 400, [
          { errorCode: "INVALID_FIELD", message: "No such column 'Foo__c' on entity 'Opportunity'" },
        ]);
      else
        sendJson(
          response,
          200,
          records.map(({ Id }) => ({ id: Id, success: true, errors: [] })),
        );
    });
    const connection = await emulated.connect({ instanceUrl: server.url, accessToken: new Secret("token") });
    const updates = Array.from({ length: 8 }, (_, number) =>
      rename(`00600000000000${number}`, number === 5 ? "bad" : "good"),
    );
    const results = await connection.write(updates);
    expect(outcomes(results)).toEqual(["ok", "ok", "ok", "ok", "ok", "invalid", "ok", "ok"]);
    expect(server.calls).toHaveLength(7);
    await server.close();
  });

  it.each([
    [200, "certainly not a list of results", "unknown-outcome"],
    [503, [{ errorCode: "SERVER_UNAVAILABLE", message: "" }], "unknown-outcome"],
    [403, [{ errorCode: "REQUEST_LIMIT_EXCEEDED", message: "TotalRequests Limit exceeded." }], "quota"],
  ])("takes an answer %d %j for all records alike, once", async (status, body, kind) => {
    const server = await startFakeServer((_, response) => sendJson(response, status, body));
    const connection = await emulated.connect({ instanceUrl: server.url, accessToken: new Secret("token") });
    const results = await connection.write([rename("006000000000001", "a"), rename("006000000000002", "b")]);
    expect(outcomes(results)).toEqual([kind, kind]);
    expect(server.calls).toHaveLength(1);
    await server.close();
  });
});
