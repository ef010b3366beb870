import assert from "node:assert/strict";
import type { Connection, ReadResult } from "../connector.ts";
import { type ConformanceCase, createRecord } from "./conformance-case.ts";
import { allOrRefused, failureFrom } from "./failing.ts";

/** One record that must be there. */
export async function readOne(
  connection: Connection,
  object: string,
  ref: string,
  field: string,
): Promise<ReadResult & { readonly status: "found" }> {
  const [result] = await connection.read({ object, refs: [ref], fields: [field] });
  assert.equal(result?.status, "found");
  return result;
}

/** Reading records by id. */
export const readCases: readonly ConformanceCase[] = [
  {
    name: "read answers in the order asked, with what is missing in its place",
    run: async ({ connection, object, textField, create, newRecord, missingRef }) => {
      const one = connection.canonicalRef(await create({ ...newRecord, [textField]: "one" }));
      const two = connection.canonicalRef(await create({ ...newRecord, [textField]: "two" }));
      const results = await connection.read({ object, refs: [two, missingRef, one], fields: [textField] });
      assert.deepEqual(
        results.map((result) => [
          result.status,
          result.ref,
          result.status === "found" ? result.record[textField] : undefined,
        ]),
        [
          ["found", two, "two"],
          ["missing", connection.canonicalRef(missingRef), undefined],
          ["found", one, "one"],
        ],
      );
    },
  },
  {
    name: "read gives an absent value as null",
    run: async ({ connection, object, textField, create, update, newRecord }) => {
      const ref = connection.canonicalRef(await create({ ...newRecord, [textField]: "one" }));
      const { fields } = await connection.describe(object);
      const optional = fields.find(
        ({ name, required, updatable, type }) => !required && updatable && type === "string" && !(name in newRecord),
      );
      assert.ok(optional, `${object} has no text field that may be empty`);
      await update(ref, { [optional.name]: null });
      assert.strictEqual((await readOne(connection, object, ref, optional.name)).record[optional.name], null);
    },
  },
  {
    name: "read takes as many refs as readBatch says, and none",
    run: async ({ connector, connection, object, textField, create, newRecord }) => {
      const ref = await create({ ...newRecord, [textField]: "one" });
      const refs = Array.from({ length: connector.capabilities.readBatch }, () => ref);
      assert.equal((await connection.read({ object, refs, fields: [textField] })).length, refs.length);
      assert.deepEqual(await connection.read({ object, refs: [], fields: [textField] }), []);
    },
  },
  {
    name: "read beyond readBatch answers for every ref, or refuses; it cuts nothing off",
    run: async (context) => {
      const { connector, connection, object, textField } = context;
      const ref = await createRecord(context, "one");
      const refs = Array.from({ length: connector.capabilities.readBatch + 1 }, () => ref);
      await allOrRefused(refs.length, () => connection.read({ object, refs, fields: [textField] }));
    },
  },
  {
    name: "read gives texts back as they are, in any script",
    run: async (context) => {
      const { connection, object, textField } = context;
      for (const text of ["Zürich “Ltd” – 東京 🙂 e\u0301", 'a,b;c\t"d"', "=1+1", "@x", "001"]) {
        const ref = await createRecord(context, text);
        assert.strictEqual((await readOne(connection, object, ref, textField)).record[textField], text);
      }
    },
  },
  {
    name: "read says that a deleted record is gone",
    run: async ({ connection, object, textField, create, remove, newRecord }) => {
      const ref = connection.canonicalRef(await create({ ...newRecord, [textField]: "one" }));
      await remove(ref);
      const [result] = await connection.read({ object, refs: [ref], fields: [textField] });
      assert.ok(result?.status === "deleted" || result?.status === "missing", result?.status);
    },
  },
  {
    name: "read gives a version that changes with the record and only with it",
    run: async ({ connection, object, textField, create, update, newRecord, settle }) => {
      const ref = connection.canonicalRef(await create({ ...newRecord, [textField]: "one" }));
      const first = await readOne(connection, object, ref, textField);
      await settle();
      assert.equal((await readOne(connection, object, ref, textField)).version, first.version);
      await update(ref, { [textField]: "two" });
      assert.notEqual((await readOne(connection, object, ref, textField)).version, first.version);
    },
  },
  {
    name: "read of an unknown field fails and names it",
    run: async ({ connection, object, textField, create, newRecord }) => {
      const ref = await create({ ...newRecord, [textField]: "one" });
      const fields = [textField, "No_Such_Field"];
      const failure = await failureFrom(() => connection.read({ object, refs: [ref], fields }));
      assert.ok(failure.kind === "config" || failure.kind === "invalid", failure.kind);
      assert.match(failure.message, /No_Such_Field/);
    },
  },
];
