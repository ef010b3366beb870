import assert from "node:assert/strict";
import { type ConformanceCase, offered } from "./conformance-case.ts";
import { failureFrom } from "./failing.ts";

/** The CRM's schema. */
export const describeCases: readonly ConformanceCase[] = [
  {
    name: "describe tells the fields of an object",
    run: async ({ connection, object, textField }) => {
      const schema = await connection.describe(object);
      assert.equal(schema.object, object);
      const names = schema.fields.map(({ name }) => name);
      assert.equal(new Set(names).size, names.length, "a field is described twice");
      const field = schema.fields.find(({ name }) => name === textField);
      assert.ok(field, `${textField} is not described`);
      assert.ok(field.creatable && field.updatable);
      assert.ok(field.type === "string" || field.type === "text");
      for (const { path, kind, objects } of schema.relations)
        assert.ok(path.length > 0 && objects.length > 0, `the relation ${path} (${kind}) leads nowhere`);
    },
  },
  {
    name: "describe of an unknown object fails and names it",
    run: async ({ connection }) => {
      const failure = await failureFrom(() => connection.describe("No_Such_Object"));
      assert.ok(failure.kind === "missing" || failure.kind === "config", failure.kind);
      assert.match(failure.message, /No_Such_Object/);
    },
  },
  {
    name: "describe tells the values of a choice",
    run: async (context) => {
      const { connection, object } = context;
      const { field, value } = offered(context, "picklist");
      const { fields } = await connection.describe(object);
      const described = fields.find(({ name }) => name === field);
      assert.ok(described?.type === "picklist" || described?.type === "multipicklist", described?.type);
      const values = described.picklist?.map((choice) => choice.value) ?? [];
      assert.ok(values.includes(value), `${field} does not tell the value`);
      assert.equal(new Set(values).size, values.length, "a value is told twice");
      for (const { label, active } of described.picklist ?? [])
        assert.ok(label.length > 0 && typeof active === "boolean");
    },
  },
  {
    name: "describe gives every field a label and, for a length, a number of characters",
    run: async ({ connection, object }) => {
      for (const { name, label, length = 1 } of (await connection.describe(object)).fields) {
        assert.ok(label.length > 0, `${name} has no label`);
        assert.ok(Number.isInteger(length) && length > 0, `${name} has the length ${length}`);
      }
    },
  },
];
