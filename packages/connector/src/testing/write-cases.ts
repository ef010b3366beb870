import assert from "node:assert/strict";
import type { Connection, WriteOperation, WriteResult } from "../connector.ts";
import type { FailureKind } from "../failure.ts";
import { type Claim, type ConformanceCase, createRecord, offered } from "./conformance-case.ts";
import { drain } from "./drain.ts";
import { allOrRefused } from "./failing.ts";
import { readOne } from "./read-cases.ts";

/** The ref of a write that must have worked. */
function refOf(result: WriteResult | undefined): string {
  assert.ok(result?.ok, result?.ok === false ? result.failure.message : "no result");
  return result.ref;
}

function kindOf(result: WriteResult | undefined): FailureKind | undefined {
  return result?.ok === false ? result.failure.kind : undefined;
}

async function writeOne(connection: Connection, operation: WriteOperation): Promise<WriteResult | undefined> {
  const results = await connection.write([operation]);
  assert.equal(results.length, 1);
  return results[0];
}

const idempotentCreate: Claim = { name: "idempotentCreate", made: ({ capabilities }) => capabilities.idempotentCreate };

/** Writing records. */
export const writeCases: readonly ConformanceCase[] = [
  {
    name: "write gives every operation its own result, in order",
    run: async ({ connection, object, textField, create, newRecord, missingRef }) => {
      const ref = connection.canonicalRef(await create({ ...newRecord, [textField]: "before" }));
      const results = await connection.write([
        { kind: "update", object, ref: missingRef, fields: { [textField]: "nobody" } },
        { kind: "update", object, ref, fields: { [textField]: "after" } },
        { kind: "create", object, fields: { ...newRecord, [textField]: "new" } },
      ]);
      assert.equal(results.length, 3);
      assert.equal(kindOf(results[0]), "missing");
      assert.equal(refOf(results[1]), ref);
      assert.equal((await readOne(connection, object, ref, textField)).record[textField], "after");
      assert.equal((await readOne(connection, object, refOf(results[2]), textField)).record[textField], "new");
    },
  },
  {
    name: "write takes as many operations as writeBatch says, and none",
    run: async ({ connector, connection, object, textField, newRecord }) => {
      const operations = Array.from({ length: connector.capabilities.writeBatch }, (_, number): WriteOperation => {
        return { kind: "create", object, fields: { ...newRecord, [textField]: `record ${number}` } };
      });
      const refs = (await connection.write(operations)).map(refOf);
      assert.equal(new Set(refs).size, operations.length);
      assert.deepEqual(await connection.write([]), []);
    },
  },
  {
    name: "write beyond writeBatch answers for every operation, or refuses them all",
    run: async (context) => {
      const { connector, connection, object, textField, newRecord, settle } = context;
      const count = connector.capabilities.writeBatch + 1;
      const operations = Array.from({ length: count }, (_, number): WriteOperation => {
        return { kind: "create", object, fields: { ...newRecord, [textField]: `record ${number}` } };
      });
      const answered = await allOrRefused(count, async () => {
        const results = await connection.write(operations);
        assert.equal(new Set(results.map(refOf)).size, count);
        return results;
      });
      await settle();
      const match = { equals: ["record 0"] };
      if (!answered) assert.deepEqual(await connection.find({ object, field: textField, match }), []);
    },
  },
  {
    name: "write keeps texts as they are, in any script",
    run: async (context) => {
      const { connection, object, textField } = context;
      const ref = await createRecord(context, "one");
      for (const text of ["Zürich “Ltd” – 東京 🙂 e\u0301", 'a,b;c\t"d"', "=1+1", "@x", "001"]) {
        refOf(await writeOne(connection, { kind: "update", object, ref, fields: { [textField]: text } }));
        assert.strictEqual((await readOne(connection, object, ref, textField)).record[textField], text);
      }
    },
  },
  {
    name: "write tells the version that a read then gives, or none",
    run: async (context) => {
      const { connection, object, textField, newRecord } = context;
      const ref = await createRecord(context, "one");
      for (const operation of [
        { kind: "update", object, ref, fields: { [textField]: "two" } },
        { kind: "create", object, fields: { ...newRecord, [textField]: "new" } },
      ] as const) {
        const result = await writeOne(connection, operation);
        const { version } = await readOne(connection, object, refOf(result), textField);
        if (result?.ok && result.version !== undefined) assert.equal(result.version, version);
      }
    },
  },
  {
    name: "write of an unknown object fails alone",
    run: async (context) => {
      const { connection, object, textField } = context;
      const ref = await createRecord(context, "one");
      const [bad, good] = await connection.write([
        { kind: "create", object: "No_Such_Object", fields: { [textField]: "x" } },
        { kind: "update", object, ref, fields: { [textField]: "two" } },
      ]);
      assert.match(kindOf(bad) ?? "ok", /^(missing|config|invalid)$/);
      assert.equal(refOf(good), ref);
    },
  },
  {
    name: "write clears a value with null",
    run: async ({ connection, object, textField, create, newRecord }) => {
      const { fields } = await connection.describe(object);
      const optional = fields.find(
        ({ name, required, updatable, type }) => !required && updatable && type === "string" && !(name in newRecord),
      );
      assert.ok(optional, `${object} has no text field that may be empty`);
      const ref = connection.canonicalRef(await create({ ...newRecord, [textField]: "one", [optional.name]: "full" }));
      refOf(await writeOne(connection, { kind: "update", object, ref, fields: { [optional.name]: null } }));
      assert.strictEqual((await readOne(connection, object, ref, optional.name)).record[optional.name], null);
    },
  },
  {
    name: "write names the field whose value the CRM refuses, and keeps the value to itself",
    run: async (context) => {
      const { connection, object, textField } = context;
      const described = await connection.describe(object);
      const length = described.fields.find(({ name }) => name === textField)?.length;
      const { field, value } =
        length === undefined
          ? offered(context, "refusedValue")
          : { field: textField, value: "long ".repeat(length), ...context.refusedValue };
      const one = await createRecord(context, "one");
      const two = await createRecord(context, "two");
      const [refused, good] = await connection.write([
        { kind: "update", object, ref: one, fields: { [field]: value } },
        { kind: "update", object, ref: two, fields: { [textField]: "three" } },
      ]);
      assert.ok(refused?.ok === false && refused.failure.kind === "invalid", kindOf(refused));
      assert.ok(refused.failure.issues.some(({ target }) => target === field));
      assert.ok(!JSON.stringify(refused.failure).includes(value.slice(0, 40)), "the message repeats the value");
      assert.equal(refOf(good), two);
    },
  },
  {
    name: "write of an unknown field fails alone and names the field",
    run: async ({ connection, object, textField, create, newRecord }) => {
      const one = connection.canonicalRef(await create({ ...newRecord, [textField]: "one" }));
      const two = connection.canonicalRef(await create({ ...newRecord, [textField]: "two" }));
      const [bad, good] = await connection.write([
        { kind: "update", object, ref: one, fields: { No_Such_Field: "x" } },
        { kind: "update", object, ref: two, fields: { [textField]: "three" } },
      ]);
      assert.ok(bad?.ok === false && (bad.failure.kind === "invalid" || bad.failure.kind === "config"), kindOf(bad));
      assert.match(bad.failure.message, /No_Such_Field/);
      assert.equal(refOf(good), two);
    },
  },
  {
    name: "write with a stale version is a conflict and changes nothing",
    run: async ({ connection, object, textField, create, update, newRecord, settle }) => {
      const ref = connection.canonicalRef(await create({ ...newRecord, [textField]: "one" }));
      const stale = await readOne(connection, object, ref, textField);
      await settle();
      await update(ref, { [textField]: "a person's" });
      const write = (ifVersion: string): Promise<WriteResult | undefined> =>
        writeOne(connection, { kind: "update", object, ref, fields: { [textField]: "ours" }, ifVersion });
      assert.equal(kindOf(await write(stale.version)), "conflict");
      const fresh = await readOne(connection, object, ref, textField);
      assert.equal(fresh.record[textField], "a person's");
      assert.equal(refOf(await write(fresh.version)), ref);
      assert.equal((await readOne(connection, object, ref, textField)).record[textField], "ours");
    },
  },
  {
    name: "write creates one record however often the create is repeated",
    claim: idempotentCreate,
    run: async (context) => {
      const { connection, object, textField, newRecord, settle } = context;
      const idempotencyField = offered(context, "idempotencyField");
      const create: WriteOperation = {
        kind: "create",
        object,
        fields: { ...newRecord, [textField]: "once" },
        idempotencyKey: { field: idempotencyField, value: "O/1?a#b&c%" },
      };
      const refs = (await connection.write([create, create])).map(refOf);
      refs.push(refOf(await writeOne(connection, create)));
      assert.equal(new Set(refs).size, 1);
      await settle();
      const { changes } = await drain(connection, { object });
      const all = await connection.read({ object, refs: changes.map(({ ref }) => ref), fields: [idempotencyField] });
      const same = all.filter(
        (result) => result.status === "found" && result.record[idempotencyField] === "O/1?a#b&c%",
      );
      assert.equal(same.length, 1);
    },
  },
];
